"""Each reader tells the draft what its element says."""

import pytest
from lxml.etree import fromstring

from broadsheet.model import Category
from broadsheet.parse import parse_feed
from broadsheet.parse.elements import readers
from broadsheet.parse.elements.draft import Draft, Link, Text
from broadsheet.parse.elements.scope import Scope

SCOPE = Scope(base="https://a.example/feed")


def said(reader: readers.Reader, markup: str) -> Draft:
    draft = Draft()
    reader(fromstring(markup), draft, SCOPE)
    return draft


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        ("<link>/1</link>", Link("https://a.example/1")),
        ('<link href="/1"/>', Link("https://a.example/1")),
        (
            '<link rel="enclosure" href="/1" length="3" type="audio/mpeg" title="T"/>',
            Link("https://a.example/1", "enclosure", "audio/mpeg", "T", 3),
        ),
    ],
)
def test_a_link_is_read_in_both_forms(markup: str, link: Link) -> None:
    assert said(readers.read_link, markup).links == [link]


@pytest.mark.parametrize("markup", ["<link/>", '<link rel="self"/>'])
def test_an_empty_link_is_none(markup: str) -> None:
    assert said(readers.read_link, markup).links == []


@pytest.mark.parametrize(
    ("markup", "permalink"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="False">https://a.example/1</guid>', None),
        ("<guid>1</guid>", None),
    ],
)
def test_a_guid_is_a_link_unless_denied(markup: str, permalink: str | None) -> None:
    assert said(readers.read_guid, markup).words.get("permalink") == permalink


def test_a_second_summary_is_the_longer_text() -> None:
    draft = Draft()
    for text in ("short", "the whole"):
        readers.read_summary(fromstring(f"<description>{text}</description>"), draft, SCOPE)
    assert (draft.texts["summary"], draft.texts["content"]) == (Text("short"), Text("the whole"))


def test_content_that_lies_elsewhere_is_a_file() -> None:
    draft = said(readers.read_content, '<content src="/1.pdf" type="application/pdf"/>')
    assert draft.links == [Link("https://a.example/1.pdf", "enclosure", "application/pdf")]


@pytest.mark.parametrize(
    ("markup", "category"),
    [
        ("<category>a</category>", Category(term="a")),
        ('<category domain="d">a</category>', Category(term="a", scheme="d")),
        ('<category label="L"/>', Category(term="L", label="L")),
    ],
)
def test_a_category_is_read_in_both_forms(markup: str, category: Category) -> None:
    assert said(readers.read_category, markup).categories == [category]


def test_an_empty_category_is_none() -> None:
    assert said(readers.read_category, "<category/>").categories == []
    assert said(readers.read_category, '<category scheme="s"/>').categories == []


def test_keywords_stand_between_commas_of_any_width() -> None:
    draft = said(readers.keywords_reader(None), "<tags>a, b，c,,</tags>")
    assert [category.term for category in draft.categories] == ["a", "b", "c"]


def test_hours_and_days_of_rest_are_those_that_exist() -> None:
    assert said(readers.read_skip_hours, "<h><h>24</h><h>7</h><h>25</h><h>x</h></h>").skip_hours == [0, 7]
    assert said(readers.read_skip_days, "<d><d>sunday</d><d>Someday</d></d>").skip_days == ["Sunday"]


@pytest.mark.parametrize("markup", ["<source><title>S</title></source>", "<source>S</source>", '<source url="S"/>'])
def test_a_source_has_a_name(markup: str) -> None:
    assert said(readers.read_source, markup).words == {"source": "S"}


def test_comments_are_an_address_not_a_count_or_words() -> None:
    said = ("/post/1#comments", "12", "No comments yet", "")
    items = "".join(f"<item><comments>{text}</comments></item>" for text in said)
    feed = parse_feed(f"<rss><channel>{items}</channel></rss>".encode(), None, "https://a.example/feed")
    assert [entry.comments for entry in feed.entries] == ["https://a.example/post/1#comments", None, None, None]


def test_content_that_lost_its_prefix_is_content() -> None:
    (entry,) = parse_feed(b"<rss><channel><item><encoded>All of it</encoded></item></channel></rss>").entries
    assert entry.content == "All of it"
