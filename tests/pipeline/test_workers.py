"""Worker processes: a document that kills one costs itself alone."""

import os
import signal
from datetime import UTC, datetime

import pytest
from tests.pipeline.outlet import rss

from broadsheet.model import Feed, Known, Response, Task
from broadsheet.pipeline import workers as room
from broadsheet.pipeline.workers import Workers

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def task(name: str, body: str) -> Task:
    address = f"https://{name}.example/feed"
    feed = Feed(id=name, address=address, added_at=NOW)
    response = Response(address=address, final_address=address, status=200, body=body.encode(), received_at=NOW)
    return Task(known=Known(feed=feed), response=response, now=NOW)


async def test_batches_come_back_in_order() -> None:
    async with Workers(1) as workers:
        batches = await workers.process([task("a", rss(("甲", "一"))), task("b", rss(("乙", "二"), ("丙", "三")))])
    assert [(batch.feed.id, len(batch.revisions)) for batch in batches] == [("a", 1), ("b", 2)]


async def test_a_document_that_kills_its_worker_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_bounded", die_on_poison)
    async with Workers(1) as workers:
        batches = await workers.process(
            [task("a", rss(("甲", "一"))), task("b", "poison"), task("c", rss(("丙", "三")))]
        )
        again = await workers.process([task("d", rss(("丁", "四")))])
    assert [batch.outcome for batch in batches] == ["changed", "failed", "changed"]
    failure = batches[1].feed.state.failure
    assert failure is not None
    assert failure.reason == "worker-died"
    assert again[0].outcome == "changed"


async def test_a_document_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_bounded", spin)
    async with Workers(1, patience_s=1) as workers:
        batches = await workers.process([task("a", "endless")])
    assert batches[0].outcome == "failed"


def die_on_poison(tasks: bytes, patience_s: int) -> bytes:
    from broadsheet.pipeline.process import process_bytes

    if b"poison" in tasks:
        os.kill(os.getpid(), signal.SIGKILL)
    return process_bytes(tasks)


def spin(tasks: bytes, patience_s: int) -> bytes:
    signal.setitimer(signal.ITIMER_PROF, patience_s)
    while True:
        pass
