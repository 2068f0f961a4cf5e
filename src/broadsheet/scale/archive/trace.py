"""A mark of the document that a worker is at: one that costs two workers their lives is left out, and said so.

Who watches the workers charges a death to a unit, and only where that was worked on alone: a build that is killed as
a whole, or a worker that is lost with another, says nothing of the document that it was at.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec
from msgspec import Struct

from broadsheet.scale.archive.documents import Document, Found, Rejected
from broadsheet.store.sound import sound_text

DEATHS: Final = 2
_WIDTH: Final = 512
_FOLDER: Final = "units"


class Mark(Struct, frozen=True):
    """Where a worker is, and how many deaths are charged to that place."""

    source: str
    offset: int
    deaths: int = 0


class Trace:
    """The mark of one unit, kept beside its record while a worker is at it; a context manager.

    Each document may take `patience_s` seconds of processor time; 0 means any time.
    """

    def __init__(self, folder: Path, unit: str, patience_s: float) -> None:
        self._path = _path(folder, unit)
        self._patience_s = patience_s
        self._file = -1
        self._died: Mark | None = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._died = _read(self._path)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wait(0)
        os.close(self._file)
        self._path.unlink(missing_ok=True)

    def watched(self, found: Found) -> Iterator[Document | Rejected]:
        """Give documents on, each marked while it is worked on, but one at which workers died twice."""
        for one in found:
            deaths = self._deaths_at(one)
            if isinstance(one, Document) and deaths >= DEATHS:
                yield _refused(one)
                continue
            self._mark(Mark(sound_text(one.source), one.offset, deaths))
            self._wait(self._patience_s)
            yield one
        self._wait(0)

    def _deaths_at(self, one: Document | Rejected) -> int:
        died = self._died
        return died.deaths if died and (died.source, died.offset) == (sound_text(one.source), one.offset) else 0

    def _mark(self, mark: Mark) -> None:
        os.pwrite(self._file, msgspec.json.encode(mark).ljust(_WIDTH), 0)

    def _wait(self, seconds: float) -> None:
        if self._patience_s:
            signal.setitimer(signal.ITIMER_PROF, seconds)


def charge(folder: Path, unit: str) -> Mark | None:
    """Charge a worker's death to the document that it was at; None where it left no mark."""
    mark = _read(_path(folder, unit))
    if mark is None:
        return None
    charged = Mark(mark.source, mark.offset, mark.deaths + 1)
    _path(folder, unit).write_bytes(msgspec.json.encode(charged))
    return charged


def is_marked(folder: Path, unit: str) -> bool:
    """Whether a worker was at a unit when it was lost."""
    return _path(folder, unit).exists()


def forget(folder: Path) -> None:
    """Forget all marks: what a build before was at when it ended tells nothing."""
    for path in (folder / _FOLDER).glob(".*.at"):
        path.unlink(missing_ok=True)


def _path(folder: Path, unit: str) -> Path:
    return folder / _FOLDER / f".{unit}.at"


def _read(path: Path) -> Mark | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Mark)
    except (OSError, msgspec.MsgspecError):
        return None


def _refused(one: Document) -> Rejected:
    return Rejected(
        source=one.source,
        offset=one.offset,
        address=one.address,
        length=len(one.body),
        reason="worker-died",
        cause=f"{DEATHS} workers that read it died or ran out of time; it is left out",
    )
