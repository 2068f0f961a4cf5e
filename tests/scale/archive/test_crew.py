"""Who does the work: the same comes of it here and in other processes."""

import gc
import os
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from broadsheet.errors import ConfigError, StoreError
from broadsheet.scale.archive import crew as crew_module
from broadsheet.scale.archive.crew import ALONE, Crew, WorkLostError, do_work

TWO = Crew(processes=2)
POOL = Crew(runner="processes", processes=2)
CREWS = [ALONE, TWO, POOL]


pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Daft leaves the pipes of its processes to the collector of garbage


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Let no later test meet what Daft left."""
    yield
    gc.collect()


def die(order: str) -> str:
    os._exit(3)


def greet(word: str, order: str) -> str:
    if order == "bad":
        raise StoreError("here", "cannot be written")
    return f"{word} {order}"


@pytest.mark.parametrize("crew", CREWS)
def test_each_order_comes_back_with_what_came_of_it(crew: Crew) -> None:
    orders = ["a", "b", "c"]
    assert dict(do_work(partial(greet, "good"), orders, crew)) == {order: f"good {order}" for order in orders}
    assert list(do_work(partial(greet, "good"), [], crew)) == []


@pytest.mark.parametrize("crew", CREWS)
def test_what_goes_wrong_is_told_in_the_same_words(crew: Crew) -> None:
    with pytest.raises(StoreError, match=r"^here: cannot be written$") as raised:
        list(do_work(partial(greet, "good"), ["bad"], crew))
    assert raised.value.store == "here"


@pytest.mark.parametrize("crew", [TWO, POOL])
def test_a_worker_that_dies_is_told(crew: Crew) -> None:
    with pytest.raises(WorkLostError, match="run the same again: what is done is kept"):
        list(do_work(die, ["a"], crew))


def test_a_worker_ends_with_who_wants_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ended(BaseException):
        pass

    def end(code: int) -> None:
        raise Ended(code)

    parents = iter([7, 7, 1])
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(os, "_exit", end)
    with pytest.raises(Ended):
        crew_module._end_with(7)
    assert list(parents) == []


def test_others_do_the_work() -> None:
    ((_, process),) = do_work(lambda _: str(os.getpid()), ["a"], TWO)
    assert int(process) != os.getpid()


def test_without_daft_there_is_this_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    with pytest.raises(ConfigError, match=r"broadsheet\[archive\]"):
        list(do_work(str, ["a"], TWO))
    assert list(do_work(str, ["a"], ALONE)) == [("a", "a")]
