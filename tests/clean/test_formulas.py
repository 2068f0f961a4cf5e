"""What a formula says is kept as code."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.formulas import write_formulas

TEX = '<annotation encoding="application/x-tex"> x^2 </annotation>'


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        (f"a<math><mi>x</mi>{TEX}</math>b", "a<code>x^2</code>b"),
        ('<math alttext="x squared"><mi>x</mi></math>', "<code>x squared</code>"),
        ('<math><mi>x</mi> <mn>2</mn><annotation encoding="a">z</annotation></math>', "<code>x 2</code>"),
    ],
)
def test_a_formula_becomes_code(markup: str, html: str) -> None:
    root, changes = parse(markup), Counter[str]()
    write_formulas(root, changes)
    assert serialise(root) == html
    assert changes == {"formula-to-code": 1}
