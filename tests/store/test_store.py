"""What is read back from a store: posts, cards, references, originals, notes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes

from broadsheet.errors import NotFoundError, StoreError
from broadsheet.store import Store, open_store

SECOND = make_revision("entry-2", title="第二条", at=minutes(2))
FIRST = make_revision()


def test_references_stand_newest_first(store: Store) -> None:
    store.apply([make_batch(SECOND, FIRST, make_revision("old", at=minutes(-9)))])
    assert [ref.published for ref in store.refs()] == [minutes(2), NOON, minutes(-9)]
    assert store.refs(make_feed().id) == store.refs()
    assert store.refs("nobody") == []


def test_references_of_one_moment_do_not_depend_on_the_order_of_arrival(another: Callable[[], str]) -> None:
    made = [make_revision(name, at=NOON + timedelta(microseconds=us)) for name, us in (("a", 9), ("b", 9), ("c", 1))]
    orders = []
    for order in (made, made[::-1]):
        with open_store(another(), create=True) as store:
            store.apply([make_batch(*order)])
            orders.append(store.refs())
    assert orders[0] == orders[1]
    assert orders[0][-1].published == NOON + timedelta(microseconds=1)


def test_cards_come_in_the_order_asked(store: Store) -> None:
    store.apply([make_batch(FIRST, SECOND)])
    cards = store.cards([SECOND.post_id, FIRST.post_id, SECOND.post_id])
    assert [card.title for card in cards] == ["第二条", "小米发布新车", "第二条"]
    assert store.cards([]) == []


def test_a_post_that_is_not_there_is_named(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    for ask in (store.post, store.revisions, lambda name: store.cards([FIRST.post_id, name])):
        with pytest.raises(NotFoundError, match=r"^nobody: no post has this id"):
            ask("nobody")
    with pytest.raises(NotFoundError):
        store.post("\ud800")


def test_the_newest_entries_are_known_first(store: Store) -> None:
    store.apply([make_batch(*(make_revision(str(n), at=minutes(n)) for n in range(5)))])
    assert [known.entry_id for known in store.known_entries(make_feed().id, 3)] == ["4", "3", "2"]
    assert store.known_entries("nobody") == ()


def test_the_latest_originals_come_in_portions_that_can_be_resumed(store: Store) -> None:
    made = [make_revision(str(n), at=minutes(-1000 * n)) for n in range(7)]
    store.apply([make_batch(*made)])
    store.apply([make_batch(make_revision("3", body="改了", post=made[3].post_id))])
    seen, after = [], ""
    while portion := store.originals(after, 3):
        seen += portion
        after = portion[-1].post_id
    assert [original.post_id for original in seen] == sorted(one.post_id for one in made)
    assert {original.number for original in seen if original.entry_id == "3"} == {2}


def test_notes_are_kept_under_their_names(store: Store) -> None:
    assert store.meta("edition") is None
    store.set_meta("edition", "1")
    store.set_meta("edition", "2")
    assert store.meta("edition") == "2"


def test_what_was_stored_is_there_after_closing(address: str) -> None:
    with open_store(address, create=True) as store:
        store.apply([make_batch(FIRST)])
        post = store.post(FIRST.post_id)
    with open_store(address) as store:
        assert store.post(FIRST.post_id) == post


def test_a_closed_store_refuses_by_name(address: str) -> None:
    store = open_store(address, create=True)
    store.close()
    store.close()
    with pytest.raises(StoreError) as caught:
        store.feeds()
    assert caught.value.store == address


def test_readers_see_whole_transactions_while_one_writes(address: str) -> None:
    with open_store(address, create=True) as writer, open_store(address) as reader:
        writer.apply([make_batch(FIRST)])
        assert len(reader.refs()) == 1
        writer.apply([make_batch(SECOND)])
        assert len(reader.refs()) == len(reader.search("小米 or 第二条")) == 2


def test_what_another_process_stores_is_news_once_and_ones_own_is_none(address: str) -> None:
    with open_store(address, create=True) as store, open_store(address) as other:
        assert not store.has_news()
        store.apply([make_batch(FIRST)])
        assert not store.has_news()
        other.apply([make_batch(SECOND)])
        other.set_meta("name", "value")
        assert store.has_news()
        assert not store.has_news()
