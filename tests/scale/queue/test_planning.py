"""What is polled next: longest due first, nobody twice, RSSHub in one hand."""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.pipeline.outlet import follow_all
from tests.scale.queue.test_hosts import means

from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.jobs import defer
from broadsheet.scale.queue.planning import FEEDS_A_JOB, JOBS_WAITING, Poll, plan, polls
from broadsheet.store import DueHost, Store

THEN = datetime(2026, 11, 27, tzinfo=UTC)


def due(host: str, feeds: int = 1, routes: bool = False) -> DueHost:
    return DueHost(host, feeds, THEN, routes)


def test_hosts_are_put_together_until_they_have_enough_feeds() -> None:
    hosts = [due(f"h{number}", 40) for number in range(5)]
    made = list(polls(hosts, set(), []))
    assert made == [Poll(("h0", "h1", "h2", "h3")), Poll(("h4",))]
    assert FEEDS_A_JOB == 100  # of each host at most 30 at a time


def test_hosts_that_are_taken_are_left_out() -> None:
    assert list(polls([due("a"), due("b")], {"a"}, [])) == [Poll(("b",))]
    assert list(polls([due("a")], {"a"}, [])) == []


def test_routes_of_rsshub_are_in_one_job_with_the_instances() -> None:
    hosts = [due("site", routes=True), due("plain"), due("other", routes=True), due("rsshub.app")]
    made = list(polls(hosts, set(), ["rsshub.app", "mirror.example"]))
    assert made == [Poll(("site", "other", "rsshub.app"), ("mirror.example", "rsshub.app")), Poll(("plain",))]


def test_routes_wait_while_anybody_asks_an_instance() -> None:
    assert list(polls([due("site", routes=True)], {"mirror.example"}, ["rsshub.app", "mirror.example"])) == []


def planned(desk: Desk) -> list[list[str]]:
    rows = desk.connection.execute(b"SELECT args -> 'hosts' FROM procrastinate_jobs ORDER BY id").fetchall()
    return [hosts for (hosts,) in rows]


def test_a_plan_puts_due_hosts_into_the_queue_once(desk: Desk, store: Store) -> None:
    follow_all(store, "https://a.example/1", "https://b.example/1", "https://b.example/2")
    assert plan(desk, store, means()) == 1
    assert planned(desk) == [["a.example", "b.example"]]
    assert plan(desk, store, means()) == 0


def test_nothing_is_planned_while_enough_waits_or_nothing_is_due(desk: Desk, store: Store) -> None:
    assert plan(desk, store, means()) == 0
    follow_all(store, "https://a.example/1")
    defer(desk, "poll", [{"hosts": [f"h{number}"], "needed": []} for number in range(JOBS_WAITING)])
    assert plan(desk, store, means()) == 0


def test_one_plans_at_a_time(new_desk: Callable[[], Desk], store: Store) -> None:
    follow_all(store, "https://a.example/1")
    first, second = new_desk(), new_desk()
    with first.transaction():
        assert first.row("try_turn", name="plan") == (True,)
        assert plan(second, store, means()) == 0
    assert plan(second, store, means()) == 1
