"""Articles out of their pages: every page in `pages/` beside what shall come of it, and floors under all together."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet.clean import clean_article, clean_entry, sanitise
from broadsheet.model import CleanEntry, ParsedEntry
from broadsheet.parse import decode_page

PAGES = Path(__file__).parents[1] / "pages"
CASES = sorted(PAGES.glob("*.html"))
KEPT_FLOOR = 1.0
"""The share of an article's paragraphs, headings and captions that is kept, over all pages."""
DROPPED_FLOOR = 0.94
"""The share of the furniture (menus, lists of other articles, comments, advertisements) that is dropped."""


def read(case: Path) -> tuple[dict[str, Any], CleanEntry | str]:
    """What a page shall give, and what it gives."""
    expected: dict[str, Any] = json.loads(case.with_suffix(".json").read_text("utf-8"))
    entry = ParsedEntry(**expected["entry"], summary_type="html")
    own = clean_entry(entry, expected["address"])
    markup = decode_page(case.read_bytes(), expected["content_type"])
    return expected, clean_article(entry, own, markup, expected["address"])


def squeezed(text: str) -> str:
    return "".join(text.split())


def articles() -> Iterator[tuple[dict[str, Any], CleanEntry]]:
    for case in CASES:
        expected, got = read(case)
        if isinstance(got, CleanEntry):
            yield expected, got


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_page_gives_its_article_or_says_why_not(case: Path) -> None:
    expected, got = read(case)
    assert (got if isinstance(got, str) else "article") == expected["outcome"]
    if isinstance(got, CleanEntry):
        assert [words for words in expected["kept"] if squeezed(words) not in squeezed(got.text)] == []
        assert [image.url for image in got.images] == expected["images"]
        assert got.text.startswith(" ".join(expected["entry"]["title"].split()) + "\n")
        assert sanitise(got.html) == got.html


def test_what_is_the_article_s_is_kept_and_what_surrounds_it_is_dropped() -> None:
    kept = [squeezed(words) in squeezed(got.text) for expected, got in articles() for words in expected["kept"]]
    left = [squeezed(words) in squeezed(got.text) for expected, got in articles() for words in expected["dropped"]]
    assert sum(kept) / len(kept) >= KEPT_FLOOR
    assert 1 - sum(left) / len(left) >= DROPPED_FLOOR
    assert len(kept) >= 75
    assert len(left) >= 55


def test_there_are_pages_of_both_languages() -> None:
    assert sum(case.stem.startswith("zh") for case in CASES) >= 12
    assert sum(case.stem.startswith("en") for case in CASES) >= 9


ENTRY = ParsedEntry(title="甲", summary="水厂昨天通水…", link="https://paper.example/1", language="zh-CN")
PARAGRAPH = "水厂昨天通水，老城区的水压有望改善，居民说这次是真的好了，三年的工程终于完成。"
PAGE = f"<html><body><div class='text'><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></div>{{}}</body></html>"


def article(markup: str, entry: ParsedEntry = ENTRY) -> CleanEntry | str:
    return clean_article(entry, clean_entry(entry), markup, "https://paper.example/1")


def test_what_the_feed_said_of_an_entry_stays() -> None:
    got = article(PAGE)
    assert isinstance(got, CleanEntry)
    assert (got.title, got.link, got.language) == ("甲", ENTRY.link, "zh-CN")
    assert got.changes["extracted-by-readability"] == 1


def test_the_summary_is_the_feed_s_unless_the_article_just_begins_so() -> None:
    begun, own = article(PAGE), article(PAGE, replace(ENTRY, summary="三年的工程终于完成，老城区水压改善…"))
    assert isinstance(begun, CleanEntry)
    assert begun.summary.startswith(PARAGRAPH)
    assert isinstance(own, CleanEntry)
    assert own.summary == "三年的工程终于完成，老城区水压改善…"


def test_a_feed_without_text_is_known_by_its_title() -> None:
    titled = ParsedEntry(title="水厂昨天通水", link="https://paper.example/1")
    got = article(PAGE, titled)
    assert isinstance(got, CleanEntry)
    assert "老城区的水压" in got.summary
    assert article(PAGE, ParsedEntry(title="菜价连续回落两周", link="https://paper.example/1")) == "other-page"


@pytest.mark.parametrize("markup", ["", " ", "<html></html>", "<html><body><img src='a.png'></body></html>"])
def test_a_page_without_words_has_no_article(markup: str) -> None:
    assert article(markup) == "no-article"


@pytest.mark.parametrize(
    "markup",
    [
        PAGE.format("<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>"),
        PAGE.replace("<p>", "<p onclick='alert(1)'><svg onload=alert(1)></svg><object data='x'></object>"),
        PAGE.format("<div>" * 5_000),
        PAGE.format("<b><i>" * 3_000),
        PAGE.format("\x00\ud800&#0;&#xd800;<![CDATA[x]]><?php x ?><!--"),
        PAGE.format("<table>" * 300 + "<a href='http://[::1'>x</a>"),
        "<frameset><frame src='javascript:alert(1)'></frameset>",
    ],
)
def test_a_hostile_page_leaves_nothing_behind(markup: str) -> None:
    got = article(markup)
    if isinstance(got, CleanEntry):
        assert not any(word in got.html for word in ("alert", "onclick", "<script", "<svg", "<object", "javascript"))
        assert sanitise(got.html) == got.html
