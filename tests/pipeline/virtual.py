"""A time of its own: an event loop that never waits, because its clock jumps whenever everybody does."""

import asyncio
import selectors
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

START = datetime(2026, 11, 23, tzinfo=UTC)
Result = TypeVar("Result")


class Time:
    """Seconds since `START`; `now` is a clock for the paper, `new_loop` makes loops in which this time passes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def forward(self, seconds: float) -> None:
        self.seconds += seconds

    def new_loop(self) -> asyncio.AbstractEventLoop:
        return _Loop(self)


class _Loop(asyncio.SelectorEventLoop):
    """What is handed to executors is done at once, in this process: it takes processor time, but no virtual time."""

    def __init__(self, time: Time) -> None:
        super().__init__(_Selector(time))
        self._virtual = time

    def time(self) -> float:
        return self._virtual.seconds

    def run_in_executor(  # type: ignore[override]  # the base class leaves its function's result untyped
        self, executor: Any, func: Callable[..., Result], *args: Any
    ) -> asyncio.Future[Result]:
        future: asyncio.Future[Result] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


class _Selector(selectors.DefaultSelector):
    def __init__(self, time: Time) -> None:
        super().__init__()
        self._time = time

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout == 0:
            return []
        ready = super().select(0)
        if not ready and timeout is None:
            message = "everybody waits for something that will never happen"
            raise RuntimeError(message)
        if not ready and timeout:
            self._time.forward(timeout)
        return ready
