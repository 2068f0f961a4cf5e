"""A reported move held against the bars of its security: one verdict, with the numbers it rests on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from broadsheet.market.calendar import Exchange, Meant, exchange_of, session_meant
from broadsheet.market.cases import Case, judge, slack_of
from broadsheet.market.judging import Finding, is_understated
from broadsheet.market.limits import is_at_limit, is_special, limit_price, limits_on
from broadsheet.market.series import Day, days_of, is_idle, is_sound, is_suspect, may_be_split
from broadsheet.model import Bar, Check, Measure, MoveReport, Unchecked, require_utc

_DIGITS: Final = 4
_LARGEST: Final = 1e9


def check_move(move: MoveReport, bars: Sequence[Bar], published: datetime) -> Check:
    """Hold a move against the bars: of its own security, and of others where a halt is to be told from missing bars.

    `published` tells which session is meant, and whether the day was over by then: of a day that goes on, daily bars
    show only whether the reported figure was passed. Bars may come from several sources; they are compared.
    """
    require_utc(published)
    exchange = exchange_of(move.security or "")
    refused = _refused(move, exchange)
    if refused is not None or exchange is None:
        return Check(verdict="UNVERIFIABLE", move=move, security=move.security, reason=refused)
    meant = session_meant(exchange, published, move.statistic)
    if meant is None:
        return Check(verdict="UNVERIFIABLE", move=move, security=move.security, reason="unknown_time")
    return _on_day(move, bars, exchange, meant)


def _refused(move: MoveReport, exchange: Exchange | None) -> Unchecked | None:
    """Tell why a move cannot be checked by bars of any day."""
    if move.security is None:
        return "no_security"
    if exchange is None:
        return "no_session"
    if move.session != "regular":
        return "extended_hours"
    if move.statistic == "since_issue":
        return "no_data"
    figures = [figure for figure in (move.value, move.value_high) if figure is not None]
    return None if move.unit != "point" and all(abs(figure) < _LARGEST for figure in figures) else "no_number"


def _on_day(move: MoveReport, bars: Sequence[Bar], exchange: Exchange, meant: Meant) -> Check:
    security = move.security or ""
    days = days_of(bars, security, meant.session.day)
    if not days:
        reason = _absent(bars, security, meant)
        return Check(verdict="UNVERIFIABLE", move=move, security=security, day=meant.session.day, reason=reason)
    if is_suspect(days, security):
        return _report(move, days[0], Finding(verdict="DATA_SUSPECT"))
    case = Case(move=move, day=days[0], exchange=exchange, meant=meant)
    found = judge(case)
    if found.verdict == "CONTRADICTED" and may_be_split(case.day):
        found = Finding(verdict="DATA_SUSPECT")
    return _report(move, case.day, found, slack_of(case))


def _absent(bars: Sequence[Bar], security: str, meant: Meant) -> Unchecked:
    """Tell why there is no bar: the day is yet to come, or the security was halted, or nobody knows."""
    day = meant.session.day
    mine = [bar for bar in bars if bar.security == security]
    if any(bar.day == day and is_idle(bar) for bar in mine):
        return "halted"
    known = [bar.day for bar in mine]
    if not known or day < min(known) or day in known:
        return "no_data"
    others = {bar.security.rpartition(".")[2] for bar in bars if bar.day == day}
    if security.rpartition(".")[2] in others:
        return "halted"
    if day > max(known):
        return "not_yet"
    return "halted" if meant.session.confirmed else "no_session"


def _report(move: MoveReport, day: Day, found: Finding, slack: float | None = None) -> Check:
    """Write down a finding with the whole day beside it; of prices that are none, there is nothing to write."""
    bar = day.bar
    if not is_sound(day):
        return Check(verdict=found.verdict, move=move, security=bar.security, day=bar.day, source=bar.source)
    first, high, low, last = (round(figure, _DIGITS) for figure in day.changes())
    sign = -1 if move.direction == "down" else 1
    limit, closed = _limit(move, day, sign)
    value = move.value if move.operator == "over" and move.unit == "%" else None
    return Check(
        verdict=found.verdict,
        move=move,
        security=bar.security,
        day=bar.day,
        reason=found.reason,
        measure=_measure(found, sign),
        measured=None if found.measured is None else round(sign * found.measured, _DIGITS),
        previous_close=day.reference,
        open=first,
        high=high,
        low=low,
        close=last,
        tolerance=None if slack is None else round(slack, _DIGITS),
        limit=limit,
        closed_at_limit=closed,
        understated=None not in (value, found.measured) and is_understated(value or 0.0, found.measured or 0.0),
        adjusted=bar.adjusted,
        source=bar.source,
    )


def _measure(found: Finding, sign: int) -> Measure | None:
    """Name what a finding rests on."""
    if found.place == "top":
        return "high" if sign > 0 else "low"
    return found.place


def _limit(move: MoveReport, day: Day, sign: int) -> tuple[float | None, bool]:
    """Give the last price that the day allowed in the direction told, and whether it closed there."""
    bar = day.bar
    limits = limits_on(bar.security, bar.day, special=is_special(move.instrument))
    if not limits:
        return None, False
    percent = sign * limits[0].percent
    closed = is_at_limit(bar, bar.close, day.reference, percent)
    return limit_price(bar.security, day.reference, percent), closed
