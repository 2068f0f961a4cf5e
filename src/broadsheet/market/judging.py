"""Figures as reported against figures as measured: how far they may be apart, and what each way of saying asks for.

Everything here looks upwards: of a fall, the signs are changed first, so that its low is the high.
"""

from typing import Final, Literal

from msgspec import Struct

from broadsheet.model import CheckVerdict, Operator, Unchecked

_SOURCE_ERROR: Final = 0.02
"""What two vendors' percentages of one move differ by, in percentage points."""


Place = Literal["open", "top", "close", "range", "limit", "cumulative", "ytd"]
"""What a finding rests on."""


class Figures(Struct, frozen=True, kw_only=True):
    """Four figures of a session, in percent or as prices, turned so that the reported direction is upwards."""

    open: float
    top: float
    bottom: float
    close: float


class Said(Struct, frozen=True, kw_only=True):
    """What a report says: all figures from `least` to `most` agree with it.

    `later` is how far the day's top may be above without being another figure; beyond it, the day went on.
    """

    least: float
    most: float
    later: float


class Finding(Struct, frozen=True, kw_only=True):
    """A verdict, what it rests on, and that figure, turned upwards; None where it is more than one figure."""

    verdict: CheckVerdict
    place: Place | None = None
    measured: float | None = None
    reason: Unchecked | None = None


def tolerance(step: float, value: float, rounding: float) -> float:
    """Give by how many percentage points a right figure may be off: half a step of its print, and of the prices.

    `rounding` is half a step of the prices as a part of the reference.
    """
    return step / 2 + 100 * rounding * (1 + abs(value) / 100) + _SOURCE_ERROR


def said(operator: Operator, value: float, high: float | None, slack: float, unit: float = 1.0) -> Said:
    """Read an operator: `slack` is the tolerance, `unit` how much of the figure's unit one percentage point is."""
    size = abs(value)
    match operator:
        case "over":
            return Said(least=value - slack, most=float("inf"), later=float("inf"))
        case "near":
            return Said(least=value - max(0.5 * unit, 0.05 * size), most=value + slack, later=value + slack)
        case "about":
            about = max(0.3 * unit, 0.05 * size, slack)
            return Said(least=value - about, most=value + about, later=value + max(unit, about))
        case "range" if high is not None:
            low, top = sorted((value, high))
            return Said(least=low - slack, most=top + slack, later=top + max(unit, slack))
        case _:
            return Said(least=value - slack, most=value + slack, later=value + max(unit, slack))


def at_point(words: Said, measured: float, place: Place) -> Finding:
    """Hold one figure of the day against what was said."""
    agrees = words.least <= measured <= words.most
    return Finding(verdict="CONFIRMED" if agrees else "CONTRADICTED", place=place, measured=measured)


def at_top(words: Said, figures: Figures) -> Finding:
    """Hold the day's top against a top as of the moment of the report: the day may have gone higher since."""
    if figures.top < words.least:
        return Finding(verdict="CONTRADICTED", place="top", measured=figures.top)
    verdict: CheckVerdict = "CONSISTENT_LATER_HIGH" if figures.top > words.later else "CONFIRMED"
    return Finding(verdict=verdict, place="top", measured=figures.top)


def in_range(words: Said, figures: Figures) -> Finding:
    """Tell whether the day passed what was said at any moment: more cannot be asked of a bar of a whole day."""
    passed = words.least <= figures.top and figures.bottom <= words.most
    return Finding(verdict="CONSISTENT" if passed else "CONTRADICTED", place="range")


def at_moment(words: Said, figures: Figures, *, settled: bool) -> Finding:
    """Hold the last price as of a report against the close, or against the day's range if it was not settled."""
    closed = at_point(words, figures.close, "close")
    return closed if settled or closed.verdict == "CONFIRMED" else in_range(words, figures)


def by_sign(measured: float, slack: float, place: Place) -> Finding:
    """Hold one figure against a word that tells a direction only."""
    if measured > 0:
        return Finding(verdict="CONFIRMED", place=place, measured=measured)
    return Finding(verdict="CONSISTENT" if measured > -slack else "CONTRADICTED", place=place, measured=measured)


def turned(figures: Figures) -> Finding:
    """Tell whether a day went from the other side of its reference to this one."""
    if not figures.bottom < 0 < figures.top:
        return Finding(verdict="CONTRADICTED", place="range")
    return Finding(verdict="CONFIRMED" if figures.close > 0 else "CONSISTENT", place="close", measured=figures.close)


def crossed(figures: Figures, *, settled: bool) -> Finding:
    """Tell whether a day opened on the other side and then came this way, as 高开低走 says."""
    if figures.open < 0 and figures.close > figures.open:
        return Finding(verdict="CONFIRMED", place="close", measured=figures.close)
    began = not settled and figures.open < 0 and figures.top > figures.open
    return Finding(verdict="CONSISTENT" if began else "CONTRADICTED", place="range")


def faded(figures: Figures) -> Finding:
    """Tell whether a day lost much of its rise, as 冲高回落 says: its figures are those of the fall."""
    rise, lost = -figures.bottom, figures.close - figures.bottom
    if rise > 0 and lost >= max(2.0, 0.4 * rise):
        return Finding(verdict="CONFIRMED", place="close", measured=figures.close)
    return Finding(verdict="CONSISTENT" if rise > 0 and lost > 0 else "CONTRADICTED", place="range")


def is_understated(value: float, measured: float) -> bool:
    """Tell whether "over N" says so little of a figure that it misleads."""
    return measured >= value + max(1.0, 0.1 * abs(value))
