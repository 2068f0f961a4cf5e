"""Feeds: kept whole, found by id or address, lent to one poller at a time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.store.builders import ADDRESS, NOON, make_batch, make_feed, minutes

from broadsheet.errors import NotFoundError, StoreError
from broadsheet.model import Failure, Feed, FeedState, Move, Standing, Validators
from broadsheet.store import Store, open_store

OTHER = "https://other.example/feed.xml"
LEASE_S = 60.0


def feed_due(at: datetime | None, address: str = ADDRESS, standing: Standing = "active") -> Feed:
    return make_feed(address, state=FeedState(next_due=at, standing=standing))


def test_a_feed_comes_back_with_every_field(store: Store) -> None:
    state = FeedState(
        validators=Validators(etag='W/"a\\b"', last_modified="yesterday"),
        next_due=minutes(30),
        failure=Failure(reason="timeout", message="nothing in 60 s: try later", at=NOON),
        move=Move(target=OTHER, seen=2, since=NOON),
        hubs=("https://hub.example/",),
    )
    feed = replace(make_feed(state=state), name="我的", title="News", link=OTHER, language="zh", zone="Asia/Shanghai")
    assert store.add_feed(feed)
    assert store.feed(feed.id) == store.feed(ADDRESS) == feed
    assert store.feeds() == [feed]


def test_feeds_stand_in_the_order_in_which_they_were_added(store: Store) -> None:
    added = [make_feed(f"https://{name}.example/") for name in "cab"]
    for feed in added:
        store.add_feed(feed)
    assert store.feeds() == added


def test_a_feed_that_is_there_by_id_or_address_is_not_added_again(store: Store) -> None:
    assert store.add_feed(make_feed())
    assert not store.add_feed(make_feed(OTHER, key=make_feed().id))
    assert not store.add_feed(make_feed(key="0123456789"))
    assert store.feeds() == [make_feed()]


def test_a_feed_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"^nobody: .*`broadsheet status`"):
        store.feed("nobody")
    with pytest.raises(NotFoundError):
        store.save_feed(make_feed())


def test_its_owner_may_change_all_of_a_feed_but_its_id_and_age(store: Store) -> None:
    store.add_feed(make_feed())
    changed = replace(make_feed(), address=OTHER, section=(), name="新名", state=FeedState(standing="paused"))
    store.save_feed(replace(changed, added_at=minutes(9)))
    assert store.feeds() == [changed]


def test_a_poll_leaves_alone_what_its_owner_changed_meanwhile(store: Store) -> None:
    store.add_feed(make_feed())
    store.save_feed(replace(make_feed(), name="新名", section=("财经",), zone="UTC"))
    store.apply([make_batch(feed=replace(make_feed(), title="Said", address=OTHER))])
    kept = store.feed(make_feed().id)
    assert (kept.name, kept.section, kept.zone, kept.title, kept.address) == ("新名", ("财经",), "UTC", "Said", OTHER)


def test_a_poll_of_a_feed_that_is_not_there_adds_it(store: Store) -> None:
    store.apply([make_batch(feed=make_feed())])
    assert store.feeds() == [make_feed()]


def test_a_feed_that_moves_to_the_address_of_another_stays_and_says_so(store: Store) -> None:
    store.add_feed(make_feed())
    store.add_feed(make_feed(OTHER))
    store.apply([make_batch(feed=replace(make_feed(), address=OTHER))])
    kept = store.feed(make_feed().id)
    assert kept.address == ADDRESS
    assert kept.state.advice
    assert kept.state.advice.values["now"] == OTHER
    assert store.feed(make_feed(OTHER).id) == make_feed(OTHER)


def test_a_new_feed_at_the_address_of_another_is_refused_by_name(store: Store) -> None:
    store.add_feed(make_feed())
    with pytest.raises(StoreError, match=f"another feed follows {ADDRESS}"):
        store.apply([make_batch(feed=make_feed(key="0123456789"))])


def test_due_feeds_are_lent_longest_due_first(store: Store) -> None:
    due = [
        feed_due(minutes(-1), "https://b.example/"),
        feed_due(minutes(-9), "https://c.example/"),
        feed_due(None, "https://d.example/"),
    ]
    for feed in (*due, feed_due(minutes(1)), feed_due(minutes(-9), OTHER, "paused")):
        store.add_feed(feed)
    assert store.count_due(NOON) == 3
    assert store.claim_due(NOON, 2, LEASE_S) == [due[2], due[1]]
    assert store.claim_due(NOON, 2, LEASE_S) == [due[0]]
    assert store.claim_due(NOON, 2, LEASE_S) == []
    assert store.count_due(NOON) == 0


def test_a_lease_ends_by_storing_by_release_and_by_time(store: Store) -> None:
    feed = feed_due(minutes(-1))
    store.add_feed(feed)
    for give_back in (
        lambda: store.apply([make_batch(feed=feed)]),
        lambda: store.save_feed(feed),
        lambda: store.release([feed.id]),
        store.release_all,
    ):
        assert store.claim_due(NOON, 9, LEASE_S) == [feed]
        assert store.claim_due(NOON, 9, LEASE_S) == []
        give_back()
    assert store.claim_due(NOON, 9, LEASE_S) == [feed]
    assert store.claim_due(NOON + timedelta(seconds=LEASE_S), 9, LEASE_S) == [feed]


def test_a_feed_can_be_asked_for_by_id_unless_it_is_lent(store: Store) -> None:
    later, paused = feed_due(minutes(60)), feed_due(None, OTHER, "paused")
    store.add_feed(later)
    store.add_feed(paused)
    assert store.claim([later.id, paused.id, "nobody"], NOON, LEASE_S) == [paused, later]
    assert store.claim([later.id], NOON, LEASE_S) == []


def test_a_lease_does_not_disturb_the_schedule(store: Store) -> None:
    feed = feed_due(minutes(-1))
    store.add_feed(feed)
    store.claim_due(NOON, 1, LEASE_S)
    assert store.feed(feed.id).state.next_due == minutes(-1)
    assert store.next_due() == minutes(1)


def test_a_feed_that_is_lent_is_next_when_its_lease_ends(store: Store) -> None:
    for number in range(3):
        store.add_feed(feed_due(minutes(number - 5), f"https://{number}.example/"))
    store.claim_due(NOON, 3, LEASE_S)
    assert store.next_due() == minutes(1)
    store.add_feed(feed_due(minutes(3)))
    assert store.next_due() == minutes(1)
    store.release_all()
    assert store.next_due() == minutes(-5)


def test_feeds_never_polled_are_lent_before_those_long_due(store: Store) -> None:
    known = [feed_due(minutes(-9 - number), f"https://{number}.example/") for number in range(3)]
    new = [make_feed(f"https://new{number}.example/") for number in range(3)]
    for feed in (*known, *new):
        store.add_feed(feed)
    assert store.claim_due(NOON, 4, LEASE_S) == [*new, known[2]]


def test_what_became_due_since_can_be_left_to_the_next(store: Store) -> None:
    sooner, later = feed_due(minutes(-5)), feed_due(minutes(-1), OTHER)
    for feed in (sooner, later):
        store.add_feed(feed)
    assert store.claim_due(NOON, 9, LEASE_S, due_by=minutes(-3)) == [sooner]
    assert store.claim_due(NOON, 9, LEASE_S) == [later]


def test_the_next_due_moment_is_the_earliest_of_the_active_feeds(store: Store) -> None:
    assert store.next_due() is None
    store.add_feed(feed_due(None, standing="imported"))
    assert store.next_due() is None
    store.add_feed(feed_due(minutes(7), "https://a.example/"))
    store.add_feed(feed_due(minutes(5), "https://b.example/"))
    assert store.next_due() == minutes(5)
    store.add_feed(feed_due(None, "https://c.example/"))
    assert store.next_due() == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_held_host_lends_no_feed_before_its_time(store: Store) -> None:
    here, there = feed_due(None), feed_due(minutes(30), OTHER)
    odd = feed_due(minutes(-1), "https://[broken")
    for feed in (here, there, odd):
        store.add_feed(feed)
    store.hold_host("news.example", minutes(10))
    store.hold_host("other.example", minutes(10))
    assert store.claim_due(NOON, 9, LEASE_S) == [odd]
    assert store.claim_due(minutes(10), 9, 3600) == [odd, here]
    assert store.claim_due(minutes(30), 9, LEASE_S) == [there]


def test_two_pollers_never_get_the_same_feed(address: str) -> None:
    with open_store(address, create=True) as opened:
        for number in range(60):
            opened.add_feed(make_feed(f"https://{number}.example/"))
    got: list[str] = []

    def poll() -> None:
        with open_store(address) as mine:
            while claimed := mine.claim_due(NOON, 3, LEASE_S):
                got.extend(feed.id for feed in claimed)

    pollers = [threading.Thread(target=poll) for _ in range(4)]
    for poller in pollers:
        poller.start()
    for poller in pollers:
        poller.join()
    assert len(got) == len(set(got)) == 60
