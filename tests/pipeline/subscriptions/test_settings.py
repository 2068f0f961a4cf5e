"""What an owner chooses for one feed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import START, follow_all

from broadsheet.errors import BusyError, ConfigError, NotFoundError
from broadsheet.model import Standing
from broadsheet.pipeline.subscriptions.settings import FeedChanges, change_feed
from broadsheet.store import Store

ADDRESS = "https://paper.example/feed"


@pytest.fixture(autouse=True)
def _followed(store: Store) -> None:
    follow_all(store, ADDRESS)


def test_only_what_is_named_changes(store: Store) -> None:
    before = store.feed(ADDRESS)
    assert change_feed(store, ADDRESS, FeedChanges(), START) == before
    assert change_feed(store, before.id, FeedChanges(title=" 晨报 "), START) == replace(before, name="晨报")
    changed = change_feed(store, ADDRESS, FeedChanges(section=("汽车", "评测"), fulltext="always"), START)
    assert changed == replace(before, name="晨报", section=("汽车", "评测"), fulltext="always")
    assert store.feed(ADDRESS) == changed
    assert change_feed(store, ADDRESS, FeedChanges(title="", fulltext="paper"), START).name is None
    assert store.feed(ADDRESS).fulltext is None


@pytest.mark.parametrize(
    ("before", "paused", "after"),
    [
        ("active", True, "paused"),
        ("paused", False, "active"),
        ("gone", False, "active"),
        ("gone", True, "gone"),
        ("imported", True, "imported"),
        ("imported", False, "imported"),
        ("active", False, "active"),
    ],
)
def test_a_feed_rests_and_is_woken(store: Store, before: Standing, paused: bool, after: Standing) -> None:
    feed = store.feed(ADDRESS)
    store.save_feed(replace(feed, state=replace(feed.state, standing=before)))
    assert change_feed(store, ADDRESS, FeedChanges(paused=paused), START).state.standing == after
    assert store.count_due(START) == (after == "active")


def test_a_feed_that_is_being_polled_is_left_alone(store: Store) -> None:
    store.claim_due(START, 1, 60)
    with pytest.raises(BusyError, match="being polled right now"):
        change_feed(store, ADDRESS, FeedChanges(paused=True), START)
    assert (
        change_feed(store, ADDRESS, FeedChanges(paused=True), START + timedelta(minutes=2)).state.standing == "paused"
    )


def test_wrong_choices_change_nothing(store: Store) -> None:
    with pytest.raises(ConfigError, match="'yes' is no choice; use auto, always, never or paper"):
        change_feed(store, ADDRESS, FeedChanges(fulltext="yes", paused=True), START)
    with pytest.raises(NotFoundError):
        change_feed(store, "https://unknown.example/", FeedChanges(), START)
    assert store.feed(ADDRESS).state.standing == "active"
