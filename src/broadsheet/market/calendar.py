"""Sessions of exchanges, and which of them a report means that was published at a moment.

Which days are sessions is known where the package exchange_calendars is installed (`broadsheet[market]`); without it,
and past the last day that it knows, every weekday is taken for a plain session that is not confirmed.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from broadsheet.market.tables import rows
from broadsheet.model import Statistic

_ERA: Final = 10
_FIRST_ERA, _LAST_ERA = 199, 204
_LONGEST_CLOSURE: Final = 20
_WRITING: Final = timedelta(hours=1)
"""How long after the close a text may come out that was written before it."""


class Exchange(Struct, frozen=True, kw_only=True):
    """Where securities of one suffix are traded, and the hours of a plain day in its zone."""

    mic: str
    calendar: str
    zone: ZoneInfo
    currency: str
    tick: float
    opening: time
    opens: time
    pauses: time | None
    closes: time


class TradingDay(Struct, frozen=True, kw_only=True):
    """One session, its hours as UTC moments: at `opening` its first price is known, at `pauses` the morning ends."""

    day: date
    opening: datetime
    opens: datetime
    pauses: datetime
    closes: datetime
    confirmed: bool


class Meant(Struct, frozen=True, kw_only=True):
    """The session that a report means; `complete` where it was over by then, `fresh` where it was so only just."""

    session: TradingDay
    complete: bool
    fresh: bool


@lru_cache(maxsize=32)
def exchange_of(security: str) -> Exchange | None:
    """Give the exchange of a code, by its suffix."""
    suffix = security.rpartition(".")[2]
    row = next((row for row in rows("exchanges") if row[0] == suffix), None)
    if row is None:
        return None
    opening, opens, pauses, closes = (None if cell == "-" else time.fromisoformat(cell) for cell in row[6:])
    return Exchange(
        mic=row[1],
        calendar=row[2],
        zone=ZoneInfo(row[3]),
        currency=row[4],
        tick=float(row[5]),
        opening=opening or time(),
        opens=opens or time(),
        pauses=pauses,
        closes=closes or time(),
    )


@lru_cache(maxsize=4096)
def trading_day(exchange: Exchange, day: date) -> TradingDay | None:
    """Give the session of a day, None where there is none."""
    known = _known(exchange.calendar, day.year // _ERA)
    if known is not None and known.first_session.date() <= day <= known.last_session.date():
        return _confirmed(exchange, known, day) if known.is_session(day.isoformat()) else None
    return _plain(exchange, day) if day.isoweekday() <= 5 else None


def session_before(exchange: Exchange, day: date) -> TradingDay | None:
    """Give the last session before a day."""
    days = (day - timedelta(days=back) for back in range(1, _LONGEST_CLOSURE))
    return next((found for earlier in days if (found := trading_day(exchange, earlier))), None)


def session_meant(exchange: Exchange, published: datetime, statistic: Statistic) -> Meant | None:
    """Tell which session a report means: today's as soon as it has such a statistic, else the one before.

    None where the time of day is not known: a moment at midnight sharp is a date without a time.
    """
    if not 1 < published.year < 9999:
        return None
    local = published.astimezone(exchange.zone)
    today = trading_day(exchange, local.date())
    if today is not None and time() in (local.time(), published.time()):
        return None
    if today is None or published < _since(today, statistic):
        before = session_before(exchange, local.date())
        return None if before is None else Meant(session=before, complete=True, fresh=False)
    return Meant(
        session=today,
        complete=published >= today.closes,
        fresh=today.closes <= published < today.closes + _WRITING,
    )


def _since(today: TradingDay, statistic: Statistic) -> datetime:
    """Tell from when on a session has a statistic."""
    match statistic:
        case "open":
            return today.opening
        case "noon":
            return today.pauses
        case "close":
            return today.closes
        case _:
            return today.opens


def _plain(exchange: Exchange, day: date) -> TradingDay:
    return TradingDay(
        day=day,
        opening=_moment(exchange, day, exchange.opening),
        opens=_moment(exchange, day, exchange.opens),
        pauses=_moment(exchange, day, exchange.pauses or exchange.opens),
        closes=_moment(exchange, day, exchange.closes),
        confirmed=False,
    )


def _moment(exchange: Exchange, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, exchange.zone).astimezone(UTC)


def _confirmed(exchange: Exchange, known: Any, day: date) -> TradingDay:
    """Take the hours of a session from its calendar: they were others once, and some days are short."""
    name = day.isoformat()
    opens = known.session_open(name).to_pydatetime().astimezone(UTC)
    pauses = (
        known.session_break_start(name).to_pydatetime().astimezone(UTC) if known.session_has_break(name) else opens
    )
    plain = _plain(exchange, day)
    return TradingDay(
        day=day,
        opening=opens - (plain.opens - plain.opening),
        opens=opens,
        pauses=pauses,
        closes=known.session_close(name).to_pydatetime().astimezone(UTC),
        confirmed=True,
    )


@lru_cache(maxsize=64)
def _known(name: str, era: int) -> Any:
    """Build the calendar of ten years, whatever today is; None without the package or where it knows none of them."""
    if not _FIRST_ERA <= era <= _LAST_ERA:
        return None
    try:
        import exchange_calendars
        import pandas
    except ImportError:
        return None
    factory = type(exchange_calendars.get_calendar(name, start="2021-01-01", end="2021-12-31"))
    start, end = pandas.Timestamp(era * _ERA, 1, 1), pandas.Timestamp(era * _ERA + _ERA - 1, 12, 31)
    start = max(start, factory.bound_min() or start)
    end = min(end, factory.bound_max() or end)
    return factory(start=start, end=end) if start < end else None
