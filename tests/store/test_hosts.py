"""Hosts whose feeds are due, and feeds lent by host."""

from datetime import UTC, datetime

from tests.store.builders import make_feed, minutes

from broadsheet.model import FeedState
from broadsheet.store import DueHost, Store

LEASE_S = 600.0
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def follow(store: Store, *feeds: tuple[str, int | None]) -> None:
    for address, due in feeds:
        store.add_feed(make_feed(address, state=FeedState(next_due=None if due is None else minutes(due))))


def test_hosts_are_listed_with_what_is_due_at_them_longest_due_first(store: Store) -> None:
    follow(
        store,
        ("https://late.example/1", 5),
        ("https://late.example/2", 1),
        ("https://early.example/1", 9),
        ("https://new.example/1", None),
        ("https://later.example/1", 60),
        ("rsshub://site/1", 8),
    )
    assert store.hosts.due(minutes(10), 10) == [
        DueHost("new.example", 1, EPOCH),
        DueHost("late.example", 2, minutes(1)),
        DueHost("site", 1, minutes(8), has_routes=True),
        DueHost("early.example", 1, minutes(9)),
    ]
    assert len(store.hosts.due(minutes(10), 2)) == 2


def test_feeds_that_rest_or_are_lent_are_not_due(store: Store) -> None:
    follow(store, ("https://a.example/1", 1))
    store.add_feed(make_feed("https://b.example/1", state=FeedState(next_due=minutes(1), standing="paused")))
    assert [one.host for one in store.hosts.due(minutes(2), 9)] == ["a.example"]
    store.claim_due(minutes(2), 1, LEASE_S)
    assert store.hosts.due(minutes(2), 9) == []


def test_some_feeds_of_each_host_are_lent_longest_due_first(store: Store) -> None:
    follow(
        store, *((f"https://a.example/{number}", 9 - number) for number in range(5)), ("https://b.example/1", None)
    )
    follow(store, ("https://c.example/1", 1))
    lent = store.hosts.claim(["a.example", "b.example"], minutes(10), LEASE_S, most=2)
    assert [feed.address for feed in lent] == [
        "https://b.example/1",
        "https://a.example/4",
        "https://a.example/3",
    ]
    assert [one.feeds for one in store.hosts.due(minutes(10), 9)] == [1, 3]


def test_nothing_is_lent_that_is_lent_or_not_due(store: Store) -> None:
    follow(store, ("https://a.example/1", 1), ("https://a.example/2", 30))
    assert len(store.hosts.claim(["a.example"], minutes(10), LEASE_S, most=9)) == 1
    assert store.hosts.claim(["a.example"], minutes(10), LEASE_S, most=9) == []


def test_what_was_lent_of_a_host_is_given_back(store: Store) -> None:
    follow(store, ("https://a.example/1", 1), ("https://b.example/1", 2))
    store.claim_due(minutes(10), 2, LEASE_S)
    store.hosts.release(["a.example"])
    assert [one.host for one in store.hosts.due(minutes(10), 9)] == ["a.example"]
