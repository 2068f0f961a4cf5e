"""The data files of this room: lines of text, those that begin with # aside."""

from collections.abc import Iterator
from importlib.resources import files


def read_lines(name: str) -> Iterator[str]:
    """Read the lines of a data file, without comments and empty ones."""
    for line in files("broadsheet.group").joinpath("data", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
