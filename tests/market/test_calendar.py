"""Sessions, their hours, and which of them a report means."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from broadsheet.market import calendar
from broadsheet.market.calendar import Exchange, exchange_of, session_before, session_meant, trading_day
from broadsheet.model import Statistic


def exchange(security: str) -> Exchange:
    found = exchange_of(security)
    assert found is not None
    return found


SHANGHAI, HONG_KONG, NEW_YORK = (exchange(code) for code in ("600901.SH", "0901.HK", "ACME.US"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "mic"), [("600901.SH", "XSHG"), ("000901.SZ", "XSHE"), ("830901.BJ", "BJSE"), ("0901.HK", "XHKG")]
)
def test_exchanges_are_told_by_suffix(code: str, mic: str) -> None:
    assert exchange(code).mic == mic
    assert exchange_of(code[:-3]) is None


def test_hours_are_utc_and_short_days_are_short() -> None:
    plain, short = (trading_day(HONG_KONG, day) for day in (date(2022, 8, 26), date(2024, 12, 24)))
    assert plain is not None
    assert short is not None
    assert (plain.opening, plain.opens) == (at("2022-08-26 01:20"), at("2022-08-26 01:30"))
    assert (plain.pauses, plain.closes, plain.confirmed) == (at("2022-08-26 04:00"), at("2022-08-26 08:00"), True)
    assert (short.pauses, short.closes) == (short.opens, at("2024-12-24 04:00"))


def test_holidays_are_no_sessions() -> None:
    assert trading_day(SHANGHAI, date(2022, 10, 3)) is None
    assert trading_day(NEW_YORK, date(2022, 10, 3)) is not None
    before = session_before(SHANGHAI, date(2022, 10, 10))
    assert before is not None
    assert before.day == date(2022, 9, 30)


def test_past_the_last_day_known_weekdays_are_unconfirmed() -> None:
    monday, sunday = (trading_day(SHANGHAI, date(2031, 1, day)) for day in (6, 5))
    assert monday is not None
    assert sunday is None
    assert (monday.confirmed, monday.opens, monday.pauses) == (False, at("2031-01-06 01:30"), at("2031-01-06 03:30"))


def test_before_the_first_day_known_too() -> None:
    found = trading_day(SHANGHAI, date(1985, 1, 7))
    assert found is not None
    assert not found.confirmed


@pytest.fixture
def _without_the_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "exchange_calendars", None)
    forget()
    yield
    forget()


def forget() -> None:
    """Let calendars be asked again."""
    calendar._known.cache_clear()
    calendar.trading_day.cache_clear()


@pytest.mark.usefixtures("_without_the_package")
def test_without_the_package_weekdays_are_unconfirmed() -> None:
    found = trading_day(NEW_YORK, date(2022, 8, 26))
    assert found is not None
    assert not found.confirmed
    assert (found.opens, found.pauses, found.closes) == (at("2022-08-26 13:30"), found.opens, at("2022-08-26 20:00"))


@pytest.mark.parametrize(
    ("published", "statistic", "day", "complete", "fresh"),
    [
        ("2022-08-26 01:00", "last", "2022-08-25", True, False),
        ("2022-08-26 01:26", "open", "2022-08-26", False, False),
        ("2022-08-26 01:20", "open", "2022-08-25", True, False),
        ("2022-08-26 02:00", "last", "2022-08-26", False, False),
        ("2022-08-26 02:00", "noon", "2022-08-25", True, False),
        ("2022-08-26 03:40", "noon", "2022-08-26", False, False),
        ("2022-08-26 06:59", "close", "2022-08-25", True, False),
        ("2022-08-26 07:01", "close", "2022-08-26", True, True),
        ("2022-08-26 08:01", "last", "2022-08-26", True, False),
        ("2022-08-27 04:00", "last", "2022-08-26", True, False),
        ("2022-08-28 04:00", "close", "2022-08-26", True, False),
        ("2022-10-05 04:00", "last", "2022-09-30", True, False),
    ],
)
def test_the_session_meant(published: str, statistic: Statistic, day: str, complete: bool, fresh: bool) -> None:
    found = session_meant(SHANGHAI, at(published), statistic)
    assert found is not None
    assert (found.session.day.isoformat(), found.complete, found.fresh) == (day, complete, fresh)


def test_an_evening_in_china_is_a_morning_in_new_york() -> None:
    found = session_meant(NEW_YORK, at("2022-08-26 14:30"), "last")
    assert found is not None
    assert (found.session.day, found.complete) == (date(2022, 8, 26), False)


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_time_mean_no_session(year: int) -> None:
    assert session_meant(SHANGHAI, datetime(year, 3, 3, 3, tzinfo=UTC), "last") is None


@pytest.mark.parametrize("midnight", ["2022-08-26 00:00", "2022-08-25 16:00"])
def test_midnight_sharp_is_no_time(midnight: str) -> None:
    assert session_meant(SHANGHAI, at(midnight), "last") is None


def test_where_nothing_was_traded_for_weeks_no_session_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any) -> None:
        return None

    monkeypatch.setattr(calendar, "trading_day", nothing)
    assert session_meant(SHANGHAI, at("2022-08-26 05:00"), "last") is None
