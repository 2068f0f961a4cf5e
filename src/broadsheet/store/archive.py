"""The archive: a folder of images beside the store, each under the hash of what it holds."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.errors import StoreError
from broadsheet.model import CopiedImage, ImageCopy
from broadsheet.wholefiles import sync, write_whole

READ_ONLY = 0o444
"""A published site shares these very files by hard links: nobody shall change one in place."""


class Archive:
    """Images under `ab/abcdef….jpg`; a file is there whole, on the disk, or not at all. It is made when needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, copy: ImageCopy, kind: str = "") -> Path:
        """Where the file of a copy stands, or that of its variant of a kind."""
        return self.folder / copy.path(kind)

    def keep(self, image: CopiedImage) -> int:
        """Write the files of a copy, but for those that are there; returns how many bytes they have in all.

        Raises:
            StoreError: the folder cannot be written, or the disk is full.
        """
        copy = image.copy
        bodies = {copy.kind: image.body, **image.variants}
        try:
            for kind, body in bodies.items():
                _write(self.path(copy, kind), body)
        except OSError as error:
            raise self._refused(error) from error
        return sum(map(len, bodies.values()))

    @contextmanager
    def claim(self) -> Iterator[None]:
        """Be the only one who adds to the archive.

        Raises:
            StoreError: another process does, or the folder cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("wb")
        except OSError as error:
            raise self._refused(error) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                cause = "another process is adding images to it: wait for that to end"
                raise StoreError(str(self.folder), cause) from None
            yield

    def missing(self, copies: Iterable[ImageCopy]) -> Iterator[ImageCopy]:
        """Find the copies whose file is not there, or is of another size."""
        for copy in copies:
            try:
                whole = self.path(copy).stat().st_size == copy.size
            except (FileNotFoundError, NotADirectoryError):
                whole = False
            if not whole:
                yield copy

    def _refused(self, error: OSError) -> StoreError:
        if isinstance(error, FileExistsError | NotADirectoryError):
            cause = "a file stands where the folder belongs: move it away or choose another images.folder"
            return StoreError(str(error.filename or self.folder), cause)
        return StoreError(str(self.folder), f"{error.strerror or error}: make room or mend the rights, then go on")


def _write(path: Path, body: bytes) -> None:
    try:
        if path.stat().st_size == len(body):
            return
    except FileNotFoundError:
        _make_folder(path.parent)
    write_whole(path, body, READ_ONLY)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()
        sync(folder.parent)
