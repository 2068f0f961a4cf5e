"""What flows becomes paragraphs."""

from collections import Counter

import pytest

from broadsheet.clean.blocks.flow import Flow
from broadsheet.clean.dom import parse, serialise


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("甲<br><br>乙", "<p>甲</p><p>乙</p>"),
        ("甲<br>乙", "<p>甲<br>乙</p>"),
        ("甲<br>\u3000乙", "<p>甲</p><p>\u3000乙</p>"),
        ("甲<div>乙<div>丙</div>丁</div>", "<p>甲</p><p>乙</p><p>丙</p><p>丁</p>"),
        ("甲<table></table>乙", "<p>甲</p><table></table><p>乙</p>"),
        ("<b>甲</b> <i>乙</i>", "<p><b>甲</b> <i>乙</i></p>"),
        ('<div align="center">甲<br><br>乙</div>丙', '<p align="center">甲</p><p align="center">乙</p><p>丙</p>'),
        ("<br> ", ""),
    ],
)
def test_bare_text_and_boxes_become_paragraphs(markup: str, html: str) -> None:
    flow = Flow(Counter())
    flow.pour(parse(markup))
    assert serialise(flow.out) == html
