"""What goes into the index: with each transaction, some posts at a time, and all anew."""

import pytest
from tests.store.builders import make_batch, make_revision, minutes

from broadsheet.store import Store
from broadsheet.store.search import index
from broadsheet.store.search.textindex import BEFORE_ALL

POSTS = 7


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(*(make_revision(str(n), title=f"青禾 {n}", at=minutes(n)) for n in range(POSTS)))])
    return store


def test_a_post_that_changes_twice_in_a_transaction_is_indexed_as_it_is_at_the_end(filled: Store) -> None:
    edits = [make_revision("0", title=title, body=title, at=minutes(0)) for title in ("远帆", "云杉")]
    filled.apply([make_batch(edits[0]), make_batch(edits[1])])
    assert [len(filled.search(word)) for word in ("青禾", "远帆", "云杉")] == [POSTS - 1, 0, 1]


def test_an_index_is_made_again_some_posts_at_a_time(filled: Store) -> None:
    engine = filled._engine
    with engine.transaction():
        index.index_of(engine).clear()
        done, after = index.index_after(engine, BEFORE_ALL, 4)
    assert (done, len(filled.search("青禾"))) == (4, 4)
    with engine.transaction():
        done, last = index.index_after(engine, after, 100)
    assert (done, len(filled.search("青禾"))) == (POSTS - 4, POSTS)
    assert index.index_after(engine, last, 100) == (0, last)


def test_it_is_told_how_far_a_new_index_is(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_TOLD", 3)
    told: list[int] = []
    with filled._engine.transaction():
        assert index.reindex(filled._engine, told.append) == POSTS
    assert told == [3, 6]
