"""Parts stand in their wholes."""

import pytest

from broadsheet.clean.blocks.parts import repair_parts
from broadsheet.clean.dom import parse, serialise, tags_in


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<li>甲</li>", "<div>甲</div>"),
        ("<ul>甲<li>乙</li>丙</ul>", "<ul><li>甲</li><li>乙</li><li>丙</li></ul>"),
        ("<ul><p>甲</p><p>乙</p></ul>", "<ul><li><p>甲</p><p>乙</p></li></ul>"),
        ("<table><tr><td>甲</td>乙</tr></table>", "<div>乙</div><table><tr><td>甲</td></tr></table>"),
        ("<dl><div><dt>甲</dt><dd>乙</dd></div></dl>", "<dl><dt>甲</dt><dd>乙</dd></dl>"),
        ("<ul><li>甲</li></ul>", "<ul><li>甲</li></ul>"),
    ],
)
def test_what_is_loose_finds_its_place(markup: str, html: str) -> None:
    root = parse(markup)
    repair_parts(root, tags_in(root))
    assert serialise(root) == html
