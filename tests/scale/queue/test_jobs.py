"""Jobs in the queue: batches at once, and one of a kind that is done alone."""

from datetime import UTC, datetime

from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.jobs import KINDS, defer


def waiting(desk: Desk) -> list[tuple[str, str, int]]:
    return desk.connection.execute(
        b"SELECT task_name, queue_name, priority FROM procrastinate_jobs ORDER BY id"
    ).fetchall()


def test_a_job_for_each_row_of_arguments(desk: Desk) -> None:
    assert defer(desk, "poll", [{"hosts": ["a"], "needed": []}, {"hosts": ["b"], "needed": []}])
    assert waiting(desk) == [("poll", "polls", 0)] * 2


def test_what_is_done_alone_waits_once(desk: Desk) -> None:
    assert defer(desk, "build")
    assert not defer(desk, "build")
    assert defer(desk, "images", at=datetime(2026, 11, 27, tzinfo=UTC))
    assert [name for name, *_ in waiting(desk)] == ["build", "images"]


def test_a_refused_job_leaves_the_transaction_around_it_sound(desk: Desk) -> None:
    with desk.transaction():
        defer(desk, "build")
        defer(desk, "build")
        defer(desk, "pages")
    assert len(waiting(desk)) == 2


def test_every_chore_is_done_by_one_worker_at_a_time() -> None:
    assert {name for name, kind in KINDS.items() if not kind.alone} == {"poll", "told"}
