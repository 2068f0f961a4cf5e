"""Quantities in sentences: numbers with their units, and the words that say what they are of."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from broadsheet.group.texts.normalise import fold

_ARABIC: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CLAUSE: Final = re.compile(r"[,;:。!?()“”\"、—](?!\d)|[.](?=\s+\D|$)")
_PARTS: Final = re.compile(r"[\u0800-\U0010ffff]+|[^\W\d_\u0800-\U0010ffff]+")
_SPACED_END: Final = "\u0800"
_YEARS: Final = range(1900, 2101)
_ROUGH: Final = 0.25
"""How far apart two numbers may be of which one is said to be rough."""


class Quantity(NamedTuple):
    """A number as it is written (folded), its value in its unit, and what stands around it in its clause.

    Its value is known to within `give`. `around` are words of letters, and pairs of characters.
    """

    surface: str
    value: float
    unit: str
    give: float
    around: frozenset[str]

    def agrees(self, other: "Quantity") -> bool:
        """Tell whether two values of one unit may be the same, as roughly as they are given."""
        return abs(self.value - other.value) <= max(self.give, other.give)


def quantities(sentence: str) -> list[Quantity]:
    """Find the quantities of a sentence, in order; dates, times, years and places in an order are none."""
    return [found for clause in _CLAUSE.split(fold(sentence)) for found in _of_clause(clause)]


def _of_clause(clause: str) -> Iterator[Quantity]:
    found = [(match, unit) for match in _pattern().finditer(clause) if (unit := _unit(match))]
    end = 0
    for at, (match, unit) in enumerate(found):
        value, finest = _value(match)
        # What stands between two numbers says what the later one is of.
        rest = clause[match.end() :] if at + 1 == len(found) else ""
        yield Quantity(
            surface=match[0].strip(),
            value=value,
            unit=unit,
            give=_ROUGH * value if match["roughly"] or match["odd"] else finest / 2,
            around=_parts(clause[end : match.start()]) | _parts(rest),
        )
        end = match.end()


def _unit(match: re.Match[str]) -> str | None:
    # 一家, 两位: one character alone is hardly ever a figure.
    if match["before"] or match["behind"] or (match["chinese"] and not match["chinese"][1:] and not match["scale"]):
        return None
    if match["sign"]:
        return str(_words()["signs"][match["sign"]])
    if match["unit"]:
        return _units()[match["unit"]]
    if match["chinese"]:
        return None
    is_year = not match["scale"] and match["arabic"].isdecimal() and int(match["arabic"]) in _YEARS
    return None if is_year else match["other"]


def _value(match: re.Match[str]) -> tuple[float, float]:
    """Read the value, and what one more in its last figure would be worth."""
    scale = float(_words()["scales"].get(match["scale"], 1))
    if match["chinese"]:
        return _chinese(match["chinese"]) * scale, scale
    figures = match["arabic"].replace(",", "")
    return float(figures) * scale, scale / 10 ** len(figures.partition(".")[2])


def _chinese(figures: str) -> int:
    """Read a number written in characters, below ten thousand: 一千四百 is 1,400."""
    total = digit = 0
    for figure in figures.replace("两", "二").replace("〇", "零"):
        tens = _words()["chinese"]["tens"].get(figure)
        if tens is None:
            digit = _words()["chinese"]["digits"].index(figure)
        else:
            total, digit = total + (digit or 1) * tens, 0
    return total + digit


def _parts(text: str) -> frozenset[str]:
    return frozenset(part for word in _PARTS.findall(text) for part in _split(word))


def _split(word: str) -> list[str]:
    return [word] if word < _SPACED_END else [word[at : at + 2] for at in range(max(1, len(word) - 1))]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("broadsheet.group").joinpath("data", "quantities.toml").read_text("utf-8"))


@cache
def _units() -> dict[str, str]:
    return {spelling: unit for unit, spellings in _words()["units"].items() for spelling in spellings}


@cache
def _pattern() -> re.Pattern[str]:
    words = _words()
    chinese = "".join((*words["chinese"]["digits"], *words["chinese"]["tens"], "两〇"))
    near = words["words"]
    return re.compile(
        rf"(?P<roughly>{_any(near['roughly'])})?(?P<before>{_any(near['before'])})?(?P<sign>{_any(words['signs'])})?"
        rf"(?<![0-9a-z.])(?:(?P<arabic>{_ARABIC})(?!\d)|(?P<chinese>[{chinese}]+)) ?"
        rf"(?P<odd>{_any(near['odd'])})?(?:(?P<scale>{_any(words['scales'])})(?![a-z]))?"
        rf"[ -]?(?:(?P<behind>(?:{_any(near['behind'])})(?![a-z]))|(?P<unit>{_any(_units())})(?![a-z])"
        rf"|(?P<other>[a-z]{{3,}}|[\u2e80-\U0003ffff]))?"
    )


def _any(spellings: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(spellings, key=lambda spelling: (-len(spelling), spelling))))
