"""Addresses: absolute where they can be, refused where they are dangerous."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.parse.values.addresses import is_absolute, resolve
from broadsheet.parse.values.rebase import rebase

BASE = "https://a.example/dir/page"


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("https://b.example/?x=1&y=2", "https://b.example/?x=1&y=2"),
        ("HTTP://b.example/路径", "HTTP://b.example/路径"),
        (" /x\n", "https://a.example/x"),
        ("//b.example/", "https://b.example/"),
        ("a b", "https://a.example/dir/a%20b"),
        ("www.b.example/x y", "http://www.b.example/x%20y"),
        ("WWW.b.example", "http://WWW.b.example"),
        ("www.html", "https://a.example/dir/www.html"),
        ("mailto:me@a.example", "mailto:me@a.example"),
        ("java\nscript:alert(1)", None),
        ("DATA:text/html,x", None),
        ("http://[", "http://["),
        ("//[", "//["),
        ("", None),
        (" ", BASE),
        (None, None),
    ],
)
def test_a_reference_becomes_an_address(reference: str | None, address: str | None) -> None:
    assert resolve(BASE, reference) == address


def test_without_a_base_a_reference_stays() -> None:
    assert resolve(None, "/x") == "/x"
    assert resolve(None, " ") is None
    assert is_absolute("HTTPS://a.example/")
    assert not is_absolute("/x")


def test_markup_is_rebased_in_place() -> None:
    markup = (
        """<p title="href='/no'"><a href='/x?a=1&amp;b=2'>a</a><img src=y.png><a href="https://b.example/">b</a>"""
    )
    assert rebase(markup, BASE) == (
        """<p title="href='/no'"><a href="https://a.example/x?a=1&amp;b=2">a</a>"""
        """<img src="https://a.example/dir/y.png"><a href="https://b.example/">b</a>"""
    )


@settings(max_examples=100)
@given(st.text(max_size=30), st.text(max_size=30) | st.none())
def test_no_text_raises(reference: str, base: str | None) -> None:
    resolved = resolve(base, reference)
    assert resolved is None or not resolved.lower().startswith(("javascript:", "vbscript:"))
