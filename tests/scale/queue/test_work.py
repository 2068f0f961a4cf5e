"""A whole worker: it joins, plans, polls, publishes, and leaves; others see it meanwhile."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Outlet, follow_all, rss

from broadsheet.config import Config, FetchOptions, WebsubOptions
from broadsheet.errors import ConfigError, StoreError
from broadsheet.pipeline.means import means_of
from broadsheet.pipeline.polling.leases import NOTE, WORKERS
from broadsheet.scale.queue import duties
from broadsheet.scale.queue import work as room
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.work import Wish, Worker
from broadsheet.store import Store


@pytest.fixture
def config(paper: str, tmp_path: Path) -> Config:
    return replace(Config(), store=paper, folder=tmp_path, fetch=FetchOptions(allow=("127.0.0.0/8",)))


def worker(config: Config, lines: list[str], paper: bool = True) -> Worker:
    return Worker(config, Wish(polls=2, paper=paper), lambda clock: means_of(config, clock), lines.append)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - it is looked at from outside
            await asyncio.sleep(0.02)


async def test_a_worker_keeps_a_paper_up_to_date_until_it_is_stopped(
    config: Config, store: Store, outlet: Outlet, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties, "CATCH_UP_AFTER", duties.CATCH_UP_AFTER * 0)
    monkeypatch.setattr(room, "DUTIES_S", 0.05)
    monkeypatch.setattr(room, "BEAT_S", 0.05)
    follow_all(store, outlet.put("/a", rss(("甲", "一"))), outlet.put("/b", rss(("乙", "二"))))
    lines: list[str] = []
    one = worker(config, lines)
    running = asyncio.create_task(one.run())
    await until(lambda: any("files written" in line for line in lines) and len(store.refs()) == 2)
    assert len(desk.rows("workers", dead_s=30)) == 1
    assert store.meta(NOTE) == WORKERS
    (process,) = (pid for (pid,) in desk.connection.execute(BEATING).fetchall()[:1])
    desk.script(f"SELECT pg_terminate_backend({process})")
    await until(lambda: any("2 polled" in line for line in lines))
    one.stopped.set()
    await running
    assert len(outlet.asked) == 2
    assert lines[0].startswith("worker ")
    assert any(line.endswith("stops when what it is at is done") for line in lines)
    assert desk.rows("workers", dead_s=30) == []
    assert desk.rows("runs") == []


BEATING = b"SELECT pid FROM pg_stat_activity WHERE application_name = 'broadsheet worker' AND pid <> pg_backend_pid()"


async def test_a_worker_that_was_buried_joins_again(
    config: Config, store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BEAT_S", 0.05)
    assert store.feeds() == []
    lines: list[str] = []
    one = worker(config, lines, paper=False)
    running = asyncio.create_task(one.run())
    await until(lambda: bool(desk.rows("workers", dead_s=30)))
    await until(lambda: bool(lines))
    desk.rows("bury", workers=[number for number, *_ in desk.rows("workers", dead_s=30)])
    await until(lambda: any("was buried" in line for line in lines))
    one.stopped.set()
    await running


async def test_a_database_that_is_away_at_the_start_is_waited_for_and_then_given_up(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "STARTING_S", (0.01, 0))
    lines: list[str] = []
    away = replace(config, store="postgresql://127.0.0.1:1/news")
    with pytest.raises(StoreError, match="refused"):
        await worker(away, lines).run()
    assert [line.partition(":")[0] for line in lines] == ["waits for the database"]


async def test_a_paper_that_no_hub_reaches_hears_none(config: Config) -> None:
    deaf = replace(config, websub=WebsubOptions(listen="127.0.0.1:8081"))
    with pytest.raises(ConfigError, match=r"websub.listen: no hub can reach http://127.0.0.1:8080/"):
        await worker(replace(deaf, fetch=FetchOptions()), []).run()


def test_a_store_in_a_file_has_no_workers(config: Config) -> None:
    with pytest.raises(ConfigError, match="PostgreSQL"):
        worker(replace(config, store="paper.db"), [])
