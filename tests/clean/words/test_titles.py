"""A title is plain text and never empty."""

import pytest

from broadsheet.clean.words.titles import plain, title_from
from broadsheet.model import TextType


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (None, "text", ""),
        ("  a \n b  ", "text", "a b"),
        ("AT&amp;T <b>x</b>", "text", "AT&amp;T <b>x</b>"),
        ("AT&amp;T <b>x</b>", "html", "AT&T x"),
        ("AT&amp;T &lt;x>", "html", "AT&T <x>"),
        ("《关于修改<中华人民共和国某法>的决定》", "html", "《关于修改<中华人民共和国某法>的决定》"),
        ("List<String>", "html", "List<String>"),
        ("a\x00b\ud800", "text", "ab?"),
    ],
)
def test_a_title_is_plain_text_on_one_line(text: str | None, kind: TextType, expected: str) -> None:
    assert plain(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一句。第二句。", "第一句"),
        ("Version 2.5 is out. More.", "Version 2.5 is out"),
        ("。开头就是句号", "。开头就是句号"),
        ("没有句号", "没有句号"),
        ("字" * 80, "字" * 59 + "…"),
    ],
)
def test_a_missing_title_is_the_first_sentence(text: str, expected: str) -> None:
    assert title_from(text, None, None) == expected


def test_without_any_text_the_title_is_the_address_or_says_so() -> None:
    assert title_from(" ", "https://a.example/", "zh") == "https://a.example/"
    assert title_from("", None, "zh-CN") == "（无标题）"
    assert title_from("", None, None) == "(untitled)"
