"""Whether a worker counts as alive, and what the time is: both as the database says, never this machine's clock."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from broadsheet.errors import StoreError
from broadsheet.scale.queue.desk import Desk
from broadsheet.version import VERSION

BEAT_S: Final = 4.0
"""So often a worker shows that it lives, and sets its clock."""

SURE_S: Final = 12.0
"""So long after it was heard a worker is sure that nobody took its hosts; then it asks nothing before it is heard."""

DEAD_S: Final = 30.0
"""So long after it was heard for the last time a worker is buried, and its hosts and feeds are given to others."""

STEADY_S: Final = 10.0
"""So long a worker must be heard without a fault before it buries others, who may only wait for the database."""

FORGOTTEN_S: Final = 10.0
_LOOK_S: Final = 0.2


class Life:
    """One worker as the others see it; used from several threads.

    `monotonic` counts seconds, whatever happens to the machine's clock. Until the first beat `clock` fails.
    """

    def __init__(self, name: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.worker = 0
        self._name = name
        self._monotonic = monotonic
        self._sure_until = 0.0
        self._moment: tuple[datetime, float] = (datetime.min.replace(tzinfo=UTC), 0.0)
        self._going: frozenset[int] = frozenset()
        self._steady_from = 0.0

    def clock(self) -> datetime:
        """This moment by the database's clock."""
        moment, then = self._moment
        return moment + timedelta(seconds=self._monotonic() - then)

    def enter(self, desk: Desk) -> None:
        """Join the workers, under a number that none had before."""
        machine = os.uname().nodename
        self._steady_from = self._monotonic() + STEADY_S
        self._going = frozenset()
        self.worker = int(desk.row("enter", machine=machine, process=os.getpid(), version=VERSION)[0])
        self.beat(desk)

    def beat(self, desk: Desk, rest_s: float = 1.0) -> bool:
        """Show that this worker lives and set the clock; False where it was buried.

        What its ended runs could not give back then is given back now; hosts of these rest for `rest_s` seconds.

        Raises:
            StoreError: the database does not hear of it.
        """
        before = self._monotonic()
        going = sorted(self._going)
        try:
            found = desk.rows("seen", worker=self.worker)
        except StoreError:
            self._steady_from = self._monotonic() + STEADY_S
            raise
        if not found:
            self.worker = 0
            return False
        after = self._monotonic()
        self._moment = (found[0][0].astimezone(UTC), (before + after) / 2)
        self._sure_until = before + SURE_S
        desk.rows("end_forgotten", worker=self.worker, going=going, s=FORGOTTEN_S, rest_s=rest_s)
        return True

    def leave(self, desk: Desk) -> None:
        """Leave the workers; what was held is free for others."""
        desk.rows("leave", worker=self.worker)
        self.worker = 0

    def is_sure(self, worker: int) -> bool:
        """Whether what was begun as this worker may go on now."""
        return worker == self.worker and self._monotonic() < self._sure_until

    def is_steady(self) -> bool:
        """Whether the database was there for a while, so that who is silent is dead."""
        return self._monotonic() >= self._steady_from

    async def sure(self, worker: int) -> None:
        """Wait until what was begun as this worker may go on.

        Raises:
            StoreError: it counts as dead, and others have what it held.
        """
        while not self.is_sure(worker):
            if worker != self.worker:
                cause = f"worker {worker} was not heard for {DEAD_S:.0f} s: others do what it was at"
                raise StoreError(self._name, cause)
            await asyncio.sleep(_LOOK_S)

    @contextmanager
    def going(self, run: int) -> Iterator[None]:
        """Know that a run goes on, until the end of the block."""
        self._going |= {run}
        try:
            yield
        finally:
            self._going -= {run}
