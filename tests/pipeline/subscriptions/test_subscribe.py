"""A reading list becomes feeds without a question to anybody."""

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import START, Outlet, rss

from broadsheet.model import Subscription
from broadsheet.pipeline.subscriptions.subscribe import section_path, subscribe, typed_address
from broadsheet.store import Store


def test_a_reading_list_is_followed_without_asking(store: Store, outlet: Outlet) -> None:
    wanted = [Subscription(address=outlet.put(f"/{name}", rss()), name=name) for name in "ab"]
    assert subscribe(store, wanted, START) == 2
    assert subscribe(store, [*wanted, replace(wanted[0], name="again")], START) == 0
    assert ([feed.name for feed in store.feeds()], outlet.asked) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" https://paper.example/feed\n", "https://paper.example/feed"),
        ("paper.example", "paper.example"),
        ("feed://paper.example/feed", "http://paper.example/feed"),
        ("feed:https://paper.example/feed", "https://paper.example/feed"),
        ("FEED:HTTP://paper.example/", "HTTP://paper.example/"),
        ("rsshub://a/b.c", "rsshub://a/b.c"),
        ("nonsense", "nonsense"),
        ("mailto:me@paper.example", "mailto:me@paper.example"),
        ("", ""),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, meant: str) -> None:
    assert typed_address(typed) == meant


def test_a_section_is_read_as_it_is_typed() -> None:
    assert section_path(" 新媒体 / cnBeta //最新 ") == ("新媒体", "cnBeta", "最新")
    assert section_path("") == ()
