"""What a formula says is kept as code."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.embeds.formulas import write_formulas

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


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        (
            f'<span><span><math><mi>x</mi>{TEX}</math></span><span aria-hidden="true">x<i>2</i></span></span> c',
            "<span><span><code>x^2</code></span></span> c",
        ),
        (
            '<span><math alttext="y"></math></span><img aria-hidden="true" alt="y"> c',
            "<span><code>y</code></span> c",
        ),
        (
            '<p><math alttext="y"></math></p><p aria-hidden="true">d</p>',
            '<p><code>y</code></p><p aria-hidden="true">d</p>',
        ),
        ('<math alttext="y"></math><b>d</b>', "<code>y</code><b>d</b>"),
        (
            '<math alttext="y"></math> is <b aria-hidden="true">d</b>',
            '<code>y</code> is <b aria-hidden="true">d</b>',
        ),
    ],
)
def test_what_is_drawn_beside_a_formula_is_not_said_again(markup: str, html: str) -> None:
    root = parse(markup)
    write_formulas(root, Counter())
    assert serialise(root) == html


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ('a<script type="math/tex; mode=display"> x &lt;\n y </script>b', "a<code>x &amp;lt; y</code>b"),
        ('<span class="MathJax_Preview">x</span><script type="math/tex">y</script>', "<code>y</code>"),
        ('<b>x</b><script type="math/tex"></script>', "<b>x</b><code></code>"),
        ("<script>go()</script>", "<script>go()</script>"),
    ],
)
def test_a_script_that_draws_a_formula_becomes_code(markup: str, html: str) -> None:
    root = parse(markup)
    write_formulas(root, Counter())
    assert serialise(root) == html
