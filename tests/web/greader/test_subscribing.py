"""Subscriptions as readers change them."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Outlet, rss
from tests.store.builders import ADDRESS, make_feed
from tests.web.conftest import NOW, Serve
from tests.web.greader.conftest import STATE, Reader

from broadsheet.config import Config
from broadsheet.store import Store

KNOWN = make_feed().id


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    yield server
    server.close()


def test_a_feed_is_followed_with_its_name_and_folder(reader: Reader, store: Store, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一"), ("乙", "二")))
    reader.do("subscription/edit", f"ac=subscribe&s=feed/{address}&a=user/-/label/科技 / 样刊&t=我的&T=x")
    feed = store.feed(address)
    assert (feed.label, feed.section) == ("我的", ("科技", "样刊"))
    assert len(reader.ids(f"feed/{feed.id}")) == 2


def test_an_address_is_added_quickly(reader: Reader, store: Store, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一")))
    said = reader.send(f"subscription/quickadd?quickadd={address}", f"quickadd={address}").json()
    feed = store.feed(address)
    assert said == {"query": address, "numResults": 1, "streamId": f"feed/{feed.id}", "streamName": feed.label}


def test_why_an_address_cannot_be_followed_is_said(
    reader: Reader, serve: Serve, paper: Config, outlet: Outlet
) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    page = outlet.put("/", f"<html><head>{link.format('/a')}{link.format('/b')}</head></html>", "text/html")
    said = reader.send("subscription/quickadd", f"quickadd={page}").json()
    assert said["numResults"] == 0
    assert f"{page}a, {page}b" in said["error"]
    assert reader.send("subscription/edit", f"ac=subscribe&s=feed/{page}").status_code == 400
    afar = Reader(serve(replace(paper, fetch=replace(paper.fetch, allow=()))), reader.secret)
    refused = afar.send("subscription/quickadd", f"quickadd=feed/{page}").json()
    assert refused["numResults"] == 0
    assert "fetch.allow" in refused["error"]
    assert reader.send("subscription/edit", f"ac=subscribe&s=feed/{outlet.address}/none").status_code == 422


def test_a_feed_is_renamed_and_moved(reader: Reader, store: Store) -> None:
    reader.do("subscription/edit", f"ac=edit&s=feed/{KNOWN}&t=新名&T=x")
    assert store.feed(ADDRESS).label == "新名"
    reader.do("subscription/edit", f"ac=edit&s=feed/{ADDRESS}&a=user/-/label/科技&r=user/-/label/新媒体 / 最新")
    assert store.feed(ADDRESS).section == ("科技",)
    reader.do("subscription/edit", f"ac=edit&s=feed/{KNOWN}&r=user/-/label/科技&a={STATE}broadcast")
    assert (store.feed(ADDRESS).section, store.feed(ADDRESS).label) == ((), "新名")


def test_several_are_changed_at_once(reader: Reader, store: Store) -> None:
    other = store.feed("https://other.example/feed")
    reader.do("subscription/edit", f"ac=edit&s=feed/{KNOWN}&t=甲&s=feed/{other.id}&t=乙&t=丙")
    assert [feed.label for feed in store.feeds()] == ["甲", "乙"]


def test_unsubscribing_lets_a_feed_rest_and_subscribing_wakes_it(reader: Reader, store: Store) -> None:
    reader.do("subscription/edit", f"ac=unsubscribe&s=feed/{KNOWN}")
    assert store.feed(KNOWN).state.standing == "paused"
    assert len(store.refs()) == 4
    listed = reader.read("subscription/list?output=json")["subscriptions"]
    assert [feed["url"] for feed in listed] == ["https://other.example/feed"]
    assert len(reader.unread()) == 1
    reader.do("subscription/edit", f"ac=subscribe&s=feed/{ADDRESS}&t=又来")
    assert (store.feed(KNOWN).state.standing, store.feed(KNOWN).label) == ("active", "又来")
    reader.do("subscription/edit", f"ac=unsubscribe&s=feed/{KNOWN}")
    reader.do("subscription/edit", f"ac=subscribe&s=feed/{KNOWN}")
    assert len(reader.unread()) == 4


def test_a_feed_that_is_being_polled_is_left_alone_and_asked_for_again(reader: Reader, store: Store) -> None:
    store.claim([KNOWN], NOW, 60)
    answer = reader.send("subscription/edit", f"ac=unsubscribe&s=feed/{KNOWN}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "polled right now" in answer.json()["error"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("s=feed/1", 400),
        ("ac=burn&s=feed/1", 400),
        ("ac=edit", 400),
        (f"ac=edit&s={STATE}starred&t=x", 400),
        ("ac=edit&s=feed/none&t=x", 404),
    ],
)
def test_what_cannot_be_changed_is_said(reader: Reader, form: str, status: int) -> None:
    assert reader.send("subscription/edit", form).status_code == status
