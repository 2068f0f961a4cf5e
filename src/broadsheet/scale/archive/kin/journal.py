"""What is done of the kin of an archive: a line for each piece of work, written when its files are on the disk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from broadsheet.scale.archive.kin.tables import Written
from broadsheet.version import VERSION

PATH: Final = "kin/journal.jsonl"


class Line(Struct, frozen=True, kw_only=True):
    """A piece of work: the `step` and its `name`, what it was made `of` summed up, its files and what it told."""

    step: str
    name: str
    of: str
    files: tuple[Written, ...]
    told: str
    version: str = VERSION


class Journal:
    """The lines of work that is done, by step and name; another version of Broadsheet does it all again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines = {(line.step, line.name): line for line in _lines(folder / PATH) if line.version == VERSION}

    def find(self, step: str, name: str, of: str) -> str | None:
        """What a piece of work told when it was done, of the same, and its files are still there; else None."""
        line = self._lines.get((step, name))
        if line is None or line.of != of or not all((self._folder / file.path).exists() for file in line.files):
            return None
        return line.told

    def keep(self, line: Line) -> None:
        """Note work that is done, durably."""
        self._lines[line.step, line.name] = line
        path = self._folder / PATH
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(msgspec.json.encode(line) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def _lines(path: Path) -> Iterator[Line]:
    """Read the lines that are whole: what a kill cut off was never noted."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    for line in content.split(b"\n"):
        try:
            yield msgspec.json.decode(line, type=Line)
        except msgspec.DecodeError:
            continue


def drop_others(folder: Path, tables: Iterable[str], kept: Iterable[Written]) -> None:
    """Remove the files of tables that no piece of work of today stands for, and what killed ones left."""
    names = {folder / file.path for file in kept}
    for table in tables:
        for path in sorted((folder / table).rglob("*.*")):
            if path not in names and path.is_file():
                path.unlink()
