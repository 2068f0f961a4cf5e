"""Limits that were met, and sessions in a row."""

from datetime import date

import pytest
from tests.market.bars import DURING, EVENING, bar, checked, move

from broadsheet.model import Bar

LOCKED = bar("10: 11 11 11 11")
CLOSED = bar("10: 10 11 10 11")
OPENED = bar("10: 10 11 10 10.6")
NEVER = bar("10: 10 10.8 10 10.6")
HALVED = bar("10: 10 10.5 10 10.5")


@pytest.mark.parametrize(
    ("surface", "day", "verdict"),
    [
        ("涨停", CLOSED, "CONFIRMED"),
        ("涨停", OPENED, "CONSISTENT"),
        ("涨停", NEVER, "CONTRADICTED"),
        ("涨停", HALVED, "CONSISTENT"),
        ("一度触及涨停", OPENED, "CONFIRMED"),
        ("一度触及涨停", NEVER, "CONTRADICTED"),
        ("一字涨停", LOCKED, "CONFIRMED"),
        ("一字涨停", CLOSED, "CONSISTENT"),
        ("一字涨停", NEVER, "CONTRADICTED"),
        ("炸板", OPENED, "CONFIRMED"),
        ("炸板", CLOSED, "CONSISTENT"),
        ("炸板", NEVER, "CONTRADICTED"),
    ],
)
def test_limits_that_were_met(surface: str, day: Bar, verdict: str) -> None:
    found = checked(move("up - limit_up limit", surface), day)
    assert (found.verdict, found.measure, found.limit) == (verdict, "limit", 11.0)


def test_the_lower_limit_is_the_mirror() -> None:
    found = checked(move("down - limit_down limit", "跌停"), bar("10: 10 10 9 9"))
    assert (found.verdict, found.limit, found.closed_at_limit) == ("CONFIRMED", 9.0, True)


def test_a_share_under_special_treatment_has_its_own_limit() -> None:
    special = move("up - limit_up limit", "涨停", instrument="*ST白鹤")
    assert checked(special, HALVED).verdict == "CONFIRMED"
    assert checked(special, CLOSED).verdict == "CONTRADICTED"


def test_a_limit_that_was_only_near() -> None:
    near = move("up - near limit", "逼近涨停")
    assert checked(near, bar("10: 10 10.97 10 10.6")).verdict == "CONFIRMED"
    assert checked(near, NEVER).verdict == "CONTRADICTED"


def test_there_is_no_limit_in_hong_kong() -> None:
    found = checked(
        move("up - limit_up limit", "涨停", security="0901.HK"), bar("10: 10 11 10 11", security="0901.HK")
    )
    assert (found.verdict, found.reason) == ("UNVERIFIABLE", "no_number")
    near = checked(
        move("up - near limit", "逼近涨停", security="0901.HK"), bar("10: 10 11 10 11", security="0901.HK")
    )
    assert near.verdict == "CONSISTENT"


DAYS = [date(2022, 8, number) for number in (22, 23, 24, 25, 26)]
RISING = [
    bar("10: 10 10.5 10 10.2", DAYS[0]),
    bar("10.2: 11.22 11.22 11.22 11.22", DAYS[1]),
    bar("11.22: 12.34 12.34 12.34 12.34", DAYS[2]),
    bar("12.34: 12.4 13.57 12.3 13.57", DAYS[3]),
    bar("13.57: 13.6 14.0 13.1 13.4", DAYS[4]),
]


@pytest.mark.parametrize(
    ("words", "surface", "evening", "during"),
    [
        ("up - limit_up limit", "三连板", "CONTRADICTED", "CONFIRMED"),
        ("up - limit_up limit", "4天3板", "CONFIRMED", "CONFIRMED"),
        ("up - limit_up limit", "连续五日涨停", "CONTRADICTED", "CONTRADICTED"),
        ("up - none cumulative", "四连涨", "CONTRADICTED", "CONFIRMED"),
        ("up - none cumulative", "四连阳", "CONTRADICTED", "CONFIRMED"),
        ("up - none cumulative", "八连阳", "UNVERIFIABLE", "UNVERIFIABLE"),
        ("down - none cumulative", "两连跌", "CONTRADICTED", "CONTRADICTED"),
    ],
)
def test_sessions_in_a_row_end_today_or_while_it_goes_on_the_day_before(
    words: str, surface: str, evening: str, during: str
) -> None:
    reported = move(words, surface)
    assert [checked(reported, *RISING, at=moment).verdict for moment in (EVENING, DURING)] == [evening, during]


def test_a_row_of_limits_needs_bars_that_tell_their_reference() -> None:
    bars = [bar(": 10 11 10 11", DAYS[3]), bar(": 12.1 12.1 12.1 12.1")]
    assert checked(move("up - limit_up limit", "两连板"), *bars).reason == "no_data"
    assert checked(move("up - none cumulative", "两连涨"), *bars).reason == "no_data"
