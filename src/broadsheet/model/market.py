"""Prices of securities, and what they say of a move that somebody reported."""

from datetime import date, datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from broadsheet.model.facts import MoveReport
from broadsheet.model.moments import require_utc

CheckVerdict = Literal[
    "CONFIRMED", "CONSISTENT", "CONSISTENT_LATER_HIGH", "CONTRADICTED", "UNVERIFIABLE", "DATA_SUSPECT"
]
Unchecked = Literal[
    "no_security", "no_data", "halted", "extended_hours", "no_session", "unknown_time", "no_number", "not_yet"
]
"""Why a move could not be checked."""

Measure = Literal["open", "high", "low", "close", "range", "cumulative", "ytd", "since_issue", "limit"]
"""Which statistic of the bars a reported move was held against; `range` is from the day's low to its high."""

BARS_BEFORE: Final = timedelta(days=35)
BARS_AFTER: Final = timedelta(days=10)
"""Days round a move whose prices it is held against: some 24 sessions before it, 7 after."""


class Bar(Struct, frozen=True, kw_only=True):
    """One session of one security, prices as its exchange quoted them.

    `previous_close` is the exchange's reference for the day's changes, not yesterday's close after a dividend.
    `adjusted` prices were divided afterwards by later dividends and splits: their changes are near, not exact.
    """

    security: str
    day: date
    open: float
    high: float
    low: float
    close: float
    previous_close: float | None = None
    volume: float | None = None
    adjusted: bool = False
    source: str | None = None


class KeptBars(Struct, frozen=True, kw_only=True):
    """What became of bars that were to be kept: `changed` ones had other figures before.

    `conflicting` are those of which another source tells another change of the day; both are kept.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    conflicting: int = 0


class PricesState(Struct, frozen=True, kw_only=True):
    """How many securities have bars, and from which day to which; no days where there are none."""

    securities: int = 0
    since: date | None = None
    until: date | None = None


class Check(Struct, frozen=True, kw_only=True):
    """A reported move held against the bars: the verdict, and the numbers that were used for it.

    `measured` is what the bars give for `measure`, and `open`, `high`, `low`, `close` the whole day, all in percent
    of `previous_close`; `limit` is the price that the day allowed at most in the direction reported, if it did.
    """

    verdict: CheckVerdict
    move: MoveReport
    security: str | None = None
    day: date | None = None
    reason: Unchecked | None = None
    measure: Measure | None = None
    measured: float | None = None
    previous_close: float | None = None
    open: float | None = None
    high: float | None = None
    low: float | None = None
    close: float | None = None
    tolerance: float | None = None
    limit: float | None = None
    closed_at_limit: bool = False
    understated: bool = False
    adjusted: bool = False
    source: str | None = None


class CheckedMove(Struct, frozen=True, kw_only=True):
    """A move as one post reported it, and its check."""

    post_id: str
    published: datetime
    check: Check

    def __post_init__(self) -> None:
        require_utc(self.published)
