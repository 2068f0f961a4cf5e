"""Records of prices, whoever wrote them, made into bars: what is no bar is told and passed over."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Final

from msgspec import Struct

from broadsheet.market.codes import one_form
from broadsheet.market.series import is_outside, is_price
from broadsheet.market.tables import rows
from broadsheet.model import Bar

_DAY: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})")
_RAW: Final = frozenset({"", "0", "no", "none", "false", "raw", "不复权"})
_DECIMALS: Final = 4


class Defaults(Struct, frozen=True, kw_only=True):
    """What holds for a list where its own columns are silent; `name` is what messages call it."""

    name: str
    security: str | None = None
    adjusted: bool = False
    source: str | None = None


class _NoBarError(ValueError):
    """A record that is no bar, and why."""


class Reader:
    """Reads records one by one; `bars` has one for each security, day and kind, the first that was told.

    `refused` are lines without a bar, `doubtful` those whose bar contradicts itself: no check believes it.
    """

    def __init__(self, defaults: Defaults) -> None:
        self.bars: dict[tuple[str, date, bool], Bar] = {}
        self.refused: list[str] = []
        self.doubtful: list[str] = []
        self._defaults = defaults

    def read(self, number: int, record: Mapping[str, object]) -> None:
        """Read the record of a line: its keys are headings in small letters and without blanks."""
        try:
            bar = _bar(record, self._defaults)
        except _NoBarError as refused:
            self.refused.append(f"line {number}: {refused}")
            return
        known = self.bars.setdefault((bar.security, bar.day, bar.adjusted), bar)
        if known is not bar:
            what = "once more" if known == bar else "again, with other figures"
            self.refused.append(f"line {number}: {bar.security} on {bar.day} {what}")
        elif is_outside(bar):
            self.doubtful.append(f"line {number}: open or close is outside of high and low")


def _bar(record: Mapping[str, object], defaults: Defaults) -> Bar:
    fields = _picked(tuple(record))
    told = {field: _text(record[heading]) for field, heading in fields.items()}
    owner, kind = _form(tuple(record))
    prices = [_price(told, field) for field in ("open", "high", "low", "close")]
    first, high, low, last = prices
    adjusted = told["adjusted"].lower() not in _RAW if "adjusted" in told else kind == "adjusted" or defaults.adjusted
    return Bar(
        security=_security(told.get("security", ""), defaults.security),
        day=_day(told.get("day", "")),
        open=first,
        high=high,
        low=low,
        close=last,
        previous_close=_previous(told, last),
        volume=_number(told.get("volume", "")),
        adjusted=adjusted,
        source=told.get("source") or defaults.source or owner or None,
    )


def _security(text: str, given: str | None) -> str:
    """Bring the code to its one form; what was given for the whole list only adds the exchange to one without."""
    if (code := one_form(text)) is not None:
        return code
    named = one_form(given or "")
    if named is not None and text.lstrip("0") in ("", named.partition(".")[0].lstrip("0")):
        return named
    message = f"{text or given or 'nothing'} names no security: say it with --security, as in 1810.HK"
    raise _NoBarError(message)


def _day(text: str) -> date:
    found = _DAY.match(text)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    message = f"{text or 'nothing'} is no day"
    raise _NoBarError(message)


def _price(told: Mapping[str, str], field: str) -> float:
    figure = _number(told.get(field, ""))
    if figure is None or not is_price(figure):
        raise _NoBarError(f"{field} is {told.get(field) or 'missing'}, which is no price")
    return figure


def _previous(told: Mapping[str, str], close: float) -> float | None:
    """Give the reference price: as told, or from how far the close was from it."""
    figure = _number(told.get("previous_close", ""))
    if figure is None and (change := _number(told.get("change", ""))) is not None:
        figure = round(close - change, _DECIMALS)
    return figure if is_price(figure) else None


def _number(text: str) -> float | None:
    try:
        figure = float(text.replace(",", ""))
    except ValueError:
        return None
    return figure if isfinite(figure) else None


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


@lru_cache(maxsize=8)
def _picked(headings: tuple[str, ...]) -> Mapping[str, str]:
    """Tell under which heading each field stands."""
    return {
        row[0]: heading
        for row in rows("columns")
        if not row[0].startswith("form ")
        for heading in [next(_present(row[1], headings), "")]
        if heading
    }


def _present(names: str, headings: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names.split() if name in headings)


@lru_cache(maxsize=8)
def _form(headings: tuple[str, ...]) -> tuple[str, str]:
    """Tell whose form a list has, and whether that adjusts its prices."""
    for row in rows("columns"):
        if row[0].startswith("form ") and row[1] in headings:
            _, owner, kind = row[0].split()
            return owner, kind
    return "", ""
