"""Where the server asks the store: threads with a store of their own each, so that answering goes on meanwhile."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from broadsheet.store import Store, open_store

T = TypeVar("T")

CLERKS = 4
"""Questions that the store is asked at one time; a fifth waits."""

MOST_REMEMBERED = 200
"""Answers that are kept until somebody stores something."""

WRITER_WAIT_S = 10.0


class _Clerk:
    """One thread and its store, opened at the first question: a connection belongs to the thread that made it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._thread = ThreadPoolExecutor(1, "desk")
        self._store: Store | None = None

    async def ask(self, question: Callable[[Store], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, question)

    def _answer(self, question: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = open_store(self._url, timeout_s=WRITER_WAIT_S)
        return question(self._store)

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()

    def close(self) -> None:
        self._thread.submit(self._close)
        self._thread.shutdown()


class Desk:
    """Answers questions about the store of a paper, several at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._at_hand: Store | None = None
        self._remembered: dict[str, Any] = {}
        self._clerks = [_Clerk(url) for _ in range(CLERKS)]
        self._listener = _Clerk(url)
        self._free: asyncio.LifoQueue[_Clerk] = asyncio.LifoQueue()
        for clerk in self._clerks:
            self._free.put_nowait(clerk)

    async def ask(self, question: Callable[[Store], T]) -> T:
        """Put a question to a store, in a thread; its errors are those of the question.

        Raises:
            StoreError: the store cannot be opened.
        """
        clerk = await self._free.get()
        try:
            return await clerk.ask(question)
        finally:
            self._free.put_nowait(clerk)

    def glance(self, question: Callable[[Store], T]) -> T:
        """Put a question that reads a few rows to the event loop's own store: threads would take longer to change."""
        if self._at_hand is None:
            self._at_hand = open_store(self._url, timeout_s=WRITER_WAIT_S)
        return question(self._at_hand)

    def remember(self, name: str, question: Callable[[Store], T]) -> T:
        """As `glance`; what was answered by this name before is true as long as nobody stored anything."""
        if self.glance(lambda store: store.has_news()) or len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        if name not in self._remembered:
            self._remembered[name] = self.glance(question)
        answer: T = self._remembered[name]
        return answer

    async def apart(self, question: Callable[[Store], T]) -> T:
        """Put a question that may take long to a store of its own, so that nobody waits behind it."""

        def answer() -> T:
            with open_store(self._url, timeout_s=WRITER_WAIT_S) as store:
                return question(store)

        return await asyncio.to_thread(answer)

    async def has_news(self) -> bool:
        """Whether another process has stored something since this was asked last: a question for one alone."""
        return await self._listener.ask(lambda store: store.has_news())

    def close(self) -> None:
        """Close every store; questions that are being answered are answered first."""
        if self._at_hand is not None:
            self._at_hand.close()
        for clerk in (*self._clerks, self._listener):
            clerk.close()
