"""The headings of an article under the page's own."""

import pytest

from broadsheet.model import SafeHtml
from broadsheet.publish.pages.outline import outlined


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>h3</p><hr><header></header>", "<p>h3</p><hr><header></header>"),
        ("<h2>a</h2><h3>b</h3><h2>c</h2>", "<h2>a</h2><h3>b</h3><h2>c</h2>"),
        ("<h3>a</h3><h3>b</h3>", "<h2>a</h2><h2>b</h2>"),
        ("<h4>a</h4><h2 id='x'>b</h2><h4>c</h4><h6>d</h6>", "<h2>a</h2><h2 id='x'>b</h2><h3>c</h3><h4>d</h4>"),
        ("<h1>a</h1><h6>b</h6><h5>c</h5>", "<h2>a</h2><h3>b</h3><h3>c</h3>"),
        ("</h4>", "</h4>"),
    ],
)
def test_headings_begin_under_the_pages_and_skip_no_step(given: str, expected: str) -> None:
    assert outlined(SafeHtml(given)) == expected
