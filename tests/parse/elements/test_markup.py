"""Inline markup, and whether a text is some."""

import pytest
from lxml.etree import fromstring

from broadsheet.parse.elements.markup import attributes, has_tags, inner_markup, looks_like_markup, plain_text


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<t>a &amp; b</t>", "a &amp; b"),
        ("<t><b>a</b> c<br/>d<i/></t>", "<b>a</b> c<br />d<i></i>"),
        ('<t><a href="1?a&amp;b">x</a></t>', '<a href="1?a&amp;b">x</a>'),
        (
            '<t><d xml:base="https://a.example/"><a href="1">x</a></d></t>',
            '<d><a href="https://a.example/1">x</a></d>',
        ),
        (
            (
                '<t xmlns:l="http://www.w3.org/1999/xlink">'
                '<svg xmlns="http://www.w3.org/2000/svg" l:href="#a"><g/></svg></t>'
            ),
            '<svg xlink:href="#a" xmlns="http://www.w3.org/2000/svg"><g></g></svg>',
        ),
        ('<t xmlns:h="http://www.w3.org/1999/xhtml"><h:p>a</h:p></t>', "<p>a</p>"),
    ],
)
def test_inline_elements_are_written_as_html(markup: str, html: str) -> None:
    assert inner_markup(fromstring(markup)) == html


def test_an_element_of_attributes_costs_no_more_than_a_hundred() -> None:
    written = " ".join(f"a{number}='x'" for number in range(150))
    assert len(attributes(fromstring(f"<t {written}/>"))) == 100


@pytest.mark.parametrize("text", ["<b>a</b>", "a<br/>b", "a &amp; b", "&#8220;a", "<A HREF='x'>y</A>"])
def test_markup_is_known_by_its_tags_and_references(text: str) -> None:
    assert looks_like_markup(text)


@pytest.mark.parametrize("text", ["a < b", "List<String> types", "AT&T; more", "R&D", "&#x;"])
def test_what_only_resembles_markup_is_text(text: str) -> None:
    assert not looks_like_markup(text)
    assert not has_tags(text)
    assert plain_text(text) == text


def test_a_value_that_can_only_be_text_loses_its_tags() -> None:
    assert plain_text(" <b>A</b> &amp; B ") == "A & B"
