"""Free numbers and names for new posts: of the store's posts and of those not yet written."""

from datetime import timedelta

from msgspec.structs import replace
from tests.store.builders import NOON, make_batch, make_feed, make_revision

from broadsheet.store import Store
from broadsheet.store.moments import to_us
from broadsheet.store.places import Places

FEED = make_feed().id
NUMBER = to_us(NOON) // 1000
LATER = NOON + timedelta(milliseconds=1)


def test_a_post_takes_the_millisecond_of_its_publication_and_its_own_name(store: Store) -> None:
    places = Places(store._engine, [make_revision()])
    assert places.number(make_revision()) == NUMBER
    assert places.name(make_revision(), FEED) == make_revision().post_id


def test_posts_of_one_moment_take_the_next_numbers_around_those_that_are_stored(store: Store) -> None:
    store.apply([make_batch(make_revision("a"), make_revision("b", at=NOON + timedelta(milliseconds=2)))])
    new = [make_revision(name) for name in "cde"] + [make_revision("f", at=LATER)]
    places = Places(store._engine, new)
    assert [places.number(one) - NUMBER for one in new] == [1, 3, 4, 5]


def test_a_name_is_taken_once_whether_its_post_is_stored_or_not(store: Store) -> None:
    store.apply([make_batch(make_revision("a", post="one"))])
    new = [make_revision("b", post="one"), make_revision("c", post="two"), make_revision("d", post="two")]
    places = Places(store._engine, new)
    names = [places.name(one, FEED) for one in new]
    assert len({"one", *names}) == 4
    assert names[1] == "two"
    assert names[2].startswith("two")


def test_the_same_entry_twice_gets_a_longer_name_each_time(store: Store) -> None:
    same = make_revision("a", post="one")
    places = Places(store._engine, [same])
    assert [len(places.name(replace(same), FEED)) for _ in range(3)] == [3, 5, 7]
