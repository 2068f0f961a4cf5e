"""Relative addresses in markup become absolute; nothing else changes."""

import pytest

from broadsheet.parse.values.rebase import rebase

BASE = "https://a.example/b/"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="1?a&amp;b">x</a>', '<a href="https://a.example/b/1?a&amp;b">x</a>'),
        ("<img alt='href=1' src='/1.png'>", "<img alt='href=1' src=\"https://a.example/1.png\">"),
        ("<A HREF=1>", '<A HREF="https://a.example/b/1">'),
        ('<a href="https://b.example/">x</a>', '<a href="https://b.example/">x</a>'),
        ('src="1"', 'src="1"'),
        ("<a href=''>", "<a href=''>"),
    ],
)
def test_an_address_is_made_absolute(markup: str, expected: str) -> None:
    assert rebase(markup, BASE) == expected
