"""News of the server to everyone who listens: a new edition, and what a running job says."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

MOST_WAITING: Final = 100
"""News that one listener may be behind; who listens no more loses the rest, and loads the page again."""


class News(Struct, frozen=True, kw_only=True):
    """One piece of news: its `kind`, and a line of text or JSON."""

    kind: str
    text: str


class Wire:
    """Carries news from whoever has any to whoever listens, within one event loop."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[News]] = set()

    def tell(self, kind: str, text: str) -> None:
        """Tell everyone who listens now."""
        for listener in self._listeners:
            if listener.qsize() < MOST_WAITING:
                listener.put_nowait(News(kind=kind, text=text))

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[News]]:
        """Listen while the block runs."""
        queue: asyncio.Queue[News] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def news(self, pause_s: float) -> AsyncIterator[News | None]:
        """Give news as they come, and None where there are none for `pause_s` seconds."""
        with self.listening() as queue:
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), pause_s)
                except TimeoutError:
                    yield None
