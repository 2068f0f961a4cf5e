"""What some worker does now and then: once for all of them, and for those who are dead."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.pipeline.outlet import follow_all
from tests.scale.queue.test_hosts import means
from tests.scale.queue.test_jobs import waiting

from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.duties import bury, do_duties, news_came
from broadsheet.scale.queue.life import DEAD_S, STEADY_S, Life
from broadsheet.store import Store

SILENT = f"UPDATE worker SET seen = seen - interval '{DEAD_S + 1} seconds'"


@pytest.fixture
def lines() -> list[str]:
    return []


def names(desk: Desk) -> list[str]:
    return sorted(name for name, *_ in waiting(desk))


def test_each_duty_is_done_by_whoever_comes_first(desk: Desk, life: Life, store: Store, lines: list[str]) -> None:
    follow_all(store, "https://a.example/1")
    for _ in range(2):
        do_duties(desk, store, means(), life, 1.0, lines.append)
    assert names(desk) == ["build", "images", "poll"]
    assert lines == []


def test_pages_are_read_where_some_wait(
    desk: Desk, life: Life, store: Store, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.articles, "count_pages", lambda _: 3)
    do_duties(desk, store, means(), life, 1.0, lines.append)
    assert "pages" in names(desk)


def test_what_a_dead_worker_had_goes_to_others(
    new_desk: Callable[[], Desk], life: Life, store: Store, lines: list[str]
) -> None:
    desk = new_desk()
    follow_all(store, "https://a.example/1", "https://b.example/1")
    run = desk.row("begin", worker=life.worker, kind="poll", about="")[0]
    desk.rows("hold", hosts=["a.example"], run=run)
    now = datetime.now(UTC)
    store.claim_due(now, 9, 600)
    assert bury(desk, store, 5.0, lines.append) == 0
    desk.script(SILENT)
    assert bury(desk, store, 5.0, lines.append) == 1
    assert len(lines) == 1
    assert lines[0].endswith("is dead: 1 hosts go to others")
    assert [one.host for one in store.hosts.due(now, 9)] == ["a.example"]
    assert [name for (name,) in desk.rows("taken", soon_s=2)] == ["a.example"]
    assert not life.beat(desk)


def test_nobody_is_buried_by_who_has_just_come(desk: Desk, store: Store, lines: list[str]) -> None:
    seconds = [0.0]
    dead, mine = Life("test"), Life("test", lambda: seconds[0])
    dead.enter(desk)
    desk.script(SILENT)
    mine.enter(desk)
    do_duties(desk, store, means(), mine, 1.0, lines.append)
    assert lines == []
    seconds[0] += STEADY_S
    do_duties(desk, store, means(), mine, 1.0, lines.append)
    assert len(lines) == 1


def test_hosts_that_have_rested_are_forgotten(desk: Desk, store: Store, lines: list[str]) -> None:
    desk.script("INSERT INTO host (name, free_at) VALUES ('old', now()), ('new', now() + interval '1 day')")
    bury(desk, store, 1.0, lines.append)
    assert desk.rows("taken", soon_s=2) == [("new",)]


def test_news_is_looked_through_a_little_later_once(desk: Desk, life: Life) -> None:
    news_came(desk, life)
    news_came(desk, life)
    rows = desk.connection.execute(b"SELECT task_name, scheduled_at FROM procrastinate_jobs").fetchall()
    assert len(rows) == 1
    assert timedelta(0) < rows[0][1] - life.clock() < timedelta(minutes=1)
