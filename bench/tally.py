"""How much memory a process and all under it hold at one time, looked at several times a second. Linux only."""

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

PAUSE_S = 0.2
PROC = Path("/proc")


class Tally:
    """While it is open, `peak_mib` grows to the most that all processes held together.

    A page that two processes share is counted in both of them: the sum is never too small.
    """

    peak_mib = 0.0

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(PAUSE_S):
            self.peak_mib = max(self.peak_mib, held_mib(os.getpid()))


def held_mib(root: int) -> float:
    """The resident memory of a process and of all under it, in MiB."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for path in PROC.iterdir():
        if path.name.isdigit():
            try:
                parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
                pages[int(path.name)] = int((path / "statm").read_text().split()[1])
            except (OSError, IndexError):
                continue  # it ended while it was looked at
            parents[int(path.name)] = parent
    under = {root}
    while more := {pid for pid, parent in parents.items() if parent in under} - under:
        under |= more
    return sum(pages.get(pid, 0) for pid in under) * os.sysconf("SC_PAGE_SIZE") / 2**20
