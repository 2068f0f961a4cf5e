"""Pictures written as something else."""

import time
from collections import Counter

import pytest

from broadsheet.clean.dom import close_late_voids, parse, serialise, tags_in
from broadsheet.clean.pictures.standins import find_pictures, show_backgrounds


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="g"><noscript><img src="a"></noscript>', '<img src="a">'),
        ('<noscript><img src="a"></noscript><i><img data-src="a"></i>', '<i><img data-src="a" src="a"></i>'),
        ('<noscript><img src="a"></noscript><img src="b">', '<img src="a"><img src="b">'),
        ('<noscript><img src="a"></noscript>x<img src="a">', '<img src="a">x<img src="a">'),
        ('<b>x</b><noscript><img src="a"></noscript>', '<b>x</b><img src="a">'),
        ('<noscript>&lt;IMG src="a"&gt;x</noscript>', '<img src="a">'),
        ("<noscript>&lt;img</noscript>", "<noscript>&lt;img</noscript>"),
        ('<amp-img src="a">x<i>y</i></amp-img>z', '<img src="a">z'),
        ('<picture><source srcset="b"><img></picture>', '<img srcset="b">'),
    ],
)
def test_each_becomes_one_picture(markup: str, expected: str) -> None:
    root = parse(f"<p>{markup}</p>")
    close_late_voids(root)
    find_pictures(root, tags_in(root), Counter())
    assert serialise(root) == f"<p>{expected}</p>"


def test_only_an_empty_box_shows_its_background() -> None:
    markup = '<div style="background:url(a.jpg)"> </div><div style="background:url(b.jpg)">x</div><div>y</div>'
    root = parse(markup)
    assert show_backgrounds(root, markup)
    assert [image.get("src") for image in root.iter("img")] == ["a.jpg"]
    assert not show_backgrounds(root, "<p>x</p>")


def test_a_style_without_an_end_costs_no_more_than_its_length() -> None:
    markup = f'<div style="{"background:" * 50_000}"></div>'
    started = time.process_time()
    assert show_backgrounds(parse(markup), markup)
    assert time.process_time() - started < 1
