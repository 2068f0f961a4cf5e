"""Files that are there whole, on the disk, or as they were before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Named(FileIO):
    """A file to write into, whose errors say which it is; the system says so only where it cannot be opened."""

    def __init__(self, file: Path | int, name: str) -> None:
        super().__init__(file, "w", closefd=isinstance(file, Path))
        self._called = name

    def write(self, data: "ReadableBuffer") -> int:
        """Write as much as the system takes at once."""
        with naming(self._called):
            return super().write(data)


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Say in an error of the system what it is about, where the system did not."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or name
        raise


class Fresh:
    """A file on its way to its name: `file` is to be written, `put` gives it the name; without it, it is dropped.

    `mode` is its permissions, those of any new file otherwise. Until it has its name it bears a `mark`: one that
    nobody else uses, where another may be at work on the same file.
    """

    file: BufferedWriter

    def __init__(self, path: Path, *, mode: int | None = None, mark: str = "new") -> None:
        self._path = path.resolve()
        self._mode = mode
        self._fresh = self._path.with_name(f".{self._path.name}.{mark}")

    def __enter__(self) -> Self:
        self._fresh.unlink(missing_ok=True)
        self.file = BufferedWriter(Named(self._fresh, str(self._path)))
        return self

    def put(self) -> None:
        """Put what was written on the disk, and in place of what had the name."""
        self.file.flush()
        with naming(str(self._path)):
            os.fsync(self.file.fileno())
            if self._mode is not None:
                os.fchmod(self.file.fileno(), self._mode)
        self._fresh.replace(self._path)
        sync(self._path.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.file.close()
        finally:  # a full disk refuses what is left to write, too
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
