"""Prices in the store: what each source says of each session, raw and adjusted apart."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Final

import msgspec

from broadsheet.model import Bar, KeptBars, PricesState
from broadsheet.store.engines.engine import Engine
from broadsheet.store.rows import Row

_APART: Final = 0.003
"""By how much two sources may differ on a day before they conflict: rounding and ticks make a tenth of it."""

_ENCODER = msgspec.msgpack.Encoder()


class Prices:
    """The bars of a store's securities."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def bars(self, security: str, since: date, until: date) -> list[Bar]:
        """Read the bars of a security, both days included, in the order of days; of a day, raw ones first."""
        rows = self._engine.rows("bars", security=security, since=since.toordinal(), until=until.toordinal())
        return list(map(_bar, rows))

    def securities(self) -> list[str]:
        """Name all that have bars, in order of their codes."""
        return [row[0] for row in self._engine.rows("priced")]

    def state(self) -> PricesState:
        """How many securities have bars, and from which day to which."""
        ((count, first, last),) = self._engine.rows("span_of_prices")
        since, until = (None if day is None else date.fromordinal(day) for day in (first, last))
        return PricesState(securities=count, since=since, until=until)

    def digest(self, security: str) -> str:
        """Give what changes whenever a bar of a security does; empty for one without bars."""
        row = self._engine.row("digest_of_prices", security=security)
        return row[0] if row else ""

    def keep(self, bars: Iterable[Bar]) -> KeptBars:
        """Write bars, all or none: one of the same security, day, source and kind gives way to the new."""
        told: Counter[str] = Counter()
        mine = attrgetter("security")
        with self._engine.transaction():
            for security, group in groupby(sorted(bars, key=mine), key=mine):
                told += self._keep(security, list(group))
        return KeptBars(**told)

    def _keep(self, security: str, bars: Sequence[Bar]) -> Counter[str]:
        since, until = min(bar.day for bar in bars), max(bar.day for bar in bars)
        before = {_key(bar): bar for bar in self.bars(security, since, until)}
        told = Counter(_fate(before.get(_key(bar)), bar) for bar in bars)
        if told.keys() - {"known"}:
            self._engine.write_all("keep_bar", map(_values, bars))
            self._engine.write("keep_priced", {"security": security, "digest": self._digest(security)})
        told["conflicting"] = len(list(_conflicts(bars, self.bars(security, since, until))))
        return told

    def _digest(self, security: str) -> str:
        rows = self._engine.rows("bars", security=security, since=0, until=date.max.toordinal())
        return blake2b(_ENCODER.encode(rows), digest_size=8).hexdigest()


def _key(bar: Bar) -> tuple[date, bool, str | None]:
    return bar.day, bar.adjusted, bar.source


def _fate(before: Bar | None, bar: Bar) -> str:
    if before is None:
        return "new"
    return "known" if before == bar else "changed"


def _conflicts(bars: Sequence[Bar], kept: Iterable[Bar]) -> Iterator[Bar]:
    """Give the new bars of which another source says that the day went elsewhere."""
    others: dict[date, list[Bar]] = {}
    for bar in kept:
        others.setdefault(bar.day, []).append(bar)
    for bar in bars:
        if any(other.source != bar.source and _differ(bar, other) for other in others[bar.day]):
            yield bar


def _differ(one: Bar, other: Bar) -> bool:
    """Tell whether two bars of a day disagree: on where it went, or if both are raw, on where it ended."""
    if one.previous_close and other.previous_close:
        return abs(one.close / one.previous_close - other.close / other.previous_close) > _APART
    return not (one.adjusted or other.adjusted) and abs(one.close - other.close) > _APART * other.close


def _values(bar: Bar) -> dict[str, object]:
    fields = msgspec.structs.asdict(bar)
    return fields | {"day": bar.day.toordinal(), "adjusted": int(bar.adjusted), "source": bar.source or ""}


def _bar(row: Row) -> Bar:
    security, day, first, high, low, last, previous, volume, adjusted, source = row
    return Bar(
        security=security,
        day=date.fromordinal(day),
        open=first,
        high=high,
        low=low,
        close=last,
        previous_close=previous,
        volume=volume,
        adjusted=bool(adjusted),
        source=source or None,
    )
