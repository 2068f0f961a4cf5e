"""Several workers of one machine: processes of one program, begun again where one dies."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from typing import Final

from broadsheet.config import Config
from broadsheet.errors import BroadsheetError
from broadsheet.scale.queue.tasks import Tell

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
SETTLED_S: Final = 60.0
LOOK_S: Final = 0.2
WRONG_USE: Final = 2

Main = Callable[[Config, int], None]
"""What a process does: for a paper, as one of so many."""


class Processes:
    """`number` processes that each do `main`, which has to be a function of a module."""

    def __init__(self, config: Config, number: int, main: Main, tell: Tell) -> None:
        self._config = config
        self._number = number
        self._main = main
        self._tell = tell
        self._context = multiprocessing.get_context("spawn")
        self._stop = threading.Event()
        self._places = [_Place() for _ in range(number)]

    def run(self) -> int:
        """Keep them going until SIGTERM or SIGINT; the exit code, 2 where one ended by a wrong use."""
        signal_stop(self.stop)
        while not self._stop.wait(LOOK_S):
            for place in self._places:
                if place.process is None or not place.process.is_alive():
                    if place.process is not None and place.process.exitcode in {0, WRONG_USE}:
                        self._end()
                        return WRONG_USE
                    self._begin(place)
        self._end()
        return 0

    def stop(self) -> None:
        """Let `run` end them all."""
        self._stop.set()

    def _begin(self, place: "_Place") -> None:
        now = time.monotonic()
        if place.process is not None and not place.is_told:
            place.is_told = True
            settled = now - place.began >= SETTLED_S
            place.pause_s = FIRST_PAUSE_S if settled else min(max(2 * place.pause_s, FIRST_PAUSE_S), LONGEST_PAUSE_S)
            place.not_before = now + place.pause_s
            how = _how(place.process.exitcode)
            self._tell(f"process {place.process.pid} {how}; another takes its place in {place.pause_s:.0f} s")
        if now >= place.not_before:
            place.process = self._context.Process(target=_main, args=(self._main, self._config, self._number))
            place.process.start()
            place.began, place.is_told = now, False

    def _end(self) -> None:
        living = [place.process for place in self._places if place.process is not None]
        for process in living:
            process.terminate()
        for process in living:
            process.join()


def signal_stop(stop: Callable[[], None]) -> None:
    """Let SIGTERM and SIGINT stop them."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop())


class _Place:
    """One of the processes, and when it may be begun again."""

    def __init__(self) -> None:
        self.process: SpawnProcess | None = None
        self.began = 0.0
        self.not_before = 0.0
        self.pause_s = 0.0
        self.is_told = False


def _how(code: int | None) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code and code < 0 else f"ended with {code}"


def _main(main: Main, config: Config, number: int) -> None:
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    try:
        main(config, number)
    except BroadsheetError as error:
        print(f"broadsheet: {error}", file=sys.stderr, flush=True)  # noqa: T201 - this is the end of a program
        sys.exit(error.exit_code)


def _stop_with_parent() -> None:
    """Stop as on SIGTERM when the process that began this one is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
