"""What the words of a move say: how exactly its number is printed, and what stands beside it."""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from broadsheet.market.tables import rows
from broadsheet.model import MoveReport

_NUMERAL: Final = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


class Run(Struct, frozen=True, kw_only=True):
    """Sessions in a row: `count` of them, of which `hits` were as `what` says."""

    what: str
    count: int
    hits: int


def run_of(surface: str) -> Run | None:
    """Read how many sessions in a row a move tells of."""
    what, found = _first("run", surface)
    if found is None:
        return None
    counts = [_whole(group) for group in found.groups()]
    return Run(what=what, count=counts[0], hits=counts[-1]) if all(counts) else None


def span_of(surface: str) -> int | None:
    """Read how many sessions a cumulative move goes over."""
    _, found = _first("span", surface)
    return (_whole(found[1]) or None) if found else None


def manner_of(kind: str, surface: str) -> str:
    """Tell which of a kind of words stands in a move; empty where none does."""
    return _first(kind, surface)[0]


def printed_step(move: MoveReport) -> float:
    """Give the step of the last digit as a number is printed: 0.01 of 6.59, 1 of 25, 10 of 三成."""
    if "成" in move.surface:
        return 10.0
    for found in _NUMERAL.finditer(move.surface):
        if float(found[0].replace(",", "")) == move.value:
            return 0.1 ** len(found[1] or "")
    whole = move.value is None or move.value == int(move.value)
    return 1.0 if whole else 0.1 ** len(repr(move.value).partition(".")[2])


def _first(kind: str, surface: str) -> tuple[str, re.Match[str] | None]:
    """Give what the first row of a kind says that fits, and its match."""
    for what, pattern in _patterns(kind):
        if found := pattern.search(surface):
            return what, found
    return "", None


@lru_cache(maxsize=16)
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = [(row[0].partition(" "), row[1]) for row in rows("words")]
    return tuple((name[2], re.compile(pattern, re.IGNORECASE)) for name, pattern in named if name[0] == kind)


def _whole(text: str) -> int:
    """Read a whole number under a hundred, in digits or in Chinese; 0 where it is none."""
    if text.isdecimal():
        return int(text[:4])
    tens, ten, ones = text.rpartition("十")
    if not {*tens, *ones} <= _DIGITS.keys() or len(tens) > 1 or len(ones) > 1:
        return 0
    return (10 * (_DIGITS[tens] if tens else 1) if ten else 0) + (_DIGITS[ones] if ones else 0)
