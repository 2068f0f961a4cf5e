"""Polls of jobs: what is due at hosts that nobody else asks, stored as an update stores it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from tests.pipeline.outlet import Outlet, follow_all, rss

from broadsheet.errors import BroadsheetError, StoreError
from broadsheet.fetch import Pace
from broadsheet.model import Limits, Policy
from broadsheet.pipeline.means import Means
from broadsheet.scale.queue import poller as room
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.life import Life
from broadsheet.scale.queue.poller import NOTHING, Poller
from broadsheet.store import Store, open_store

HERE = "127.0.0.1"


@pytest.fixture
def means(life: Life) -> Means:
    limits = Limits(allow=("127.0.0.0/8",), total_s=60)
    return Means(limits=limits, policy=Policy(jitter=0), pace=Pace(), clock=life.clock, workers=1)


@pytest_asyncio.fixture
async def poller(place: Place, paper: str, life: Life, means: Means) -> AsyncIterator[Poller]:
    async with Poller(place, lambda: open_store(paper), life, means, 1.0) as opened:
        yield opened


async def test_what_is_due_at_a_host_is_polled_and_kept(
    poller: Poller, store: Store, outlet: Outlet, desk: Desk
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))), outlet.put("/b", rss(("乙", "二"), ("丙", "三"))))
    report = await poller.poll([HERE])
    assert (report.polled, report.new) == (2, 3)
    assert len(store.refs()) == 3
    assert await poller.poll([HERE]) == NOTHING
    assert desk.rows("runs") == []
    assert desk.rows("taken", soon_s=2) == []


async def test_a_host_that_another_asks_is_left_to_it(
    poller: Poller, store: Store, outlet: Outlet, desk: Desk, life: Life
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    run = desk.row("begin", worker=life.worker, kind="images", about="")[0]
    desk.rows("hold", hosts=[HERE], run=run)
    assert await poller.poll([HERE]) == NOTHING
    assert outlet.asked == []
    desk.rows("let_go", hosts=[HERE], run=run)
    desk.rows("hold", hosts=["mirror.example"], run=run)
    assert await poller.poll([HERE], needed=["mirror.example"]) == NOTHING
    assert (await poller.poll([HERE])).polled == 1


async def test_feeds_that_hubs_told_of_are_polled_though_not_due(
    poller: Poller, store: Store, outlet: Outlet, life: Life, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    monkeypatch.setattr(room, "ASK_AGAIN_S", 0.01)
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    feed = store.feeds()[0]
    await poller.poll([HERE])
    run = desk.row("begin", worker=life.worker, kind="images", about="")[0]
    desk.rows("hold", hosts=[HERE], run=run)
    told = asyncio.create_task(poller.poll_told([feed.id]))
    await asyncio.sleep(0.05)
    assert not told.done()
    desk.rows("let_go", hosts=[HERE], run=run)
    assert (await asyncio.wait_for(told, 5)).polled == 1
    assert len(outlet.asked) == 2


async def test_after_a_fault_the_feeds_are_free_and_their_host_rests(
    poller: Poller, store: Store, outlet: Outlet, desk: Desk, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))

    async def fail(opened: Store, *_: object, at: list[str]) -> None:
        opened.hosts.claim(at, life.clock(), 600, most=9)
        raise BroadsheetError

    monkeypatch.setattr(room, "poll", fail)
    with pytest.raises(BroadsheetError):
        await poller.poll([HERE])
    assert [one.host for one in store.hosts.due(life.clock() + timedelta(seconds=1), 9)] == [HERE]
    assert desk.rows("taken", soon_s=2) == [(HERE,)]


async def test_a_paper_that_cannot_be_opened_fails_at_the_start(place: Place, life: Life, means: Means) -> None:
    def refuse() -> Store:
        raise StoreError("paper", "is away")

    with pytest.raises(StoreError, match="paper: is away"):
        async with Poller(place, refuse, life, means, 1.0):
            pass
