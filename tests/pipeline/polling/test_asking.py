"""Asking in turns; and RSSHub routes, of one instance after another."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import follow_all, rss
from tests.pipeline.simulated import virtual_means
from tests.pipeline.virtual import START, Time
from tests.pipeline.web import Asked, Said, Web

from broadsheet.errors import FetchError
from broadsheet.model import Feed, FeedState, Response
from broadsheet.pipeline.polling.asking import ask_once
from broadsheet.pipeline.update import update
from broadsheet.store import Store

ROUTE = "rsshub://news/latest?limit=5"
ONE, TWO = "https://one.example", "https://two.example/hub/"
NEWS = Said(200, rss(("甲", "一")).encode(), {"Content-Type": "application/xml", "ETag": '"1"'})
CHALLENGE = Said(200, b"<!doctype html><title>Just a moment...</title>", {"Content-Type": "text/html"})
Answers = Mapping[str, Said]


class Hub:
    """Instances that answer as the test says, by host or by host and path."""

    def __init__(self, answers: Answers) -> None:
        self.answers = dict(answers)
        self.web = Web(Time(), self.serve)

    def serve(self, asked: Asked) -> Said:
        host, path = asked.url.host or "", asked.url.path
        said = self.answers.get(host + path) or self.answers.get(host, NEWS)
        known = asked.headers.get("If-None-Match")
        return Said(304) if known and known == said.headers.get("ETag") else said

    def poll(self, store: Store, hours: float = 0, instances: tuple[str, ...] = (ONE, TWO)) -> list[str]:
        """Poll what is due after so many hours; whom that asked."""
        self.web.time.forward(hours * 3600)
        before = len(self.web.visits)
        update(store, virtual_means(self.web, rsshub=instances))
        return [visit.host for visit in self.web.visits[before:]]


def state(store: Store, address: str = ROUTE) -> FeedState:
    return store.feed(address).state


def test_a_route_is_asked_of_the_first_instance_with_its_query(store: Store) -> None:
    hub = Hub({})
    follow_all(store, ROUTE)
    assert hub.poll(store) == ["one.example"]
    assert hub.web.visits[0].address == "https://one.example/news/latest?limit=5"
    assert state(store).failure is None
    assert len(store.refs()) == 1
    assert store.feed(ROUTE).address == ROUTE


@pytest.mark.parametrize(
    "said",
    [Said(0), Said(429), Said(500), Said(503), Said(502), Said(404), Said(403), CHALLENGE, Said(200, after=1e6)],
    ids=["hung up", "429", "500", "503", "502", "404", "403", "challenge", "silent"],
)
def test_where_one_instance_fails_the_next_is_asked_in_the_same_poll(store: Store, said: Said) -> None:
    hub = Hub({"one.example": said})
    follow_all(store, ROUTE)
    assert hub.poll(store) == ["one.example", "two.example"]
    assert hub.web.visits[1].path == "/hub/news/latest"
    assert state(store).failure is None
    assert len(store.refs()) == 1


@pytest.mark.parametrize("said", [Said(0), Said(429), CHALLENGE, Said(502)])
def test_an_instance_that_failed_is_left_alone_by_every_route_for_a_while(store: Store, said: Said) -> None:
    hub = Hub({"one.example": said})
    routes = [f"rsshub://news/{number}" for number in range(5)]
    follow_all(store, routes[0])
    hub.poll(store)
    follow_all(store, *routes[1:])
    assert Counter(hub.poll(store)) == {"two.example": 4}
    hub.answers.clear()
    assert set(hub.poll(store, hours=30)) == {"one.example"}


def test_an_instance_rests_as_long_as_it_asks(store: Store) -> None:
    hub = Hub({"one.example": Said(429, headers={"Retry-After": "86400"})})
    follow_all(store, ROUTE)
    hub.poll(store)
    assert hub.poll(store, hours=20) == ["two.example"]
    assert hub.poll(store, hours=30)[0] == "one.example"


@pytest.mark.parametrize("status", [404, 503])
def test_one_broken_route_stalls_no_other(store: Store, status: int) -> None:
    hub = Hub({"one.example/broken": Said(status), "two.example/hub/broken": Said(status)})
    follow_all(store, "rsshub://broken", "rsshub://well/1", "rsshub://well/2")
    assert Counter(hub.poll(store)) == {"one.example": 3, "two.example": 1}
    failure = state(store, "rsshub://broken").failure
    assert failure is not None
    assert failure.status == status
    assert [state(store, f"rsshub://well/{number}").failure for number in (1, 2)] == [None, None]
    assert "one.example" in hub.poll(store, hours=30)


def test_a_route_goes_first_to_who_served_it_well(store: Store) -> None:
    hub = Hub({"one.example": Said(503)})
    follow_all(store, ROUTE)
    hub.poll(store)
    assert hub.poll(store, hours=4) == ["two.example"]


def test_an_instance_where_every_route_fails_is_left_alone(store: Store) -> None:
    hub = Hub({"one.example": Said(503)})
    follow_all(store, *(f"rsshub://news/{number}" for number in range(9)))
    assert Counter(hub.poll(store))["one.example"] <= 4


def test_validators_go_back_only_to_the_instance_that_gave_them(store: Store) -> None:
    hub = Hub({})
    follow_all(store, ROUTE)
    hub.poll(store)
    assert hub.poll(store, hours=30) == ["one.example"]
    assert hub.web.visits[-1].headers == {"If-None-Match": '"1"'}
    hub.answers["one.example"] = Said(502)
    assert hub.poll(store, hours=60) == ["one.example", "two.example"]
    assert hub.web.visits[-1].headers == {}
    assert state(store).validators.address == "https://two.example/hub/news/latest?limit=5"


def test_an_instance_that_moves_moves_no_feed(store: Store) -> None:
    hub = Hub({"one.example/news/latest": Said(301, headers={"Location": "/new"})})
    follow_all(store, ROUTE)
    for _ in range(8):
        hub.poll(store, hours=30)
    assert [feed.address for feed in store.feeds()] == [ROUTE]


def test_where_nobody_is_well_nobody_is_asked_and_the_feed_says_so(store: Store) -> None:
    hub = Hub({"one.example": Said(0), "two.example": Said(0)})
    follow_all(store, "rsshub://a")
    assert hub.poll(store) == ["one.example", "two.example"]
    follow_all(store, "rsshub://b")
    assert hub.poll(store) == []
    failure = state(store, "rsshub://b").failure
    assert failure is not None
    assert failure.reason == "no-instance"


def test_without_an_instance_the_feed_says_what_to_do(store: Store) -> None:
    follow_all(store, ROUTE)
    assert Hub({}).poll(store, instances=()) == []
    failure = state(store).failure
    assert failure is not None
    assert "fetch.rsshub" in failure.message


def ask_alone(hub: Hub, *instances: str) -> Response:
    feed = Feed(id="1", address=ROUTE, added_at=START)
    with asyncio.Runner(loop_factory=hub.web.time.new_loop) as runner:
        return runner.run(ask_once(feed, virtual_means(hub.web, rsshub=instances)))


def test_one_feed_alone_is_asked_the_same_way() -> None:
    answer = ask_alone(Hub({"one.example": Said(502)}), ONE, TWO)
    assert answer.final_address == "https://two.example/hub/news/latest?limit=5"


def test_one_feed_alone_that_nobody_serves_is_named() -> None:
    with pytest.raises(FetchError, match=r"^rsshub://news/latest\?limit=5: no RSSHub instance is known"):
        ask_alone(Hub({}))


def test_all_connections_may_be_taken_and_spacing_is_still_kept(store: Store) -> None:
    web = Web(Time(), lambda asked: Said(304, after=20))
    follow_all(store, *(f"https://{host}.example/{path}" for path in range(4) for host in "abc"))
    update(store, virtual_means(web, connections=2, spacing_s=5))
    for host in ("a.example", "b.example", "c.example"):
        starts = [visit.started for visit in web.visits if visit.host == host]
        assert all(later - sooner >= 5 for sooner, later in pairwise(starts))
    assert len(web.visits) == 12


def test_a_wait_longer_than_the_lease_asks_nobody_twice(store: Store) -> None:
    web = Web(Time(), lambda asked: Said(304))
    follow_all(store, *(f"https://large.example/{number}" for number in range(40)))
    report = update(store, virtual_means(web, spacing_s=30))
    assert web.time.seconds > 600
    assert (report.due, report.polled, len(web.visits)) == (40, 40, 40)


def test_a_feed_that_waited_into_an_hour_it_skips_is_not_asked_in_it(store: Store) -> None:
    web = Web(Time(), lambda asked: Said(304))
    web.time.seconds = 0.9 * 3600
    follow_all(store, *(f"https://large.example/{number}" for number in range(9)))
    for feed in store.feeds():
        store.save_feed(replace(feed, state=replace(feed.state, skip_hours=(1, 2))))
    assert update(store, virtual_means(web, spacing_s=120)).polled == 3
    assert update(store, virtual_means(web)).polled == 0
    web.time.seconds = 3.5 * 3600
    assert update(store, virtual_means(web)).polled == 6
