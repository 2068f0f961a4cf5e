"""What the server tells of by itself, and updates that readers ask for."""

import asyncio
import contextlib
import time

import pytest
from msgspec.structs import replace
from tests.store.builders import make_batch, make_revision, minutes
from tests.web.conftest import NOW, Client, post

from broadsheet.config import Config
from broadsheet.errors import StoreError
from broadsheet.pipeline.build import build
from broadsheet.store import Store
from broadsheet.web.house.house import open_house
from broadsheet.web.reader import events

PAGE = {"accept": "text/html"}


async def test_posts_that_another_process_stores_are_told_and_then_the_edition_that_shows_them(
    paper: Config, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOOK_EVERY_S", 0.01)
    paper.site_folder.unlink()
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    watching = asyncio.create_task(events.watch_paper(house))
    await house.desk.ask(lambda opened: opened.feeds())
    await asyncio.sleep(0.05)
    with house.wire.listening() as heard:
        store.apply([make_batch(make_revision("entry-9", at=minutes(9)))])
        told = [await asyncio.wait_for(heard.get(), 10)]
        build(store, paper.as_paper(), paper.site_folder, NOW)
        told.append(await asyncio.wait_for(heard.get(), 10))
    assert [(news.kind, news.text) for news in told] == [("posts", "1"), ("edition", "1")]
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    house.desk.close()


async def test_a_store_that_cannot_be_asked_is_asked_again(paper: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LOOK_EVERY_S", 0.01)
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    asked = asyncio.Event()
    answers = iter([StoreError("store", "the server stops or starts"), False])

    async def has_news() -> bool:
        answer = next(answers, True)
        if isinstance(answer, StoreError):
            raise answer
        if answer:
            asked.set()
        return False

    monkeypatch.setattr(house.desk, "has_news", has_news)
    watching = asyncio.create_task(events.watch_paper(house))
    await asyncio.wait_for(asked.wait(), 10)
    watching.cancel()
    house.desk.close()


async def test_news_are_sent_as_they_come_with_a_sign_of_life_between(
    paper: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.01)
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    stream = events.told(house)
    assert (await anext(stream)).event == "hello"
    assert (await anext(stream)).comment == ""
    coming = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    house.wire.tell("edition", "2")
    first = await coming
    assert (first.event, first.data) in {("edition", "2"), (None, "")}
    await stream.aclose()  # type: ignore[attr-defined]
    house.desk.close()


def test_an_update_is_asked_for_and_shown(client: Client, store: Store, paper: Config) -> None:
    paper.site_folder.unlink()
    for feed in store.feeds():
        store.save_feed(replace(feed, state=replace(feed.state, standing="paused")))
    assert "还没有要求过" in client.get("/my/update/", headers=PAGE).text
    assert post(client, "/my/update").headers["location"] == "/my/update/"
    assert post(client, "/my/update").status_code == 400
    for _ in range(1200):
        page = client.get("/my/update/", headers=PAGE).text
        if "<button disabled>" not in page:
            break
        time.sleep(0.05)
    assert '">完成。</p>' in page
    assert "0 polled, 0 failed" in page
