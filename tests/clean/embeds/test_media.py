"""Players have one address and play when asked."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.embeds.media import repair_media

BASE = "https://a.example/"


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        (
            '<video autoplay width="640" height="x" poster="/p.jpg"><source src="/1.mp4">no film</video>',
            f'<video src="{BASE}1.mp4" poster="{BASE}p.jpg" width="640" preload="none"></video>',
        ),
        ('<audio data-src="/1.mp3" width="3"></audio>', f'<audio src="{BASE}1.mp3" preload="none"></audio>'),
        ("a<video>b</video>c", "abc"),
        ('<video src="javascript:x">b</video>', "b"),
    ],
)
def test_a_player_keeps_its_address_and_nothing_that_acts(markup: str, html: str) -> None:
    root = parse(markup)
    repair_media(root, BASE, Counter())
    assert serialise(root) == html
