"""Feeds by the API."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Outlet, rss
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.model import Failure, Notice
from broadsheet.store import Store

OFFERS = '<!doctype html><title>x</title><link rel="alternate" type="application/rss+xml" href="/{}">'


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    yield server
    server.close()


def test_a_feed_is_looked_at_and_then_followed(
    api: Api, store: Store, outlet: Outlet, publishings: list[str]
) -> None:
    address = outlet.put("/feed", rss(("甲车企公告", "一"), ("乙", "二")))
    seen = api.send("POST", "feeds/preview", {"address": address})
    assert {entry["title"] for entry in seen["entries"]} == {"甲车企公告", "乙"}
    assert len(store.feeds()) == 2
    done = api.send("POST", "feeds", {"address": address, "section": ["科技", "汽车"], "name": "我的"})
    feed = store.feed(address)
    assert (done["feed"]["id"], done["feed"]["name"], done["new"], done["known"]) == (feed.id, "我的", 2, False)
    assert (feed.section, api.read(f"feeds/{feed.id}")["unread"]) == (("科技", "汽车"), 2)
    assert api.send("POST", "feeds", {"address": address})["known"] is True
    assert len(publishings) == 1


def test_a_page_offers_its_feeds(api: Api, outlet: Outlet) -> None:
    address = outlet.put("/", OFFERS.format("a") + OFFERS.format("b"), "text/html")
    offered = {"address": f"{outlet.address}/a", "name": None}
    assert offered in api.send("POST", "feeds/preview", {"address": address})["offers"]
    done = api.send("POST", "feeds", {"address": address})
    assert (done["feed"], offered in done["offers"]) == (None, True)


@pytest.mark.parametrize(
    ("address", "status"), [("", 400), ("file:///etc/passwd", 400), ("http://10.1.2.3/feed", 422)]
)
def test_an_address_goes_through_the_guard(api: Api, address: str, status: int) -> None:
    api.send("POST", "feeds/preview", {"address": address}, status)


def test_a_feed_is_named_filed_and_paused(api: Api, store: Store) -> None:
    feed = store.feeds()[0].id
    changed = api.send(
        "PATCH", f"feeds/{feed}", {"name": "新名", "section": ["甲"], "fulltext": "always", "paused": True}
    )
    assert (changed["name"], changed["section"], changed["fulltext"]) == ("新名", ["甲"], "always")
    assert (changed["standing"], store.feed(feed).name) == ("paused", "新名")
    again = api.send("PATCH", f"feeds/{feed}", {"fulltext": "paper"})
    assert (again["fulltext"], again["name"], again["standing"]) == (None, "新名", "paused")
    api.send("PATCH", "feeds/0123456789", {}, 404)
    store.claim([feed], NOW, 600)
    assert "polled right now" in api.send("PATCH", f"feeds/{feed}", {"paused": False}, 409)["error"]


def test_what_is_wrong_with_a_feed_is_said(api: Api, store: Store) -> None:
    feed = store.feeds()[0]
    failure = Failure(reason="http-404", status=404, message="the server answered 404", at=feed.added_at)
    state = replace(feed.state, failures=1, failure=failure, advice=Notice(code="gone"))
    store.save_feed(replace(feed, state=state))
    health = api.read("feeds")[0]["health"]
    assert ("404" in health["fault"], bool(health["advice"]), health["failures"]) == (True, True, 1)
