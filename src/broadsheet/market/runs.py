"""Limits that were met, and sessions in a row."""

from collections.abc import Callable
from typing import Final

from broadsheet.market.judging import Finding, Place
from broadsheet.market.limits import is_at_limit, limits_on
from broadsheet.market.series import Day
from broadsheet.market.windows import references_of
from broadsheet.market.words import Run
from broadsheet.model import Bar, CheckVerdict


def limit_met(manner: str, day: Day, sign: int, *, special: bool) -> Finding:
    """Hold a limit as reported against a day: `manner` says how it was met, `sign` which of the two it was.

    A share may be under special treatment though its name does not say so here: its limit is taken for possible.
    """
    found = _limit_met(manner, day, sign, special=special)
    if found.verdict == "CONTRADICTED" and not special:
        other = _limit_met(manner, day, sign, special=True)
        return Finding(verdict="CONSISTENT", place="limit") if other.verdict in ("CONFIRMED", "CONSISTENT") else found
    return found


def _limit_met(manner: str, day: Day, sign: int, *, special: bool) -> Finding:
    bar = day.bar
    percents = [sign * limit.percent for limit in limits_on(bar.security, bar.day, special=special)]
    if not percents:
        return Finding(verdict="UNVERIFIABLE", reason="no_number")
    top, bottom = (bar.high, bar.low) if sign > 0 else (bar.low, bar.high)
    met = [any(is_at_limit(bar, price, day.reference, one) for one in percents) for price in (top, bottom, bar.close)]
    return Finding(verdict=_verdict(manner, *met), place="limit")


def _verdict(manner: str, top: bool, bottom: bool, close: bool) -> CheckVerdict:
    """Judge by which of a day's prices were at its limit; a bar does not tell how often a limit was left between."""
    match manner:
        case "touched":
            return "CONFIRMED" if top else "CONTRADICTED"
        case "locked" if bottom:
            return "CONFIRMED"
        case "opened" if top and not close:
            return "CONFIRMED"
        case "" if close:
            return "CONFIRMED"
    return "CONSISTENT" if top else "CONTRADICTED"


def in_a_row(run: Run, day: Day, sign: int, *, settled: bool) -> Finding:
    """Hold sessions in a row against the bars: up to the day, or to the one before while it is not settled."""
    bars = (*day.earlier, day.bar)
    held = [_HELD[run.what](bar, reference, sign) for bar, reference in zip(bars, references_of(bars), strict=True)]
    ends = (len(held),) if settled else (len(held), len(held) - 1)
    windows = [held[end - run.count : end] for end in ends if end >= run.count]
    if not windows or any(one is None for window in windows for one in window):
        return Finding(verdict="UNVERIFIABLE", reason="no_data")
    agrees = any(sum(map(bool, window)) == run.hits for window in windows)
    place: Place = "close" if run.what in ("candles", "closes") else "limit"
    return Finding(verdict="CONFIRMED" if agrees else "CONTRADICTED", place=place)


def _closed_at_limit(bar: Bar, reference: float | None, sign: int) -> bool | None:
    if not reference:
        return None
    limits = [limit for special in (False, True) for limit in limits_on(bar.security, bar.day, special=special)]
    return any(is_at_limit(bar, bar.close, reference, sign * limit.percent) for limit in limits) if limits else None


def _closed_beyond(bar: Bar, reference: float | None, sign: int) -> bool | None:
    return None if reference is None else sign * (bar.close - reference) > 0


def _candle(bar: Bar, reference: float | None, sign: int) -> bool | None:
    """Tell whether a bar is filled by its direction; many say 三连阳 of closes."""
    return sign * (bar.close - bar.open) > 0 or _closed_beyond(bar, reference, sign)


_HELD: Final[dict[str, Callable[[Bar, float | None, int], bool | None]]] = {
    "limits": _closed_at_limit,
    "count": _closed_at_limit,
    "candles": _candle,
    "closes": _closed_beyond,
}
