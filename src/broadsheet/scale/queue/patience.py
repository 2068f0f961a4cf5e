"""A store that waits where its database is away for a moment: what servers said is not asked for twice."""

import time
from collections.abc import Callable
from typing import Any, Final, cast

import psycopg

from broadsheet.errors import StoreError
from broadsheet.store import Store

PATIENCE_S: Final = 120.0
PAUSES_S: Final = (0.2, 0.5, 1.0, 2.0)


def patient(store: Store, sleep: Callable[[float], None] = time.sleep) -> Store:
    """Let every method of a store try again for two minutes while its database is away.

    All that they do can be done twice: a poll that is stored already changes nothing.
    """
    return cast("Store", _Patient(store, sleep))


class _Patient:
    def __init__(self, target: object, sleep: Callable[[float], None]) -> None:
        self._target = target
        self._sleep = sleep

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not callable(found):
            return _Patient(found, self._sleep)

        def again(*args: object, **named: object) -> object:
            return _try(lambda: found(*args, **named), self._sleep)

        return again


def _try(work: Callable[[], object], sleep: Callable[[float], None]) -> object:
    waited, tries = 0.0, 0
    while True:
        try:
            return work()
        except StoreError as error:
            if waited >= PATIENCE_S or not isinstance(error.__cause__, psycopg.OperationalError):
                raise
            pause = PAUSES_S[min(tries, len(PAUSES_S) - 1)]
            waited, tries = waited + pause, tries + 1
            sleep(pause)
