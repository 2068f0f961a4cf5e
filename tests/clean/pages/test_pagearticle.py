"""The article of a page that no feed told of."""

import pytest

from broadsheet.clean import PageArticle, find_article

HERE = "https://paper.example/news/12.html"
TEXT = "<p>The bridge over the river was opened on Friday, said the town, after nine years of work.</p>" * 4
HEAD = '<meta property="og:title" content="The bridge is open">'


def page(inside: str, head: str = HEAD) -> str:
    return f"<html><head>{head}</head><body><nav>home</nav><article>{inside}</article></body></html>"


def test_a_page_gives_its_article_and_what_it_says_of_it() -> None:
    found = find_article(page(TEXT, HEAD + "<base href='/deep/'>"), HERE)
    assert isinstance(found, PageArticle)
    assert found.says.title == "The bridge is open"
    assert found.base == "https://paper.example/deep/"
    assert "nine years" in found.markup
    assert "home" not in found.markup


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("", "no-article"),
        (page(""), "no-article"),
        (page(TEXT, '<script>{"isAccessibleForFree": false}</script>'), "paywall"),
        (page(TEXT + '<a href="12_2.html">next</a>'), "several-pages"),
    ],
)
def test_a_page_without_a_whole_article_says_why(markup: str, why: str) -> None:
    assert find_article(markup, HERE) == why
