"""Files that are there whole, on the disk, or as they were before."""

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self


class Fresh:
    """A file on its way to its name: `file` is to be written, `put` gives it the name; without it, it is dropped.

    `mode` is its permissions, those of any new file otherwise. Until it has its name it bears a `mark`: one that
    nobody else uses, where another may be at work on the same file.
    """

    file: BinaryIO

    def __init__(self, path: Path, *, mode: int | None = None, mark: str = "new") -> None:
        self._path = path.resolve()
        self._mode = mode
        self._fresh = self._path.with_name(f".{self._path.name}.{mark}")

    def __enter__(self) -> Self:
        self._fresh.unlink(missing_ok=True)
        self.file = self._fresh.open("wb")
        return self

    def put(self) -> None:
        """Put what was written on the disk, and in place of what had the name."""
        self.file.flush()
        os.fsync(self.file.fileno())
        if self._mode is not None:
            os.fchmod(self.file.fileno(), self._mode)
        self._fresh.replace(self._path)
        sync(self._path.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        self._fresh.unlink(missing_ok=True)


def write_whole(path: Path, body: bytes, mode: int | None = None) -> None:
    """Write a file in place of the one that was there; `mode` is its permissions, those of any new file otherwise."""
    with Fresh(path, mode=mode) as fresh:
        fresh.file.write(body)
        fresh.put()


def sync(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
