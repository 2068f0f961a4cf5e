"""Every picture has its real address, and none only counts."""

from collections import Counter
from collections.abc import Callable

import pytest

from broadsheet.clean.dom import close_late_voids, parse, serialise, tags_in
from broadsheet.clean.pictures.images import images_of, repair_images
from broadsheet.model import CleanEntry, Image

BASE = "https://a.example/"
KEPT = ' loading="lazy" referrerpolicy="no-referrer">'
DATA = "data:image/gif;base64,R0lGOD"


def repaired(markup: str, changes: Counter[str] | None = None) -> str:
    root = parse(markup)
    close_late_voids(root)
    repair_images(root, tags_in(root), BASE, Counter() if changes is None else changes)
    return serialise(root)


@pytest.mark.parametrize(
    ("markup", "source"),
    [
        ('<img src="/1.png" onerror="x">', "1.png"),
        (f'<img src="{DATA}" data-original="/1.png">', "1.png"),
        ('<img x-real="/1.png">', "1.png"),
        ('<image src="/1.png">', "1.png"),
        (f'<img src="{DATA}"><noscript><img src="/1.png"></noscript>', "1.png"),
        ('<picture><source srcset="/1.png 2x"><img></picture>', "1.png"),
        ('<a href="https://a.example/1-large.png"><img src="/1.png"></a>', "1-large.png"),
    ],
)
def test_a_picture_is_the_real_one(markup: str, source: str) -> None:
    assert repaired(markup) == f'<img src="{BASE}{source}" alt=""{KEPT}'


def test_sizes_and_texts_are_kept() -> None:
    html = repaired('<img src="/1.png" alt=" a\n b " width="640px" data-ratio="0.5">')
    assert html == f'<img src="{BASE}1.png" alt="a b" width="640" height="320"{KEPT}'


@pytest.mark.parametrize(
    ("markup", "change"),
    [
        ('<img src="/1.gif" width="1" height="1">', "tracking-pixel"),
        (f'<img src="{DATA}">', "data-image"),
        ("<img>", "image-without-address"),
    ],
)
def test_what_shows_nothing_goes_and_is_noted(markup: str, change: str) -> None:
    changes = Counter[str]()
    assert repaired(f"a{markup}b", changes) == "ab"
    assert changes == {change: 1}


def test_pictures_are_listed_with_their_captions() -> None:
    root = parse('<figure><img src="1" alt="A" width="3"><figcaption>B\n C</figcaption></figure><p><img src="2"></p>')
    assert images_of(root) == (
        Image(url="1", alt="A", caption="B C", width=3, height=None),
        Image(url="2", alt="", caption=None, width=None, height=None),
    )


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="full.jpg"><img src="/thumb.jpg"></a>',
        '<a href="/2026/11/full.jpg"><li><figure><img src="/thumb.jpg"></figure></a>',
        '<a href="/2026/11/full.jpg"><figure><a><img src="/thumb.jpg"></a></figure></a>',
        '<a href="/2026/11/full.jpg"><figure><a href="/middle.jpg"><img src="/thumb.jpg"></a></figure></a>',
    ],
)
def test_the_full_picture_is_found_at_once_whatever_is_wrapped_round(
    markup: str, clean: Callable[..., CleanEntry]
) -> None:
    once = clean(markup)
    assert [image.url for image in once.images] == ["https://news.example/2026/11/full.jpg"]
    assert "<a " not in once.html
    assert clean(once.html).html == once.html
