"""Posts are worked through in portions: what changed first, then what came, each once."""

from tests.store.builders import make_batch, make_revision, minutes

from broadsheet.store import Store
from broadsheet.store.portions import fill_up, last_revision, note, noted


def test_a_number_is_noted_and_read(store: Store) -> None:
    engine = store._engine
    assert noted(engine, "x") == 0
    note(engine, "x", 7)
    note(engine, "x", 8)
    assert noted(engine, "x") == 8


def test_what_came_fills_up_what_changed(store: Store) -> None:
    engine = store._engine
    assert last_revision(engine) == 0
    store.apply([make_batch(*(make_revision(f"entry-{number}", at=minutes(number)) for number in range(3)))])
    came, mark = fill_up(engine, [], "unread_new", 0, 10)
    assert (len(came), mark) == (3, last_revision(engine))
    again, mark = fill_up(engine, came[:1], "unread_new", 0, 2)
    assert [row[0] for row in again] == [came[0][0]]
    assert mark == came[0][-1]
    assert fill_up(engine, came, "unread_new", 0, 3) == (came, 0)
