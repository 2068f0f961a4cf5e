"""Moves in a tree lose no text."""

import pytest

from broadsheet.clean.dom import close_late_voids, make, parse, remove, serialise, text_of, unwrap


@pytest.mark.parametrize(
    "markup",
    [
        "a<b>c</b>d<i>e<u>f</u></i>g",
        'x <a href="https://a.example/?b=c&amp;d=[e]&amp;f=中">y</a> &lt;z&gt;',
        "<td></td><p></p><br>",
        "",
    ],
)
def test_what_is_parsed_is_written_as_it_was(markup: str) -> None:
    assert serialise(parse(markup)) == markup


def test_text_outside_of_everything_is_kept() -> None:
    assert text_of(parse("a</div>b<p>c</div>d")) == "abcd"


@pytest.mark.parametrize("markup", ["<b>x</b>y", "a<b>x</b>y", "<i></i><b>x</b>y", "<i></i>a<b>x</b>y", "<b>x</b>"])
def test_removing_keeps_the_text_behind(markup: str) -> None:
    root = parse(markup)
    remove(next(root.iter("b")))
    assert serialise(root) == markup.replace("<b>x</b>", "")


@pytest.mark.parametrize("inside", ["x", "<i>x</i>", "x<i>y</i>z", "<i></i>", ""])
@pytest.mark.parametrize("markup", ["{}", "a{}b", "<u></u>{}c", "<u></u>a{}<u></u>"])
def test_unwrapping_keeps_everything_inside(markup: str, inside: str) -> None:
    root = parse(markup.format(f"<b>{inside}</b>"))
    unwrap(next(root.iter("b")))
    assert serialise(root) == markup.format(inside)


def test_an_element_that_stands_nowhere_is_left_alone() -> None:
    lone = make("p", "x")
    remove(lone)
    unwrap(lone)
    assert lone.text == "x"


@pytest.mark.parametrize("markup", ["a<wbr>b<i>c</i>d", "<source>b", "<embed><i>c</i>d"])
def test_void_elements_hold_nothing(markup: str) -> None:
    root = parse(markup)
    close_late_voids(root)
    assert serialise(root) == markup
