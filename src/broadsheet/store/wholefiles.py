"""Files that are there whole, on the disk, or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, body: bytes, mode: int | None = None) -> None:
    """Write a file in place of the one that was there; `mode` is its permissions, those of any new file otherwise."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with fresh.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
        if mode is not None:
            os.fchmod(file.fileno(), mode)
    fresh.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
