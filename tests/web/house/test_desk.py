"""Questions to the store, several at a time, each in a thread with a store of its own."""

import asyncio
import threading

import pytest

from broadsheet.config import Config
from broadsheet.errors import NotFoundError, StoreError
from broadsheet.store import Store
from broadsheet.web.house.desk import CLERKS, MOST_REMEMBERED, Desk


async def test_several_questions_are_answered_at_one_time(paper: Config) -> None:
    desk = Desk(paper.store_url)
    together = threading.Barrier(CLERKS, timeout=10)

    def wait(store: Store) -> tuple[int, int]:
        together.wait()
        return len(store.refs()), threading.get_ident()

    answers = await asyncio.gather(*(desk.ask(wait) for _ in range(CLERKS)))
    assert {count for count, _ in answers} == {4}
    assert len({thread for _, thread in answers}) == CLERKS
    desk.close()


async def test_an_error_is_the_askers_and_the_desk_goes_on(paper: Config) -> None:
    desk = Desk(paper.store_url)
    for _ in range(CLERKS + 1):
        with pytest.raises(NotFoundError):
            await desk.ask(lambda store: store.post("none"))
    assert await desk.ask(lambda store: len(store.feeds())) == 2
    desk.close()


async def test_a_store_that_is_not_there_is_said(tmp_path: object) -> None:
    desk = Desk(f"{tmp_path}/none.db")
    with pytest.raises(StoreError, match="no store here"):
        await desk.ask(lambda store: store.feeds())
    desk.close()


async def test_what_takes_long_waits_for_nobody(paper: Config) -> None:
    desk = Desk(paper.store_url)
    assert await desk.apart(lambda store: len(store.refs())) == 4
    desk.close()


async def test_a_glance_needs_no_thread(paper: Config) -> None:
    desk = Desk(paper.store_url)
    assert desk.glance(lambda store: len(store.refs())) == desk.glance(lambda store: len(store.refs())) == 4
    desk.close()


async def test_a_question_is_asked_again_once_somebody_stored_something(paper: Config, store: Store) -> None:
    desk = Desk(paper.store_url)
    asked: list[str | None] = []

    def ask(at_hand: Store) -> str | None:
        asked.append(at_hand.meta("note"))
        return asked[-1]

    assert desk.remember("note", ask) == desk.remember("note", ask) is None
    store.set_meta("note", "first")
    assert desk.remember("note", ask) == desk.remember("note", ask) == "first"
    assert asked == [None, "first"]
    desk.close()


async def test_no_more_than_so_many_answers_are_remembered(paper: Config) -> None:
    desk = Desk(paper.store_url)
    asked: list[Store] = []
    for number in [*range(MOST_REMEMBERED + 1), 0]:
        desk.remember(str(number), asked.append)
    assert len(asked) == MOST_REMEMBERED + 2
    desk.close()
