"""The Link header, as servers write it."""

import pytest

from broadsheet.decide.links import link_targets

BASE = "https://news.example/a/feed"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", ()),
        ('<https://hub.example/>; rel="hub"', ("https://hub.example/",)),
        ("<https://hub.example/>;rel=hub", ("https://hub.example/",)),
        (
            '<https://a.example/>; title="x, <y>; z"; REL="alternate HUB", <../b>; rel=hub',
            ("https://a.example/", "https://news.example/b"),
        ),
        ('<https://self.example/>; rel="self"', ()),
        ("<https://hub.example/>", ()),
        ("https://hub.example/; rel=hub", ()),
        ("<https://[broken/>; rel=hub, <https://hub.example/>; rel=hub", ("https://hub.example/",)),
        ('<https://hub.example/>; rel="hub', ()),
        ("<" * 5000, ()),
    ],
)
def test_hubs_are_found_where_they_are_named(header: str, found: tuple[str, ...]) -> None:
    assert link_targets(header, "hub", BASE) == found
