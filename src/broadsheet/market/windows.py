"""How far a security went over several sessions."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import prod
from typing import Final

from broadsheet.market.series import Day, is_price
from broadsheet.model import Bar

_NEW_YEAR: Final = timedelta(days=12)
_OLDEST: Final = timedelta(days=12)


def growth_of(day: Day, sessions: int | None) -> float | None:
    """Give by what a security had grown before a day, counted from the reference of the first of so many sessions.

    The day is the last of them; without a number they are those of its year. The close of the first session would be
    the wrong base: 累计 counts what that day brought. Each session counts from the reference that its exchange
    quoted, so that dividends and splits do no harm. None where the bars do not reach back so far.
    """
    bars = (*day.earlier, day.bar)
    if sessions is None:
        first = date(day.bar.day.year, 1, 1)
        sessions = sum(bar.day >= first for bar in bars)
        if bars[-sessions].day - first > _NEW_YEAR:
            return None
    if not 0 < sessions <= len(bars):
        return None
    start = len(bars) - sessions
    references = list(references_of(bars))[start:-1]
    window = bars[start:-1]
    steps = [bar.close / base for bar, base in zip(window, references, strict=True) if base is not None]
    return prod(steps) if len(steps) == len(window) else None


def references_of(bars: Sequence[Bar]) -> Iterator[float | None]:
    """Give what the changes of each bar count from: what it quotes, else the close before, else None."""
    last: Bar | None = None
    for bar in bars:
        if bar.previous_close is not None:
            yield bar.previous_close if is_price(bar.previous_close) else None
        else:
            yield last.close if last is not None and bar.day - last.day <= _OLDEST else None
        last = bar
