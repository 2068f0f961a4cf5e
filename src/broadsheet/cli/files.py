"""Files that commands read, named in every error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.errors import ConfigError, FeedError


def read_file(file: str) -> bytes:
    """Read a file whole, or standard input for "-"."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise ConfigError(file, f"cannot be read: {error.strerror}") from error


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Say in which file a document's fault is."""
    try:
        yield
    except FeedError as error:
        name = "standard input" if file == "-" else file
        raise FeedError(error.reason, f"{name}: {error}") from error
