"""Listings keep their lines, and lose the numbers beside them."""

from collections import Counter

import pytest

from broadsheet.clean.blocks.listings import repair_listings
from broadsheet.clean.dom import parse, serialise


def repaired(markup: str) -> tuple[str, Counter[str]]:
    root, changes = parse(markup), Counter[str]()
    repair_listings(root, changes)
    return serialise(root), changes


def numbered(numbers: str, more: str = "") -> str:
    return (
        f"<table><tr><td><pre>{numbers}</pre></td><td><div><pre>go()\n  stop()</pre></div>x</td>{more}</tr></table>"
    )


@pytest.mark.parametrize("numbers", ["1\n2", "<i>9</i><br><i>10</i><br>", "7"])
def test_a_listing_leaves_the_table_that_numbers_its_lines(numbers: str) -> None:
    html, changes = repaired(f"<div>a{numbered(numbers)}b</div>")
    assert (html, changes) == ("<div>a<pre>go()\n  stop()</pre>b</div>", {"line-numbers": 1})


def test_a_table_inside_a_listing_leaves_its_text() -> None:
    html, _ = repaired(f"<pre><code>{numbered('1')}</code></pre>")
    assert html == "<pre><code><span>go()\n  stop()</span></code></pre>"


@pytest.mark.parametrize("numbers", ["", "1\n3", "1\nb", "1234567"])
def test_a_table_that_says_something_stays(numbers: str) -> None:
    assert repaired(numbered(numbers)) == (numbered(numbers), {})


@pytest.mark.parametrize("more", ["<td>c</td>"])
def test_a_table_of_more_cells_stays(more: str) -> None:
    assert repaired(numbered("1", more))[1] == {}


def test_numbers_that_are_no_listing_stay() -> None:
    assert repaired("<table><tr><td>1</td><td><pre>a</pre></td></tr></table>")[1] == {}


def test_each_code_of_a_listing_is_a_line() -> None:
    markup = "<pre><code>if a:</code><code><i><br></i></code><code>  b()\n</code><code>c<br>d</code></pre>"
    assert repaired(markup) == ("<pre>if a:\n<i></i>\n  b()\nc<br>d</pre>", {"lines-of-code": 1})


@pytest.mark.parametrize(
    "markup",
    [
        "<pre><code>a</code></pre>",
        "<pre>x<code>a</code><code>b</code></pre>",
        "<pre><code>a</code>\n<code>b</code></pre>",
        "<pre><code>a</code><b>b</b></pre>",
    ],
)
def test_a_listing_of_other_parts_stays(markup: str) -> None:
    assert repaired(markup) == (markup, {})
