"""A store whose database is away for a moment is asked again; one that refuses is not."""

from typing import cast

import psycopg
import pytest

from broadsheet.errors import StoreError
from broadsheet.scale.queue.patience import PATIENCE_S, patient
from broadsheet.store import Store


class Flaky:
    """A store that fails so many times before it answers; `hosts` is a part of it."""

    def __init__(self, times: int, cause: Exception) -> None:
        self.left = times
        self.cause = cause
        self.hosts = self

    def count(self, *, most: int) -> int:
        if self.left:
            self.left -= 1
            raise StoreError("test", "away") from self.cause
        return most


@pytest.fixture
def slept() -> list[float]:
    return []


def test_a_database_that_comes_back_is_waited_for(slept: list[float]) -> None:
    store = patient(cast("Store", Flaky(3, psycopg.OperationalError())), slept.append)
    assert store.hosts.count(most=7) == 7  # type: ignore[attr-defined]
    assert slept == [0.2, 0.5, 1.0]


def test_one_that_stays_away_is_given_up(slept: list[float]) -> None:
    store = patient(cast("Store", Flaky(10_000, psycopg.OperationalError())), slept.append)
    with pytest.raises(StoreError, match="away"):
        store.count(most=7)  # type: ignore[attr-defined]
    assert PATIENCE_S <= sum(slept) < PATIENCE_S + 3


def test_a_refusal_is_final(slept: list[float]) -> None:
    store = patient(cast("Store", Flaky(1, psycopg.DataError())), slept.append)
    with pytest.raises(StoreError):
        store.count(most=7)  # type: ignore[attr-defined]
    assert slept == []
