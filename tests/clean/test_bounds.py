"""Hostile sizes and shapes cost bounded time, and text in angle brackets stays text."""

import time
from collections import Counter
from collections.abc import Callable

import pytest

from broadsheet.clean.bounds import (
    MAX_ATTRIBUTES,
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_REFERENCES,
    MAX_TAGS,
    bound,
    keep_bracketed_text,
    legible,
)
from broadsheet.model import CleanEntry

HOSTILE = {
    "unclosed boxes": "<div>" * 200_000 + "x",
    "unclosed bold": "<b>" * 300_000 + "x",
    "paragraphs": "<p>x" * 200_000,
    "empty links": "<a href=x>" * 39_000,
    "angle brackets": "<" * 1_000_000,
    "ampersands": "&" * 1_000_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x",
    "nested tables": "<table><tr><td>" * 20_000 + "x",
    "comments": "<!--" * 200_000,
    "pictures": "<p><img src=http://a.example/c.jpg></p>" * 12_000,
    "pictures in one block": "<img src=//a.example/c.jpg>" * 37_000,
    "commas in a srcset": '<img src=http://a.example/c srcset="' + "," * 500_000 + '">',
    "lines": "a\n" * 400_000,
    "furniture": "<p>分享</p>" * 19_000,
    "brackets": "【" * 500_000,
    "escaped tags": "&lt;p " * 160_000,
    "white space": "<div>a" + "\n" * 500_000 + "</div>",
}


@pytest.mark.no_cover  # its time is the point, and coverage doubles it
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_megabyte_of_hostility_costs_seconds_at_most(name: str, clean: Callable[..., CleanEntry]) -> None:
    before = time.process_time()
    clean(HOSTILE[name])
    assert time.process_time() - before < 8  # the slowest takes 1 s on a quiet machine


def test_what_is_too_long_is_cut_at_the_limit() -> None:
    changes: Counter[str] = Counter()
    assert len(bound("字" * (MAX_CHARACTERS + 5), changes)) == MAX_CHARACTERS
    assert changes["cut-too-long"] == 1


def test_a_cut_does_not_fall_inside_a_tag() -> None:
    markup = "x" * (MAX_CHARACTERS - 3) + "<a href=y>"
    assert bound(markup, Counter()) == "x" * (MAX_CHARACTERS - 3)


def test_too_many_tags_become_lines_of_text() -> None:
    changes: Counter[str] = Counter()
    markup = bound("<b>x</b> < " * (MAX_TAGS // 2), changes)
    assert "<" not in markup
    assert "&lt;" in markup
    assert changes["too-many-tags"] == 1


def test_a_tag_with_too_many_attributes_loses_them() -> None:
    changes: Counter[str] = Counter()
    attributes = " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES + 1))
    markup = "x" * 20_000 + f"<p {attributes}>y</p>" + '<img alt="' + "a b " * 200 + '">'
    assert bound(markup, changes) == markup.replace(f" {attributes}", "")
    assert changes["too-many-attributes"] == 1


def test_what_is_nested_too_deep_keeps_its_words(clean: Callable[..., CleanEntry]) -> None:
    deep = "<div><b>" * MAX_DEPTH + "innen</b> <i>drin</i><br>" + "</div>" * MAX_DEPTH + "<p>aussen"
    cleaned = clean(deep)
    assert cleaned.changes["nested-too-deep"] == 1
    assert [word for word in cleaned.text.split() if word in ("innen", "drin", "aussen")] == [
        "innen",
        "drin",
        "aussen",
    ]


def test_too_many_references_are_written_as_plain_characters() -> None:
    changes: Counter[str] = Counter()
    assert "&" not in bound("a&" * (MAX_REFERENCES + 1), changes)
    assert changes["too-many-references"] == 1


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a\r\nb\rc\x0cd", "a\nb\nc\nd"),
        ("&#1;x&#x1f;&#127;", "&#32;x&#32;&#32;"),
        ("&#123;&#10;&#9;&#x1F600;", "&#123;&#10;&#9;&#x1F600;"),
    ],
)
def test_line_ends_are_one_kind_and_control_references_go(markup: str, expected: str) -> None:
    assert bound(markup, Counter()) == expected


def test_what_is_no_character_goes() -> None:
    assert legible("a\x00b\x1fc\x7f\ud800") == "abc?"
    assert legible("a\ufffeb\uffffc￥") == "a\ufffdb\ufffdc￥"


@pytest.mark.parametrize(
    "body",
    ["a\uffff<br>b", "a\ufffe<p>b</p>", "&#xFFFF;<br>a", "&#65534;<p>a</p>", "<img alt='\uffff' src='/a.png'>"],
)
def test_what_no_tree_may_hold_stops_nothing(body: str, clean: Callable[..., CleanEntry]) -> None:
    cleaned = clean(body)
    assert "\uffff" not in cleaned.html
    assert "\ufffe" not in cleaned.html


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("List<String> x", "List&lt;String> x"),
        ("《关于<Foo Bar>的决定》", "《关于&lt;Foo Bar>的决定》"),
        ("a <STRING> b <string> c", "a &lt;STRING> b &lt;string> c"),
        ("<foo>x</foo>", "<foo>x</foo>"),
        ("<x-card>x", "<x-card>x"),
        ("<o:p>x", "<o:p>x"),
        ('<foo bar="1">x', '<foo bar="1">x'),
        ("<P>x<BR>", "<P>x<BR>"),
        ("<中华人民共和国>", "<中华人民共和国>"),
    ],
)
def test_angle_brackets_that_are_text_are_escaped(markup: str, expected: str) -> None:
    assert keep_bracketed_text(markup, Counter()) == expected
