"""The body, from what the feed gave to a tree in order."""

from collections import Counter

import pytest

from broadsheet.clean.body import CleanOptions, repair_body
from broadsheet.clean.dom import serialise
from broadsheet.model import ParsedEntry

BASE = "https://news.example/a/"


def body(entry: ParsedEntry, changes: Counter[str] | None = None) -> str:
    found = Counter[str]() if changes is None else changes
    return serialise(repair_body(entry, "题目", BASE, CleanOptions().frame_hosts, found))


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("甲\n乙\n\n丙", "<p>甲</p><p>乙</p><p>丙</p>"),
        ("<b>甲</b>\n乙", "<p><b>甲</b></p><p>乙</p>"),
        ("&lt;p&gt;甲&lt;/p&gt;", "<p>甲</p>"),
        ("<h2>题目</h2><p>甲</p>", "<p>甲</p>"),
        ("<p>甲<math><mi>x</mi></math></p>", "<p>甲<code>x</code></p>"),
        ("<p>甲</p><li>乙</li>", "<p>甲</p><p>乙</p>"),
        ("<p>甲 <京东方> 乙</p>", "<p>甲 &lt;京东方&gt; 乙</p>"),
    ],
)
def test_a_body_is_put_in_order(content: str, html: str) -> None:
    assert body(ParsedEntry(content=content)) == html


def test_the_summary_serves_where_there_is_no_content() -> None:
    assert body(ParsedEntry(summary="<p>甲</p>", content=" ")) == "<p>甲</p>"


def test_plain_text_is_no_markup() -> None:
    assert body(ParsedEntry(content="a <b>", content_type="text")) == "<p>a &lt;b&gt;</p>"


def test_escaped_markup_is_read_and_noted() -> None:
    changes = Counter[str]()
    body(ParsedEntry(content="&lt;p&gt;甲&lt;/p&gt;"), changes)
    assert changes["escaped-markup"] == 1
