"""Which bars tell of a day, and which of them are to be believed."""

from datetime import date

from tests.market.bars import FRIDAY, SHARE, bar

from broadsheet.market.series import days_of, is_suspect, may_be_split, rounding
from broadsheet.model import Bar

THURSDAY = date(2022, 8, 25)


def suspect(*bars: Bar) -> bool:
    return is_suspect(days_of(bars, bars[0].security, FRIDAY), bars[0].security)


def test_raw_bars_go_first_then_those_that_quote_their_reference() -> None:
    bars = [
        bar("10: 10 11 10 11", source="a", adjusted=True),
        bar(": 10 10 10 10", THURSDAY, source="b"),
        bar(": 10 11 10 11", source="b"),
        bar("10: 10 11 10 11", source="c"),
        bar("10: 10 11 10 11", source="d", security="600902.SH"),
    ]
    found = days_of(bars, SHARE, FRIDAY)
    assert [(day.bar.source, day.quoted, day.reference) for day in found] == [
        ("c", True, 10),
        ("b", False, 10),
        ("a", True, 10),
    ]
    assert [one.day for one in found[1].earlier] == [THURSDAY]


def test_a_last_close_that_is_too_old_is_no_reference() -> None:
    assert days_of([bar(": 10 10 10 10", date(2022, 8, 1)), bar(": 10 11 10 11")], SHARE, FRIDAY) == []


def test_a_price_beyond_the_limit_is_suspect_but_in_raw_bars_that_are_no_new_listing() -> None:
    days = [bar(f"10: 10 10 10 {last}", date(2022, 8, 24 + number)) for number, last in enumerate((10, 10))]
    wild = bar("10: 10 12 10 12")
    assert suspect(wild, *days)
    assert not suspect(wild)
    assert not suspect(bar("10: 10 11 10 11"), *days)
    assert not suspect(bar("10: 10 12 10 12", adjusted=True), *[bar("10: 10 10 10 10", THURSDAY, adjusted=True)])
    assert not suspect(
        bar("10: 10 12 10 12", security="0901.HK"), bar("10: 10 10 10 10", THURSDAY, security="0901.HK")
    )


def test_two_sources_may_differ_by_rounding_only() -> None:
    one, near, far = (bar(f"10: 10 11 10 {last}", source=str(last)) for last in (10.5, 10.52, 10.8))
    assert not suspect(one, near)
    assert suspect(one, far)


def test_rounding_is_of_prices_with_two_decimals() -> None:
    two, many = (days_of([bar(text)], SHARE, FRIDAY)[0] for text in ("10: 10 11 10 10.55", "10: 10 11 10 10.5555"))
    assert (rounding(two), rounding(many)) == (0.0005, 0)


def test_an_opening_far_from_a_last_close_may_be_a_split() -> None:
    last = bar(": 10 10 10 10", THURSDAY)
    far, near = (days_of([last, bar(f": {price} {price} {price} {price}")], SHARE, FRIDAY)[0] for price in (5, 9))
    assert [may_be_split(day) for day in (far, near)] == [True, False]
    assert not may_be_split(days_of([bar("10: 5 5 5 5")], SHARE, FRIDAY)[0])
