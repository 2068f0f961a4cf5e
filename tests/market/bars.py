"""Bars and moves by hand, and the moments of a day in Shanghai, of which Hong Kong keeps the time."""

from datetime import UTC, date, datetime
from typing import Any

from msgspec import convert

from broadsheet.market import check_move
from broadsheet.model import Bar, Check, MoveReport

FRIDAY = date(2022, 8, 26)
DURING = datetime(2022, 8, 26, 6, 33, 2, tzinfo=UTC)
EVENING = datetime(2022, 8, 26, 12, 30, tzinfo=UTC)
SHARE = "600901.SH"


def bar(prices: str, day: date = FRIDAY, **other: Any) -> Bar:
    """A bar from "previous: open high low close"; without a previous close where nothing stands before the colon."""
    before, _, day_prices = prices.rpartition(":")
    first, high, low, last = map(float, day_prices.split())
    given = {"security": SHARE, "previous_close": float(before) if before else None} | other
    return Bar(day=day, open=first, high=high, low=low, close=last, **given)


def move(words: str, surface: str = "", **other: Any) -> MoveReport:
    """A move from "direction value operator statistic", `-` where there is no value."""
    direction, value, operator, statistic = words.split()
    number = None if value == "-" else float(value)
    given = {"instrument": "玉兔科技", "security": SHARE, "unit": "none" if number is None else "%"} | other
    told = {"direction": direction, "value": number, "operator": operator, "statistic": statistic}
    surface = surface or value
    return convert({"start": 0, "end": len(surface), "surface": surface} | told | given, MoveReport)


def checked(reported: MoveReport, *bars: Bar, at: datetime = EVENING) -> Check:
    """A move held against bars."""
    return check_move(reported, bars, at)
