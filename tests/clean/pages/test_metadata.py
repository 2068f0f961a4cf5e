"""What a page says of its article: JSON-LD, meta elements, heading, title and time."""

import json

import pytest

from broadsheet.clean.pages.metadata import PageSays, read_metadata
from broadsheet.clean.pages.page import parse_page


def says(head: str = "", body: str = "<p>x</p>", lang: str = "") -> PageSays:
    root = parse_page(f"<html{lang}><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return read_metadata(root)


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_page_that_says_nothing_leaves_everything_empty() -> None:
    assert says() == PageSays()


def test_meta_elements_say_what_an_article_is_called_and_when_it_came_out() -> None:
    found = says(
        """<meta property="og:title" content="A &amp; B"><meta name="Author" content="Li Lei">
        <meta property="article:published_time" content="2026-11-20T08:00:00+08:00">
        <meta itemprop="dateModified" content="2026-11-21"><meta property="og:image" content="/1.jpg">
        <meta http-equiv="Content-Language" content="en"><meta name="pubdate" content=""><meta content="x">"""
    )
    assert found == PageSays(
        title="A & B",
        published="2026-11-20T08:00:00+08:00",
        updated="2026-11-21",
        authors=("Li Lei",),
        image="/1.jpg",
        language="en",
    )


def test_of_several_meta_elements_the_best_name_counts_and_of_one_name_the_first() -> None:
    names = (("dc.date", "4"), ("datePublished", "2"), ("datepublished", "3"), ("og:published_time", "1"), ("x", "0"))
    metas = "".join(f'<meta name="{name}" content="{value}">' for name, value in names)
    assert says(metas).published == "1"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda article: article,
        lambda article: [{"@type": "Organization", "name": "x"}, article],
        lambda article: {"@graph": [{"@type": ["WebPage"]}, article]},
        lambda article: {"@type": "WebPage", "mainEntity": article},
    ],
)
def test_json_ld_stands_above_meta_elements(wrap: object) -> None:
    article = {
        "@type": ["NewsArticle"],
        "headline": "Said",
        "datePublished": "2026-11-20",
        "dateModified": "2026-11-21",
        "author": [{"@type": "Person", "name": "Li Lei"}, "Han Mei", {"name": 3}, {"name": "Li Lei"}],
    }
    found = says('<meta property="og:title" content="Other">' + linked(wrap(article)))  # type: ignore[operator]
    assert (found.title, found.published, found.updated) == ("Said", "2026-11-20", "2026-11-21")
    assert found.authors == ("Li Lei", "Han Mei")


@pytest.mark.parametrize("text", ["", "{", "3", "[3]", '{"@type": 3}', "[" * 2000, '{"a":"' + "x" * 2_000_001 + '"}'])
def test_json_ld_that_cannot_be_used_is_passed_over(text: str) -> None:
    assert (
        says(f'<script type="application/ld+json">{text}</script><script>{{"@type":"Article"}}</script>')
        == PageSays()
    )


def test_json_ld_deeper_than_anybody_writes_it_is_not_followed() -> None:
    data: object = {"@type": "Article", "headline": "deep"}
    for _ in range(8):
        data = {"mainEntity": data}
    assert says(linked(data)).title == ""


def test_an_author_who_is_an_address_is_none() -> None:
    assert says('<meta name="author" content="https://social.example/li">').authors == ()


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Site</title>", "<h1>A <b>head</b></h1>", "A head"),
        ("<title> Site\n news </title>", "<h1>A</h1><h1>B</h1>", "Site news"),
        ("<title>Site</title>", "<h1> </h1>", "Site"),
        ("<title> </title>", "x", ""),
    ],
)
def test_a_title_is_the_only_heading_or_that_of_the_document(head: str, body: str, title: str) -> None:
    assert says(head, body).title == title


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("<time datetime='2026-11-20'>a</time>", "2026-11-20"),
        ("<time datetime='2026-11-20'>a</time><time datetime='2026-11-20'>b</time><time>c</time>", "2026-11-20"),
        ("<time datetime='2026-11-20'>a</time><time datetime='2026-11-21'>b</time>", ""),
        ("<time datetime='2026-11-20'>a</time><time pubdate datetime='2026-11-21'>b</time>", "2026-11-21"),
        ("<time datetime='1'>a</time><time itemprop='datePublished' datetime='2'>b</time>", "2"),
    ],
)
def test_a_time_counts_where_it_is_marked_or_the_only_one(body: str, published: str) -> None:
    assert says(body=body).published == published


def test_the_language_is_that_of_the_document_before_what_a_meta_element_says() -> None:
    assert says('<meta name="dc.language" content="de">', lang=" lang='zh-CN'").language == "zh-CN"
