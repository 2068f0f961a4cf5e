"""The quantities and days that a text names, in one form whatever its spelling: 658.9万户 is 6,589,000 of 户.

This is the quick reading, for comparing many pairs; `quantities` reads more closely what a page shows.
"""

import re
from typing import Final, NamedTuple

_SCALES: Final = {
    "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11,
    "万亿": 1e12,
    "thousand": 1e3, "k": 1e3, "mln": 1e6, "million": 1e6, "m": 1e6, "bn": 1e9, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_UNITS: Final = {"％": "%", "percent": "%", "per cent": "%", "pct": "%", "元人民币": "元", "人民币": "元"}
_SCALE: Final = "|".join(sorted(_SCALES, key=len, reverse=True))
_QUANTITY: Final = re.compile(  # begins with one digit, which is quick to look for
    rf"(\d(?:\d*,\d{{3}})*\d*(?:\.\d+)?)(?:\s?({_SCALE})(?![a-z]))?"
    r"(?:\s?(%|per ?cent|pct|美元|港元|欧元|元人民币|元|亿股|股|户|人|台|辆|家|倍|例|吨|个|次|名|点|分"
    r"|岁|年|月|日|号)|([a-z]))?"
)
_DAY: Final = re.compile(r"(\d\d?)月(\d\d?)")
_ENGLISH_DAY: Final = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d\d?)\b(?!,?\d)")
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CALENDAR: Final = frozenset("年月日号点")
_YEARS: Final = range(1990, 2040)
_SMALL: Final = 3
"""A bare number this low tells nothing."""


class Quantity(NamedTuple):
    """A number with its scale worked in, of what, how it is written, and how exactly it is known."""

    value: float
    unit: str
    words: str
    grain: float

    def agrees(self, other: "Quantity") -> bool:
        """Whether both can be one number, given more roughly here than there."""
        return self.unit == other.unit and abs(self.value - other.value) <= max(self.grain, other.grain) / 2 * 1.001


def quantities(folded: str) -> tuple[Quantity, ...]:
    """Find the quantities of a folded text, days left out."""
    found = []
    for match in _QUANTITY.finditer(folded):
        digits, scale, unit, letter = match.groups()
        factor = _SCALES.get(scale, 1.0)
        bare = not scale and not unit
        is_year = bare and digits.isdigit() and int(digits) in _YEARS
        value = float(digits.replace(",", "")) * factor
        if unit not in _CALENDAR and not letter and not is_year and not (bare and value <= _SMALL):
            grain = factor * 10.0 ** -len(digits.partition(".")[2])
            found.append(Quantity(value, _UNITS.get(unit, unit or ""), match.group().strip(), grain))
    return tuple(dict.fromkeys(found))


def days(folded: str) -> frozenset[tuple[int, int]]:
    """Find the days that a folded text names, as month and day."""
    named = {(int(month), int(day)) for month, day in _DAY.findall(folded)}
    if not named and folded.isascii():
        named = {(_MONTHS.index(month) + 1, int(day)) for month, day in _ENGLISH_DAY.findall(folded)}
    return frozenset(named)
