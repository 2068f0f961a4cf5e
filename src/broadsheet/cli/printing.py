"""How results look: tables for people, JSON for programs."""

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

import msgspec

LONGEST_WORD = 20  # characters of an id


def print_json(value: object) -> None:
    """Print one JSON document; indented on a terminal, one line elsewhere."""
    data = msgspec.json.encode(value)
    if sys.stdout.isatty():
        data = msgspec.json.format(data, indent=2)
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.flush()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Print rows under headings; columns are as wide as what they hold, and where that is too wide nothing is cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table

    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    words = [all(_is_word(row[place]) for row in cells) for place in range(len(columns))]
    headings = (Column(name, overflow="fold", no_wrap=word) for name, word in zip(columns, words, strict=True))
    table = Table(*headings, title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for row in cells:
        table.add_row(*map(_escape, row))
    console = Console(highlight=False)
    console.print(table) if console.is_terminal else Console(highlight=False, width=200).print(table)


def counted(count: int, one: str, several: str = "") -> str:
    """A number of things in words: 1 feed, 2 feeds."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def moment(when: datetime | None, zone: tzinfo | None = None) -> str:
    """A moment as a person reads it, to the minute: by the clock of a zone, else of this machine."""
    return when.astimezone(zone).strftime("%Y-%m-%d %H:%M") if when else "-"


def size(count: int) -> str:
    """A number of bytes as a person reads it."""
    value = float(count)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} TiB"


def age(when: datetime | None, now: datetime) -> str:
    """How long ago, in the largest fitting unit."""
    if when is None:
        return "never"
    seconds = int((now.astimezone(UTC) - when).total_seconds())
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if abs(seconds) >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def _is_word(cell: str) -> bool:
    """Whether a cell is an id or a number, which is copied from a table as it stands."""
    return cell.isascii() and len(cell) <= LONGEST_WORD and " " not in cell


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)
