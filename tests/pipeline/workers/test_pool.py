"""Worker processes: a document that kills one costs itself alone."""

import logging
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tests.pipeline.outlet import rss

from broadsheet.model import ArticlePage, Batch, Feed, Known, Original, PageReading, PageTask, Response, Task
from broadsheet.pipeline.workers import pool as room
from broadsheet.pipeline.workers.pool import Workers

ROOT = Path(__file__).parents[3]
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
    async with Workers(1, patience_s=0.2) as workers:
        batches = await workers.process([task("a", "endless")])
    assert batches[0].outcome == "failed"


async def test_a_page_that_ends_its_worker_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_bounded_page", die_on_a_poisoned_page)
    async with Workers(1) as workers:
        refused = [(await workers.read_page(page_task(body))).refused for body in (b"x", b"poison", b"odd", b"x")]
    assert refused == ["no-entry", "worker-died", "internal-error", "no-entry"]


async def test_a_page_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_bounded_page", spin)
    async with Workers(1, patience_s=0.2) as workers:
        assert (await workers.read_page(page_task(b"endless"))).refused == "worker-died"


def page_task(body: bytes) -> PageTask:
    feed = Feed(id="a", address="https://a.example/feed", added_at=NOW)
    original = Original(
        post_id="20261123-0000000000",
        feed_id="a",
        entry_id="1",
        number=1,
        seen_at=NOW,
        reason="new",
        body=b"nothing",
        media_type="application/xml",
        base_url=None,
    )
    page = ArticlePage(address="https://a.example/1", body=body, fetched_at=NOW)
    return PageTask(feed=feed, original=original, page=page)


def die_on_a_poisoned_page(task: bytes, patience_s: float) -> bytes:
    from broadsheet.pipeline.workers.articles import read_page_bytes

    if b"poison" in task:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"odd" in task:
        raise ValueError
    return read_page_bytes(task)


def die_on_poison(tasks: bytes, patience_s: float) -> bytes:
    from broadsheet.pipeline.workers.process import process_bytes

    if b"poison" in tasks:
        os.kill(os.getpid(), signal.SIGKILL)
    return process_bytes(tasks)


def spin(tasks: bytes, patience_s: float) -> bytes:
    signal.setitimer(signal.ITIMER_PROF, patience_s)
    while True:
        pass


def test_workers_end_with_the_process_that_wanted_them() -> None:
    script = """
import asyncio, os, signal
from tests.pipeline.workers.test_pool import task
from tests.pipeline.outlet import rss
from broadsheet.pipeline.workers.pool import Workers

async def main():
    async with Workers(1) as workers:
        await workers.process([task("a", rss(("x", "y")))])
        print(*workers._pool._processes, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL, done.stderr
    (worker,) = map(int, done.stdout.split())
    for _ in range(100):
        if not alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its parent")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


# What runs in a worker, called here: coverage does not watch the processes themselves, which would double their cost.


@pytest.fixture
def loud() -> Iterator[None]:
    """Log again, whatever the test turned off."""
    yield
    logging.disable(logging.NOTSET)


def test_a_worker_reads_parcels_under_a_timer_that_then_stops() -> None:
    parcel = msgspec.msgpack.encode([task("a", rss(("甲", "一")))])
    (batch,) = msgspec.msgpack.decode(room._bounded(parcel, 60), type=tuple[Batch, ...])
    assert len(batch.revisions) == 1
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@pytest.mark.usefixtures("loud")
def test_a_worker_reads_a_page_and_keeps_what_libraries_say_to_itself() -> None:
    page = msgspec.msgpack.encode(page_task(b"x"))
    assert msgspec.msgpack.decode(room._bounded_page(page, 60), type=PageReading).refused == "no-entry"
    assert not logging.getLogger("trafilatura").isEnabledFor(logging.CRITICAL)


@pytest.mark.parametrize(
    ("most", "memory", "limits"),
    [
        (resource.RLIM_INFINITY, None, []),
        (resource.RLIM_INFINITY, 1 << 30, [(1 << 30, resource.RLIM_INFINITY)]),
        (1 << 31, 1 << 30, [(1 << 30, 1 << 31)]),
        (1 << 29, 1 << 30, []),
    ],
)
def test_a_worker_leaves_ctrl_c_to_its_parent_and_has_only_so_much_memory(
    monkeypatch: pytest.MonkeyPatch, most: int, memory: int | None, limits: list[tuple[int, int]]
) -> None:
    handlers: dict[int, object] = {}
    limited: list[tuple[int, int]] = []
    daemons: list[bool] = []
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most, most))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limit: limited.append(limit))
    monkeypatch.setattr(threading.Thread, "start", lambda thread: daemons.append(thread.daemon))
    room._start(memory)
    assert handlers == {signal.SIGINT: signal.SIG_IGN, signal.SIGPROF: signal.SIG_DFL}
    assert limited == limits
    assert daemons == [True]


class Gone:
    """A parent process that has ended."""

    def join(self) -> None:
        pass


@pytest.mark.parametrize(("parent", "codes"), [(None, []), (Gone(), [1])])
def test_a_worker_ends_when_its_parent_has(
    monkeypatch: pytest.MonkeyPatch, parent: Gone | None, codes: list[int]
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: parent)
    monkeypatch.setattr(os, "_exit", ended.append)
    room._end_with_parent()
    assert ended == codes
