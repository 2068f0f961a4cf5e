"""The bars of one security: which of them tells of a day, what changes count from, and whether to believe it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations, groupby
from typing import Final

from msgspec import Struct

from broadsheet.market.limits import limits_on
from broadsheet.model import Bar

_LONGEST_CLOSURE: Final = timedelta(days=12)
"""The exchanges of China were closed for eleven days at most: a bar that is older is not of the session before."""

_CHEAPEST, _DEAREST = 1e-6, 1e9
_SLACK: Final = 1e-4
_APART: Final = 0.3
_BEYOND: Final = 0.5


class Day(Struct, frozen=True, kw_only=True):
    """A session of a security: its bar, and the price that its changes count from.

    `quoted` where the bar itself names that price; else it is the last close. `earlier` are the bars of the same
    series before it, in their order.
    """

    bar: Bar
    reference: float
    quoted: bool
    earlier: tuple[Bar, ...]

    def percent(self, price: float) -> float:
        """Give a price as its change in percent."""
        return 100 * (price / self.reference - 1)

    def changes(self) -> tuple[float, float, float, float]:
        """Give open, high, low and close as changes in percent."""
        bar = self.bar
        return (self.percent(bar.open), self.percent(bar.high), self.percent(bar.low), self.percent(bar.close))


def days_of(bars: Iterable[Bar], security: str, day: date) -> list[Day]:
    """Give what each series of bars says of a day, the best first: raw ones, then those that quote their reference.

    A series is what one source says, raw and adjusted apart. One without a reference for its changes is left out, and
    so is a bar of a day without trade, which some vendors make up.
    """
    mine = sorted((bar for bar in bars if bar.security == security and not is_idle(bar)), key=_series)
    found: list[Day] = []
    for _, group in groupby(mine, key=_series):
        series = sorted((bar for bar in group if bar.day <= day), key=lambda bar: bar.day)
        earlier = tuple(bar for bar in series if bar.day < day and is_price(bar.close))
        found += [one for bar in series if bar.day == day and (one := _day(bar, earlier)) is not None]
    return sorted(found, key=lambda one: (one.bar.adjusted, not one.quoted))


def _series(bar: Bar) -> tuple[bool, str]:
    return bar.adjusted, bar.source or ""


def _day(bar: Bar, earlier: tuple[Bar, ...]) -> Day | None:
    if bar.previous_close is not None:
        return Day(bar=bar, reference=bar.previous_close, quoted=True, earlier=earlier)
    if earlier and bar.day - earlier[-1].day <= _LONGEST_CLOSURE:
        return Day(bar=bar, reference=earlier[-1].close, quoted=False, earlier=earlier)
    return None


def is_suspect(days: Sequence[Day], security: str) -> bool:
    """Tell whether the bars of a day contradict themselves, each other, or the limits of their board."""
    if not all(is_sound(day) for day in days):
        return True
    return _is_beyond(days[0], security) or any(_disagree(one, other) for one, other in combinations(days, 2))


def is_sound(day: Day) -> bool:
    """Tell whether prices are prices, and none is outside the day's range."""
    bar = day.bar
    prices = (day.reference, bar.open, bar.high, bar.low, bar.close)
    return all(map(is_price, prices)) and not is_outside(bar)


def is_outside(bar: Bar) -> bool:
    """Tell whether a day opened or closed outside of its own range."""
    return min(bar.open, bar.close) < bar.low * (1 - _SLACK) or bar.high * (1 + _SLACK) < max(bar.open, bar.close)


def is_idle(bar: Bar) -> bool:
    """Tell whether nothing was traded on a day: its bar only repeats a price."""
    return bar.volume == 0 and bar.low == bar.high


def is_price(figure: float | None) -> bool:
    """Tell whether a figure can be the price of anything: not so of zero, of infinity, and of what is no number."""
    return figure is not None and _CHEAPEST < figure < _DEAREST


def _is_beyond(day: Day, security: str) -> bool:
    """Tell whether a raw price went further than its board allows; a new listing may, in its first sessions."""
    limits = limits_on(security, day.bar.day)
    if day.bar.adjusted or not limits or len(day.earlier) < limits[0].free:
        return False
    _, high, low, _ = day.changes()
    return max(high, -low) > limits[0].percent + _BEYOND + 100 * rounding(day)


def _disagree(one: Day, other: Day) -> bool:
    """Tell whether two bars of a day differ by more than rounding; the open is told loosely by many, and left out."""
    allowed = _APART + 100 * (rounding(one) + rounding(other))
    return any(abs(a - b) > allowed for a, b in zip(one.changes()[1:], other.changes()[1:], strict=True))


def rounding(day: Day) -> float:
    """Give what half a step of prices written with two decimals is, as a part of the reference; else nothing."""
    prices = (day.reference, day.bar.high, day.bar.low, day.bar.close)
    return 0.005 / day.reference if all(abs(price - round(price, 2)) < 1e-9 for price in prices) else 0.0


def may_be_split(day: Day) -> bool:
    """Tell whether the day opened so far from a last close that no exchange quoted that a split is as likely."""
    return not day.quoted and not 0.6 < day.bar.open / day.reference < 1.7
