"""Feeds as their owner keeps them in the live reader."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Outlet, rss
from tests.web.conftest import NOW, Client, csrf_of, post

from broadsheet.model import Failure
from broadsheet.store import Store
from broadsheet.web.reader import managing

PAGE = {"accept": "text/html"}
OFFERS = '<!doctype html><title>x</title><link rel="alternate" type="application/rss+xml" href="/{}">'


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    yield server
    server.close()


@pytest.fixture
def quiet(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A reader that publishes nothing by itself."""
    started: list[Any] = []

    async def publish() -> None:
        started.append("published")

    monkeypatch.setattr(client.app.state.house.jobs, "publish", publish)
    monkeypatch.setattr(client, "started", started, raising=False)
    return client


def test_a_feed_is_looked_at_and_then_followed(quiet: Client, store: Store, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲车企公告", "一"), ("乙", "二")))
    seen = post(quiet, "/my/feeds/preview", address=address, section="科技 / 汽车").text
    assert "甲车企公告" in seen
    assert len(store.feeds()) == 2
    answer = post(quiet, "/my/feeds/add", address=address, section="科技 / 汽车", name="我的")
    feed = store.feed(address)
    assert answer.headers["location"] == f"/my/feeds/#f{feed.id}"
    assert (feed.label, feed.section) == ("我的", ("科技", "汽车"))
    assert quiet.started == ["published"]  # type: ignore[attr-defined]
    assert "2 篇未读" in quiet.get("/my/feeds/", headers=PAGE).text


def test_a_page_offers_its_feeds_to_choose_from(quiet: Client, outlet: Outlet) -> None:
    address = outlet.put("/", OFFERS.format("a") + OFFERS.format("b"), "text/html")
    seen = post(quiet, "/my/feeds/preview", address=address)
    assert f'value="{outlet.address}/b"' in seen.text
    refused = post(quiet, "/my/feeds/add", address=address)
    assert (refused.status_code, "choose one of them" in refused.text) == (400, True)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [("", 400, "is empty"), ("file:///etc/passwd", 400, "file:"), ("http://10.1.2.3/feed", 422, "10.1.2.3")],
)
def test_an_address_goes_through_the_guard(quiet: Client, address: str, status: int, said: str) -> None:
    answer = post(quiet, "/my/feeds/preview", address=address)
    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_feed_is_renamed_filed_paused_and_asked_again(quiet: Client, store: Store) -> None:
    feed = store.feeds()[0]
    post(quiet, f"/my/feeds/{feed.id}", title="新名", section="甲/乙", fulltext="always")
    changed = store.feed(feed.id)
    assert (changed.label, changed.section, changed.fulltext) == ("新名", ("甲", "乙"), "always")
    post(quiet, f"/my/feeds/{feed.id}", paused="1")
    assert store.feed(feed.id).state.standing == "paused"
    assert "暂停" in quiet.get("/my/feeds/", headers=PAGE).text
    post(quiet, f"/my/feeds/{feed.id}", paused="0")
    assert (store.feed(feed.id).state.standing, store.feed(feed.id).label) == ("active", "新名")
    assert post(quiet, "/my/feeds/none", title="x").status_code == 404


def test_what_is_wrong_with_a_feed_is_said(quiet: Client, store: Store) -> None:
    feed = store.feeds()[0]
    failure = Failure(reason="http-404", status=404, message="the server answered 404", at=feed.added_at)
    store.save_feed(replace(feed, state=replace(feed.state, failures=1, failure=failure)))
    assert "404" in quiet.get("/my/feeds/", headers=PAGE).text


def test_reading_lists_come_in_and_go_out(quiet: Client, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = (
        b'<opml version="2.0"><body><outline text="x" type="rss" xmlUrl="https://new.example/feed"/></body></opml>'
    )
    headers = {"sec-fetch-site": "same-origin", **PAGE}

    def send(body: bytes) -> Any:
        return quiet.post("/my/feeds/import", data={"csrf": csrf_of(quiet)}, files={"list": body}, headers=headers)

    assert send(listed).status_code == 303
    assert store.feed("https://new.example/feed").added_at == NOW
    written = quiet.get("/my/feeds.opml")
    assert b"https://new.example/feed" in written.content
    assert "attachment" in written.headers["content-disposition"]
    assert send(b"no list").status_code == 422
    monkeypatch.setattr(managing, "LARGEST_LIST", 10)
    assert send(listed).status_code == 400
    none = quiet.post("/my/feeds/import", data={"csrf": csrf_of(quiet)}, files={"x": b""}, headers=headers)
    assert none.status_code == 400


def test_one_page_leads_to_all_that_is_managed(quiet: Client) -> None:
    page = quiet.get("/my/", headers=PAGE).text
    for room in ("feeds", "watches", "companies", "update", "settings"):
        assert f'href="../my/{room}/"' in page
        assert '/my/" aria-current="true"' in quiet.get(f"/my/{room}/", headers=PAGE).text
    assert 'href="../my/" aria-current="page"' in page
