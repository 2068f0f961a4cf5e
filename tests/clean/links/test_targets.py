"""Links lead where they mean to."""

from collections import Counter

import pytest

from broadsheet.clean.dom import parse, serialise
from broadsheet.clean.links.targets import repair_address, repair_links

REL = ' rel="noopener noreferrer"'


def repaired(markup: str, changes: Counter[str] | None = None) -> str:
    root = parse(markup)
    repair_links(root, "https://a.example/", Counter() if changes is None else changes)
    return serialise(root)


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ('<a href="/1" onclick="x">a</a>', f'<a href="https://a.example/1"{REL}>a</a>'),
        ('<a href="/1">/1</a>', f'<a href="https://a.example/1"{REL}>https://a.example/1</a>'),
        ('<a href="mailto:me@a.example">a</a>', f'<a href="mailto:me@a.example"{REL}>a</a>'),
        ('<a href="https://b.example/?utm_source=x">a</a>', f'<a href="https://b.example/"{REL}>a</a>'),
        ('<a name="x">a</a>', "a"),
        ('<a class="keyword" href="/jd">京东</a>方', "京东方"),
        ('<a class="keyword" href="/jd">京东</a>的', f'<a href="https://a.example/jd"{REL}>京东</a>的'),
    ],
)
def test_a_link_is_repaired_or_unwrapped(markup: str, html: str) -> None:
    assert repaired(markup) == html


@pytest.mark.parametrize(
    ("address", "change"),
    [("javascript:alert(1)", "link-refused"), ("", "link-to-nowhere")],
)
def test_a_link_that_leads_nowhere_is_noted(address: str, change: str) -> None:
    changes = Counter[str]()
    assert repaired(f'<a href="{address}">a</a>', changes) == "a"
    assert changes == {change: 1}


def test_an_address_alone_is_repaired_the_same_way() -> None:
    changes = Counter[str]()
    assert repair_address("/1?utm_source=x", "https://a.example/", changes) == ("https://a.example/1", False)
    assert changes == {"tracking-parameters": 1}
