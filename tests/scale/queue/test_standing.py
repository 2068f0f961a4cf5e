"""What can be seen of workers: who is alive and at what, how much waits, how late polls are."""

from datetime import timedelta

import pytest
from tests.pipeline.outlet import follow_all
from tests.scale.queue.test_duties import SILENT
from tests.store.builders import make_feed

from broadsheet.errors import ConfigError
from broadsheet.model import FeedState
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.jobs import defer
from broadsheet.scale.queue.life import Life
from broadsheet.scale.queue.standing import Depth, count_living, read_standing
from broadsheet.store import Store


def test_workers_their_runs_and_the_queue_are_seen(paper: str, store: Store, desk: Desk, life: Life) -> None:
    desk.rows("begin", worker=life.worker, kind="poll", about="2 hosts")
    defer(desk, "build")
    defer(desk, "poll", [{"hosts": ["a"], "needed": []}] * 2)
    found = read_standing(paper, store)
    assert found
    (worker,) = found.workers
    assert (worker.number, worker.alive) == (life.worker, True)
    assert [(run.kind, run.about) for run in worker.runs] == [("poll", "2 hosts")]
    assert found.depths == (Depth(kind="build", waiting=1), Depth(kind="poll", waiting=2))
    assert (found.due, found.never_polled, found.lag_s) == (0, 0, 0.0)
    desk.script(SILENT)
    again = read_standing(paper, store)
    assert again
    assert not again.workers[0].alive


def test_the_lag_is_that_of_the_longest_due(paper: str, store: Store, desk: Desk, life: Life) -> None:
    follow_all(store, "https://new.example/1")
    for minutes in (3, 9):
        due = life.clock() - timedelta(minutes=minutes)
        store.add_feed(make_feed(f"https://a.example/{minutes}", state=FeedState(next_due=due)))
    found = read_standing(paper, store)
    assert found
    assert (found.due, found.never_polled) == (3, 1)
    assert 540 <= found.lag_s < 600


@pytest.mark.needs("postgres")
def test_where_nobody_ever_worked_there_is_nothing_to_see(nowhere: str) -> None:
    from broadsheet.store import open_store

    with open_store(nowhere, create=True) as store:
        assert read_standing(nowhere, store) is None


def test_workers_that_live_are_counted(paper: str, desk: Desk, life: Life) -> None:
    assert life.worker
    assert count_living(paper) == 1
    desk.script(SILENT)
    assert count_living(paper) == 0


@pytest.mark.needs("postgres")
def test_where_there_is_no_queue_nobody_lives(nowhere: str) -> None:
    assert count_living(nowhere) == 0


def test_a_store_in_a_file_has_no_workers(store: Store) -> None:
    with pytest.raises(ConfigError, match="PostgreSQL"):
        read_standing("/srv/paper.db", store)
