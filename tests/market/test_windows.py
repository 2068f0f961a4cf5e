"""How far a security went over several sessions: from the reference of the first."""

from datetime import date

import pytest
from tests.market.bars import SHARE, bar, checked, move

from broadsheet.market.series import Day, days_of
from broadsheet.market.windows import growth_of
from broadsheet.model import Bar

DAYS = [date(2022, 8, number) for number in (23, 24, 25, 26)]


def last_of(bars: list[Bar]) -> Day:
    return days_of(bars, SHARE, bars[-1].day)[0]


def growing(*closes: float, previous: float | None = None) -> list[Bar]:
    """Bars whose closes these are; the first counts from `previous`."""
    return [
        bar(f"{previous if number == 0 and previous else ''}: {close} {close} {close} {close}", DAYS[number])
        for number, close in enumerate(closes)
    ]


def test_growth_counts_what_the_first_session_brought() -> None:
    day = last_of(growing(11, 12.1, 13.31, previous=10))
    assert growth_of(day, 3) == pytest.approx(1.21)
    assert growth_of(day, 1) == 1
    assert growth_of(day, 4) is None


def test_a_dividend_does_no_harm_where_references_are_quoted() -> None:
    bars = [bar("10: 10 11 10 11", DAYS[0]), bar("5.5: 5.5 6.05 5.5 6.05", DAYS[1])]
    found = checked(move("up 21 eq cumulative", "连续两日累计涨21%"), *bars[:1], bar("5.5: 5.5 6.05 5.5 6.05"))
    assert growth_of(last_of(bars), 2) == pytest.approx(1.1)
    assert (found.verdict, found.measured, found.measure) == ("CONFIRMED", 21.0, "cumulative")


def test_bars_without_a_reference_give_no_growth() -> None:
    assert growth_of(last_of(growing(11, 12)), 2) is None
    assert growth_of(last_of([bar("0: 10 10 10 10", DAYS[0]), bar("10: 11 11 11 11", DAYS[1])]), 2) is None


@pytest.mark.parametrize(
    ("words", "surface", "verdict"),
    [
        ("up 33.1 eq cumulative", "3个交易日累计涨33.1%", "CONFIRMED"),
        ("up 33.2 eq cumulative", "3个交易日累计涨33.2%", "CONFIRMED"),
        ("up 33 over cumulative", "3个交易日累计涨超33%", "CONFIRMED"),
        ("up 40 over cumulative", "3个交易日累计涨超40%", "CONTRADICTED"),
        ("down 33 eq cumulative", "3个交易日累计跌33%", "CONTRADICTED"),
        ("up - none cumulative", "近3个交易日累计大涨", "CONFIRMED"),
    ],
)
def test_a_cumulative_move_is_off_by_a_tenth_or_half_a_hundredth(words: str, surface: str, verdict: str) -> None:
    bars = [
        bar("10: 11 11 11 11", DAYS[1]),
        bar("11: 12.1 12.1 12.1 12.1", DAYS[2]),
        bar("12.1: 13.31 13.31 13.31 13.31", DAYS[3]),
    ]
    assert checked(move(words, surface), *bars).verdict == verdict


def test_a_year_counts_from_the_last_close_of_the_one_before() -> None:
    bars = [
        bar("10: 12 12 12 12", date(2022, 1, 4)),
        bar("12: 12 12 12 12", date(2022, 4, 4)),
        bar("12: 12 12 12 12"),
    ]
    found = checked(move("up 20 eq ytd", "年内涨20%"), *bars)
    assert (found.verdict, found.measure, found.measured) == ("CONFIRMED", "ytd", 20.0)
    assert checked(move("up 20 eq ytd", "年内涨20%"), *bars[1:]).reason == "no_data"


def test_a_year_that_has_just_begun() -> None:
    bars = [bar("10: 10 11 10 11", date(2022, 1, 4)), bar("11: 11 12 11 12", date(2022, 1, 5))]
    assert growth_of(last_of(bars), None) == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("surface", "value", "verdict"),
    [
        ("3个交易日涨2倍", 2, "CONFIRMED"),
        ("3个交易日涨3倍", 3, "CONSISTENT"),
        ("3个交易日翻了3倍", 3, "CONFIRMED"),
        ("3个交易日翻了2倍", 2, "CONSISTENT"),
        ("3个交易日涨8倍", 8, "CONTRADICTED"),
    ],
)
def test_a_multiple_counts_what_was_added_or_the_whole(surface: str, value: int, verdict: str) -> None:
    bars = [
        bar("1: 2 2 2 2", DAYS[1], adjusted=True),
        bar("2: 2.5 2.5 2.5 2.5", DAYS[2], adjusted=True),
        bar("2.5: 3 3 3 3", adjusted=True),
    ]
    assert checked(move(f"up {value} eq cumulative", surface, unit="multiple"), *bars).verdict == verdict
