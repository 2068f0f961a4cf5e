"""Watches in the store: kept, removed, and what their webhooks have yet to be told of."""

from tests.store.builders import NOON, minutes

from broadsheet.model import Party, Watch
from broadsheet.store import Store

ONE = Watch(
    id="one",
    words="青禾",
    parties=(Party("青禾", "qinghe"),),
    since=NOON,
    statuses=("denied",),
    webhook="https://a.example/",
)
TWO = Watch(id="two", words="远方", parties=(Party("远方"),), since=NOON)


def test_watches_are_read_back_in_the_order_in_which_they_were_set(store: Store) -> None:
    assert store.watches.add(ONE, 5)
    assert store.watches.add(TWO, 7)
    assert not store.watches.add(ONE, 9)
    assert store.watches.all() == [ONE, TWO]
    assert store.watches.heard() == [(ONE, 5), (TWO, 7)]


def test_a_watch_that_is_removed_has_nothing_left_to_tell(store: Store) -> None:
    store.watches.add(ONE, 0)
    store.watches.queue("one", [1, 2], 2, NOON)
    assert store.watches.remove("one")
    assert not store.watches.remove("one")
    assert store.watches.count_waiting() == 0
    assert store.watches.all() == []


def test_a_change_is_queued_once_and_lent_to_one_at_a_time(store: Store) -> None:
    store.watches.add(ONE, 0)
    store.watches.queue("one", [1, 2], 2, NOON)
    store.watches.queue("one", [2], 1, NOON)
    assert store.watches.heard() == [(ONE, 2)]
    assert store.watches.claim(minutes(-1), minutes(9), 10) == []
    lent = store.watches.claim(NOON, minutes(10), 10)
    assert [(one.watch, one.change, one.tries) for one in lent] == [(ONE, 1, 1), (ONE, 2, 1)]
    assert store.watches.claim(minutes(9), minutes(19), 10) == []
    assert [one.tries for one in store.watches.claim(minutes(10), minutes(20), 1)] == [2]


def test_a_delivery_ends_or_is_put_off(store: Store) -> None:
    store.watches.add(ONE, 0)
    store.watches.queue("one", [1, 2], 2, NOON)
    first, second = store.watches.claim(NOON, minutes(10), 10)
    store.watches.settle(first)
    store.watches.settle(second, minutes(60))
    assert store.watches.count_waiting() == 1
    assert store.watches.claim(minutes(59), minutes(70), 10) == []
    assert [one.change for one in store.watches.claim(minutes(60), minutes(70), 10)] == [2]
