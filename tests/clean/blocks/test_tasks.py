"""A list of tasks says what is done."""

from collections import Counter

import pytest

from broadsheet.clean.blocks.tasks import write_boxes
from broadsheet.clean.dom import parse, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<ul><li><input type="checkbox" checked> a</li><li> <input type="CheckBox">b</li></ul>', "☑ a ☐ b"),
        ('<ul><li><p><label><input type="checkbox"> a</label></p></li></ul>', "☐ a"),
        ('<ul><li>a <input type="checkbox"></li></ul>', "a "),
        ('<ul><li><b>a</b><input type="checkbox"></li></ul>', "a"),
        ('<ul><li><input type="text">a</li></ul>', "a"),
        ('<p><input type="checkbox">I agree</p>', "I agree"),
    ],
)
def test_a_box_before_an_item_is_written(markup: str, text: str) -> None:
    root, changes = parse(markup), Counter[str]()
    write_boxes(root, changes)
    assert text_of(root) == text
    assert changes["task-box"] == text.count("☑") + text.count("☐")
