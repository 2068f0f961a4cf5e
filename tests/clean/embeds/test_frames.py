"""Known players stay, other pages become links, advertisements go."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.embeds.frames import ALLOWED_FRAMES, repair_frames

KEPT = ' loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>'


def repaired(markup: str) -> str:
    root = parse(markup)
    repair_frames(root, "https://a.example/", ALLOWED_FRAMES, Counter())
    return serialise(root)


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        (
            '<iframe src="https://player.vimeo.com/video/1" width="640" height="x" onload="y"></iframe>',
            f'<iframe src="https://player.vimeo.com/video/1" width="640"{KEPT}',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/1"></iframe>',
            f'<iframe src="https://www.youtube-nocookie.com/embed/1"{KEPT}',
        ),
        ('<iframe src="/page?a=1"></iframe>', '<a href="https://a.example/page?a=1">a.example/page</a>'),
        (
            '<a href="/x"><iframe src="/page"></iframe></a>',
            '<a href="/x"></a><a href="https://a.example/page">a.example/page</a>',
        ),
        ('a<iframe src="/page" width="1"></iframe>b', "ab"),
        ("a<iframe></iframe>b", "ab"),
        ('a<iframe src="/page" style="display: none"></iframe>b', "ab"),
        ('a<iframe src="/page" style="position: absolute; visibility: hidden"></iframe>b', "ab"),
        ('a<iframe src="/page" style="position: absolute; clip: rect(1px, 1px, 1px, 1px);"></iframe>b', "ab"),
        ("<object><p>a</p></object>", "<p>a</p>"),
    ],
)
def test_a_frame_stays_becomes_a_link_or_goes(markup: str, html: str) -> None:
    assert repaired(markup) == html
