"""A tree of files that is brought up to date beside the one being served."""

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# No hard links here at all, not to this file, or not one more.
CANNOT_SHARE = frozenset([errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS])


class Tree:
    """A folder whose files may share their bytes with another tree's by hard links; no file is ever changed in place.

    Paths are relative to the tree, with "/". The descriptor is open between `__enter__` and `__exit__`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: set[str] = {""}

    def __enter__(self) -> "Tree":
        self.folder.mkdir(exist_ok=True)
        self._descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def write(self, path: str, content: bytes) -> int:
        """Put a new file in place of whatever has the path; returns its size in bytes."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            file = os.open(self._make_way(path), flags, 0o666, dir_fd=self._descriptor)
        except FileExistsError:
            os.unlink(path, dir_fd=self._descriptor)
            file = os.open(path, flags, 0o666, dir_fd=self._descriptor)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        return len(content)

    def take(self, path: str, source: Path, size: int) -> bool:
        """Share (or else copy) a file of another tree, `source`; False where it is not there in that size."""
        original = f"{source}/{path}"
        try:
            if os.lstat(original).st_size != size:
                return False
        except (FileNotFoundError, NotADirectoryError):
            return False
        self._share(path, original)
        return True

    def share(self, path: str, original: Path) -> bool:
        """Share (or else copy) a file from anywhere; False where it is not there."""
        try:
            self._share(path, str(original))
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def _share(self, path: str, original: str) -> None:
        try:
            self._link(path, original)
        except OSError as error:
            if error.errno not in CANNOT_SHARE:
                raise
            self.write(path, Path(original).read_bytes())

    def remove(self, paths: Iterable[str]) -> int:
        """Remove files, and the folders they leave empty; returns how many files there were."""
        removed = 0
        for path in paths:
            with suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(path, dir_fd=self._descriptor)
                removed += 1
            self._prune(path)
        return removed

    def clear(self) -> None:
        """Remove everything: nothing is known of what is here."""
        for item in os.scandir(self._descriptor):
            if item.is_dir(follow_symlinks=False):
                shutil.rmtree(item.name, dir_fd=self._descriptor)
            else:
                os.unlink(item.name, dir_fd=self._descriptor)

    def _link(self, path: str, original: str) -> None:
        self._make_way(path)
        try:
            os.link(original, path, dst_dir_fd=self._descriptor, follow_symlinks=False)
        except FileExistsError:
            os.unlink(path, dir_fd=self._descriptor)
            os.link(original, path, dst_dir_fd=self._descriptor, follow_symlinks=False)

    def _make_way(self, path: str) -> str:
        """Make the folders that a path needs, and give it back."""
        folder = path.rpartition("/")[0]
        if folder not in self._known:
            self._make_way(folder)
            with suppress(FileExistsError):
                os.mkdir(folder, dir_fd=self._descriptor)
            self._known.add(folder)
        return path

    def _prune(self, path: str) -> None:
        while path := path.rpartition("/")[0]:
            try:
                os.rmdir(path, dir_fd=self._descriptor)
            except OSError:
                return
            self._known.discard(path)
