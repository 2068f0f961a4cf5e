"""Files that are written whole: under another name until they are, and gone where they are not."""

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self


class Fresh:
    """A file on its way to its name: `file` is to be written, `put` gives it the name; without it, it is dropped."""

    file: BinaryIO

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._fresh = self._path.with_name(f".{path.name}.new")

    def __enter__(self) -> Self:
        self.file = self._fresh.open("wb")
        return self

    def put(self) -> None:
        """Put what was written on the disk, and in place of what had the name."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self._fresh.replace(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        self._fresh.unlink(missing_ok=True)
