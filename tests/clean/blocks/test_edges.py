"""No indent, no break and no nothing at the edges of blocks."""

from collections import Counter

import pytest

from broadsheet.clean.blocks.edges import tidy
from broadsheet.clean.dom import parse, serialise


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<p>\u3000\u3000甲</p>", "<p>甲</p>"),
        ("<p><b>\u3000甲</b>乙 </p>", "<p><b>甲</b>乙</p>"),
        ("<p><br>甲<br> </p>", "<p>甲</p>"),
        ("<p>甲</p><p>&nbsp;</p><p><b> </b></p>", "<p>甲</p>"),
        ("<p><img src='1.png'></p>", '<p><img src="1.png"></p>'),
        ("<pre>\n\n  x\n</pre>", "<pre>  x\n</pre>"),
    ],
)
def test_edges_are_trimmed(markup: str, html: str) -> None:
    root = parse(markup)
    tidy(root, Counter())
    assert serialise(root) == html


def test_what_was_trimmed_is_noted() -> None:
    changes = Counter[str]()
    tidy(parse("<p>\u3000甲</p><p> </p><p>乙<br></p>"), changes)
    assert changes == {"indent": 1, "empty-paragraph": 1, "edge-break": 1}
