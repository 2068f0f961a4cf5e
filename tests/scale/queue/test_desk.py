"""A connection to the queue: errors say what is wrong, and one that broke is made anew."""

from collections.abc import Callable

import pytest

from broadsheet.errors import StoreError
from broadsheet.scale.queue.address import place_of
from broadsheet.scale.queue.desk import Desk


def cut(desk: Desk, other: Desk) -> None:
    """End a connection as a server does that is stopped."""
    number = desk.connection.info.backend_pid
    other.script(f"SELECT pg_terminate_backend({number})")


def test_a_connection_that_broke_is_made_anew(new_desk: Callable[[], Desk]) -> None:
    desk, other = new_desk(), new_desk()
    assert desk.row("is_made") == (True,)
    cut(desk, other)
    assert desk.row("is_made") == (True,)


def test_a_transaction_whose_connection_broke_fails_as_a_whole(new_desk: Callable[[], Desk]) -> None:
    desk, other = new_desk(), new_desk()

    def half() -> None:
        with desk.transaction():
            desk.rows("fall_due", name="a", every_s=60)
            cut(desk, other)
            desk.rows("fall_due", name="b", every_s=60)

    with pytest.raises(StoreError, match="the queue cannot be used"):
        half()
    assert desk.rows("fall_due", name="a", every_s=60) == [("a",)]


def test_a_server_that_is_not_there_is_named() -> None:
    desk = Desk(place_of("postgresql://127.0.0.1:1/news"))
    with pytest.raises(StoreError, match=r"^postgresql://127.0.0.1:1/news: the queue cannot be used: .*refused"):
        desk.rows("now")
    desk.close()
