"""The one worker whom hubs reach: it hears of news, has it polled at once, and renews what it asked hubs for."""

import asyncio
import dataclasses
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from broadsheet.config import Config
from broadsheet.errors import StoreError
from broadsheet.fetch.websub import make_callback, serve_callback
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.push.hubs import CALLBACK
from broadsheet.pipeline.push.subscribing import Pushes
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.hosts import running
from broadsheet.scale.queue.jobs import defer
from broadsheet.scale.queue.life import Life
from broadsheet.store import Store

EAR: Final = "(hubs)"
"""Held like a host, so that one worker hears."""

RENEW_S: Final = 300
SAVE_S: Final = 5


class Hearing:
    """What one worker does to be the one who hears; all but `renew` is called from one thread."""

    def __init__(
        self, config: Config, place: Place, life: Life, means: Means, open_paper: Callable[[], Store]
    ) -> None:
        self._config = config
        self._place = place
        self._life = life
        self._means = means
        self._open_paper = open_paper
        self._open = ExitStack()
        self._worker = 0
        self._pushes: Pushes | None = None

    def hear(self, desk: Desk) -> bool:
        """Begin to hear where nobody else does, and have polled what hubs told of; whether this worker hears.

        Raises:
            ConfigError: nobody can listen there.
            StoreError: the database is away, or refuses.
        """
        if self._pushes is not None and self._worker != self._life.worker:
            self.close()
        pushes = self._pushes or self._begin(desk)
        if pushes is None:
            return False
        if pushes.is_waiting() and (told := pushes.told_of(self._store, self._means.policy)):
            defer(desk, "told", [{"feeds": list(told)}])
        if desk.rows("fall_due", name="save pushes", every_s=SAVE_S):
            pushes.save(self._store)
        if desk.rows("fall_due", name="renew", every_s=RENEW_S):
            defer(desk, "renew")
        return True

    def _begin(self, desk: Desk) -> Pushes | None:
        means, config = self._means, self._config
        address = config.as_paper().address
        with ExitStack() as stack:
            pace = stack.enter_context(running(desk, self._life, "hubs", config.websub.listen, means, 0))
            if not pace.hold([EAR]):
                return None
            self._store = stack.enter_context(self._open_paper())
            pushes = Pushes(self._store, means.clock, f"{address}{CALLBACK}", lambda: None)
            host, _, port = config.websub.listen.rpartition(":")
            app = make_callback(pushes, means.limits.wire_bytes)
            stack.enter_context(serve_callback(app, host.strip("[]"), int(port)))
            self._worker, self._pushes = self._life.worker, pushes
            self._open = stack.pop_all()
        return pushes

    def renew(self) -> str:
        """Ask hubs for what is missing or nearly over.

        Raises:
            StoreError: the database is away, or another worker hears now.
        """
        pushes = self._pushes
        if pushes is None:
            raise StoreError(self._place.name, "another worker hears hubs now")
        desk = Desk(self._place)
        spacing_s = self._config.fetch.host_spacing
        try:
            with (
                self._open_paper() as store,
                running(desk, self._life, "renew", "", self._means, spacing_s) as pace,
            ):
                means = dataclasses.replace(self._means, pace=pace)
                asyncio.run(pushes.ask_hubs(store.feeds(), means))
                pushes.save(store)
        finally:
            desk.close()
        return ""

    def close(self, _: Desk | None = None) -> None:
        """Hear no more; another worker may."""
        self._pushes = None
        self._open.close()
