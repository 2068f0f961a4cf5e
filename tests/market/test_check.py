"""Moves held against bars: the model story, every statistic, and what cannot be checked."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.market.bars import DURING, EVENING, FRIDAY, SHARE, bar, checked, move

from broadsheet.market import check_move
from broadsheet.model import Bar, MoveReport

PLAIN = bar("10: 10.1 10.8 9.9 10.5")
MODEL = (
    bar("1.7211241722: 1.7211241684 2.2467878202 1.7126457323 1.975477457", security="1958.HK", adjusted=True),
    bar("11.42: 11.6 11.84 11.34 11.78", security="1810.HK", adjusted=True),
    bar("7.31: 7.3 8.04 7.29 8.04", security="600733.SH", adjusted=True),
)


def test_the_model_story() -> None:
    reported = (
        move("up 25 eq high", "最高涨25%", security="1958.HK"),
        move("up 3 over high", "一度涨超3%", security="1810.HK"),
        move("up 10 near last", "涨超近10%", security="600733.SH"),
    )
    high, over, near = (check_move(one, MODEL, DURING) for one in reported)
    assert [one.verdict for one in (high, over, near)] == ["CONSISTENT_LATER_HIGH", "CONFIRMED", "CONFIRMED"]
    assert (high.measure, high.measured, high.close) == ("high", 30.5419, 14.7783)
    assert (over.high, over.close) == pytest.approx((3.68, 3.15), abs=0.005)
    assert (near.high, near.close, near.limit) == pytest.approx((9.99, 9.99, 8.04), abs=0.005)
    assert [one.closed_at_limit for one in (high, over, near)] == [False, False, True]
    assert [one.limit for one in (high, over)] == [None, None]


def test_the_model_story_from_the_bars_it_was_measured_on(shared: Path) -> None:
    folder = shared / "data" / "market" / "prices"
    told = json.loads((folder / "model_story_2022-08-26.json").read_text("utf-8"))
    bars = [*yahoo(folder / "1958.HK.csv"), *yahoo(folder / "1810.HK.csv"), *tushare(folder)]
    words = {"HIGH_AS_OF_T": "high", "HIGH": "high", "LAST_AS_OF_T": "last", "EQ": "eq", "GE": "over", "NEAR": "near"}
    for one in told["moves"]:
        text = f"up {one['n']} {words[one['op']]} {words[one['stat']]}"
        found = check_move(move(text, one["text"], security=one["instrument"]), bars, DURING)
        assert found.verdict == one["verdict"]
        assert found.previous_close == pytest.approx(told["bars"][one["instrument"]]["prev_close"])
        measured = (one["measured_high_pct"], one["measured_close_pct"])
        assert (found.high, found.close) == pytest.approx(measured, abs=0.006)
        assert (found.limit, found.closed_at_limit) == (one.get("limit_price"), one.get("closed_at_limit_up", False))


def yahoo(path: Path) -> list[Bar]:
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    return [
        bar(f": {first} {high} {low} {close}", date.fromisoformat(day), security=rows[1][1], adjusted=True)
        for day, close, high, low, first, *_ in rows[3:]
    ]


def tushare(folder: Path) -> list[Bar]:
    rows = list(csv.reader((folder / "600733.SH_2020-2025_qfq.csv").read_text("utf-8").splitlines()))
    return [
        bar(f": {first} {high} {low} {close}", date.fromisoformat(day), security="600733.SH", adjusted=True)
        for day, first, close, high, low, _ in rows[1:]
    ]


@pytest.mark.parametrize(
    ("words", "surface", "verdict"),
    [
        # The day: opened +1 %, high +8 %, low -1 %, closed +5 %; the report came in the evening.
        ("up 1 eq open", "高开1%", "CONFIRMED"),
        ("up 2 eq open", "高开2%", "CONTRADICTED"),
        ("up 5 eq close", "收涨5%", "CONFIRMED"),
        ("up 5.00 eq close", "收涨5.00%", "CONFIRMED"),
        ("up 5.12 eq close", "收涨5.12%", "CONTRADICTED"),
        ("up 5.2 about close", "收涨约5.2%", "CONFIRMED"),
        ("up 4.5 about close", "收涨约4.5%", "CONTRADICTED"),
        ("up 3 over close", "收涨超3%", "CONFIRMED"),
        ("up 6 over close", "收涨超6%", "CONTRADICTED"),
        ("up 5.3 near close", "收涨近5.3%", "CONFIRMED"),
        ("up 4 near close", "收涨近4%", "CONTRADICTED"),
        ("down 5 eq close", "收跌5%", "CONTRADICTED"),
        ("up 8 eq high", "最高涨8%", "CONFIRMED"),
        ("up 6 eq high", "最高涨6%", "CONSISTENT_LATER_HIGH"),
        ("up 9 eq high", "最高涨9%", "CONTRADICTED"),
        ("up 7 over high", "一度涨超7%", "CONFIRMED"),
        ("up 9 over high", "一度涨超9%", "CONTRADICTED"),
        ("up 8.3 near high", "一度涨近8.3%", "CONFIRMED"),
        ("up 5 near high", "一度涨近5%", "CONSISTENT_LATER_HIGH"),
        ("up 8.1 about high", "一度涨约8.1%", "CONFIRMED"),
        ("up 5 about high", "一度涨约5%", "CONSISTENT_LATER_HIGH"),
        ("down 1 eq low", "一度跌1%", "CONFIRMED"),
        ("down 0.4 over low", "一度跌超0.4%", "CONFIRMED"),
        ("down 2 over low", "一度跌超2%", "CONTRADICTED"),
        ("down 2 eq high", "跌2%", "CONTRADICTED"),
        ("down 1 eq high", "跌1%", "CONSISTENT"),
        ("up 5 eq last", "涨5%", "CONFIRMED"),
        ("up 7 eq last", "涨7%", "CONTRADICTED"),
        ("up 7 over last", "涨超7%", "CONSISTENT"),
        ("up 9 over last", "涨超9%", "CONTRADICTED"),
        ("up 7 eq last", "涨幅扩大至7%", "CONSISTENT"),
        ("up 7 near last", "涨近7%", "CONTRADICTED"),
        ("up 7 eq noon", "午间收涨7%", "CONSISTENT"),
        ("up 9 eq noon", "午间收涨9%", "CONTRADICTED"),
        ("up - none last", "大涨", "CONFIRMED"),
        ("up - none close", "收高", "CONFIRMED"),
        ("up - none open", "高开", "CONFIRMED"),
        ("up - none high", "创新高", "CONSISTENT"),
        ("down - none last", "大跌", "CONSISTENT"),
        ("down - none close", "收低", "CONTRADICTED"),
        ("flat - none open", "平开", "CONTRADICTED"),
        ("down - none last", "冲高回落", "CONSISTENT"),
        ("down - none close", "高开低走", "CONTRADICTED"),
        ("up - none close", "低开高走", "CONTRADICTED"),
        ("up - none last", "翻红", "CONFIRMED"),
        ("down - none last", "由涨转跌", "CONSISTENT"),
    ],
)
def test_a_day_that_is_over(words: str, surface: str, verdict: str) -> None:
    assert checked(move(words, surface), PLAIN).verdict == verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("up 7 eq last", "CONSISTENT"),
        ("up 7 over last", "CONSISTENT"),
        ("up 5 eq last", "CONFIRMED"),
        ("up 9 over last", "CONTRADICTED"),
        ("down 1 eq last", "CONSISTENT"),
        ("down 3 eq last", "CONTRADICTED"),
        ("down - none last", "CONSISTENT"),
    ],
)
def test_a_day_that_goes_on_is_held_against_its_range(words: str, verdict: str) -> None:
    assert checked(move(words), PLAIN, at=DURING).verdict == verdict
    assert checked(move(words), PLAIN, at=datetime(2022, 8, 26, 7, 40, tzinfo=UTC)).verdict == verdict


def test_a_range_of_figures() -> None:
    both = move("up 4 range close", "收涨4%-6%", value_high=6)
    assert checked(both, PLAIN).verdict == "CONFIRMED"
    assert checked(move("up 4 range close", "收涨4%"), PLAIN).verdict == "CONTRADICTED"
    assert checked(move("up 4 range high", "最高涨4%-6%", value_high=6), PLAIN).verdict == "CONSISTENT_LATER_HIGH"


def test_the_numbers_used_stand_in_the_check() -> None:
    found = checked(move("up 3 over close", "收涨超3%"), bar("10: 10.1 10.8 9.9 10.5", source="Tushare"))
    assert (found.day, found.security, found.source, found.adjusted) == (FRIDAY, SHARE, "Tushare", False)
    assert (found.open, found.high, found.low, found.close) == (1.0, 8.0, -1.0, 5.0)
    assert (found.measure, found.measured, found.previous_close, found.limit) == ("close", 5.0, 10.0, 11.0)
    assert (found.tolerance, found.understated) == (0.5715, True)
    assert not checked(move("up 4.5 over close", "收涨超4.5%"), PLAIN).understated
    fall = checked(move("down 1 eq low", "最深跌1%"), PLAIN)
    assert (fall.measure, fall.measured, fall.limit) == ("low", -1.0, 9.0)


def test_words_that_count_from_an_earlier_price_of_the_day_refute_nothing() -> None:
    rising = bar("10: 10.5 10.8 10.3 10.4")
    assert checked(move("down - none last", "股价跳水"), rising).reason == "no_number"
    assert checked(move("down - none last", "股价大跌"), rising).verdict == "CONTRADICTED"


def test_a_level_share_is_neither_up_nor_down() -> None:
    level = bar("10: 10 10 10 10")
    assert checked(move("flat - none close", "收平"), level).verdict == "CONFIRMED"
    assert checked(move("up - none close", "收涨"), level).verdict == "CONSISTENT"


@pytest.mark.parametrize(
    ("reported", "reason"),
    [
        (move("up 3 eq last", security=None), "no_security"),
        (move("up 3 eq last", security="ABC.XX"), "no_session"),
        (move("up 3 eq last", session="pre"), "extended_hours"),
        (move("up 3 eq last", session="unknown"), "extended_hours"),
        (move("up 3 eq since_issue"), "no_data"),
        (move("up 3 eq last", unit="point"), "no_number"),
        (move("up inf eq last"), "no_number"),
        (move("up 3 eq last", security="0901.HK"), "no_data"),
        (move("up 3 eq cumulative", "近期累计涨3%"), "unknown_time"),
        (move("up 3 eq ytd", "年内涨3%"), "no_data"),
        (move("up 3 eq cumulative", "3个交易日累计涨3%"), "no_data"),
        (move("up 3 eq last", unit="price_usd"), "no_data"),
        (move("up - limit_up limit", "三连板"), "no_data"),
    ],
)
def test_what_cannot_be_checked_says_why(reported: MoveReport, reason: str) -> None:
    found = checked(reported, PLAIN)
    assert (found.verdict, found.reason) == ("UNVERIFIABLE", reason)


def test_a_date_without_a_time_tells_no_session() -> None:
    midnight = datetime(2022, 8, 26, tzinfo=UTC)
    assert checked(move("up 3 eq last"), PLAIN, at=midnight).reason == "unknown_time"


def test_a_missing_bar_is_a_halt_where_others_traded_and_else_is_yet_to_come() -> None:
    thursday, monday = bar("10: 10 10 10 10", date(2022, 8, 25)), bar("10: 10 10 10 10", date(2022, 8, 29))
    other = bar("5: 5 5 5 5", security="600902.SH")
    reported = move("up 3 eq last")
    assert checked(reported, thursday, monday).reason == "halted"
    assert checked(reported, thursday, other).reason == "halted"
    assert checked(reported, thursday).reason == "not_yet"
    assert checked(reported, monday).reason == "no_data"
    assert checked(reported, bar(": 10 10 10 10")).reason == "no_data"


def test_a_bar_without_trade_is_a_halt() -> None:
    thursday = bar("10: 10 10 10 10", date(2022, 8, 25))
    assert checked(move("up 3 eq last"), thursday, bar("10: 10 10 10 10", volume=0.0)).reason == "halted"
    assert checked(move("up 3 eq last"), thursday, bar("10: 10.3 10.3 10.3 10.3", volume=9.0)).verdict == "CONFIRMED"


def test_a_missing_bar_of_a_day_that_nobody_confirms_is_no_session() -> None:
    bars = [bar("10: 10 10 10 10", date(2031, 1, day)) for day in (2, 6)]
    found = check_move(move("up 3 eq last"), bars, datetime(2031, 1, 3, 12, tzinfo=UTC))
    assert found.reason == "no_session"


def test_bars_that_contradict_themselves_or_each_other_prove_nothing() -> None:
    reported = move("up 5 eq close")
    assert checked(reported, bar("10: 10 9 11 10.5")).verdict == "DATA_SUSPECT"
    assert checked(reported, bar("0: 10 11 9 10.5")).verdict == "DATA_SUSPECT"
    assert checked(reported, PLAIN, bar("10: 10.1 10.8 9.9 10.1", source="other")).verdict == "DATA_SUSPECT"
    assert (
        checked(reported, PLAIN, bar("5: 5.05 5.4 4.95 5.25", source="other", adjusted=True)).verdict == "CONFIRMED"
    )


def test_a_last_close_that_no_exchange_quoted_may_be_from_before_a_split() -> None:
    bars = [
        bar("100: 100 101 99 100", date(2022, 8, 25), security="AAPL.US"),
        bar(": 25 26 24.5 25.5", security="AAPL.US"),
    ]
    at = datetime(2022, 8, 26, 21, 30, tzinfo=UTC)
    assert check_move(move("up 2 eq close", security="AAPL.US"), bars, at).verdict == "DATA_SUSPECT"
    assert check_move(move("down 74.5 eq close", security="AAPL.US"), bars, at).verdict == "CONFIRMED"


def test_prices_are_held_against_prices() -> None:
    def price(words: str, surface: str, **other: Any) -> str:
        return checked(move(words, surface, unit="price_cny"), bar("10: 10.1 10.8 9.9 10.5", **other)).verdict

    assert price("up 10.5 eq close", "报10.5元") == "CONFIRMED"
    assert price("up 10.6 eq close", "报10.6元") == "CONTRADICTED"
    assert price("down 10 over last", "跌破10元") == "CONFIRMED"
    assert price("up 10.7 over last", "突破10.7元") == "CONFIRMED"
    assert price("up 11 over last", "突破11元") == "CONTRADICTED"
    assert price("up 10.4 over high", "一度突破10.4元") == "CONFIRMED"
    assert price("down 10 over low", "一度跌破10元") == "CONFIRMED"
    assert price("down 9.5 over low", "一度跌破9.5元") == "CONTRADICTED"
    assert price("up 10.7 eq noon", "报10.7元") == "CONSISTENT"
    assert price("up 18 eq close", "报18元", adjusted=True) == "UNVERIFIABLE"
    found = checked(move("down 9.9 eq low", "跌至9.9元", unit="price_cny"), PLAIN)
    assert (found.verdict, found.measure, found.measured) == ("CONFIRMED", "low", -1.0)
    assert checked(move("up - none close", unit="price_cny"), PLAIN).reason == "no_data"


prices = st.floats(min_value=0.5, max_value=500).map(lambda price: round(price, 2))


@st.composite
def days(draw: st.DrawFn) -> Bar:
    before, *four = (draw(prices) for _ in range(5))
    four = [min(max(price, round(before * 0.92, 2)), round(before * 1.08, 2)) for price in four]
    first, last = four[:2]
    return bar(f"{before}: {first} {max(four)} {min(four)} {last}", adjusted=draw(st.booleans()))


@given(day=days(), published=st.sampled_from((DURING, EVENING)), up=st.booleans())
def test_a_move_taken_from_the_bars_is_never_contradicted(day: Bar, published: datetime, up: bool) -> None:
    before = day.previous_close or 1.0
    figures = {"open": day.open, "close": day.close, "last": day.close, "high" if up else "low": 0.0}
    figures["high" if up else "low"] = day.high if up else day.low
    for statistic, price in figures.items():
        value = round(100 * (price / before - 1) * (1 if up else -1), 2)
        reported = move(f"{'up' if up else 'down'} {value} eq {statistic}", f"{value}%")
        assert check_move(reported, [day], published).verdict not in ("CONTRADICTED", "DATA_SUSPECT"), reported


@settings(max_examples=40)
@given(
    day=days(),
    published=st.sampled_from((DURING, EVENING)),
    operator=st.sampled_from(("eq", "over", "near", "about")),
)
def test_a_move_five_points_beyond_the_range_is_always_contradicted(
    day: Bar, published: datetime, operator: str
) -> None:
    before = day.previous_close or 1.0
    top, bottom = (100 * (price / before - 1) for price in (day.high, day.low))
    wrong = {"up": round(top + 5, 2), "down": round(5 - bottom, 2)}
    for direction, value in wrong.items():
        for statistic in ("high" if direction == "up" else "low", "last", "noon"):
            reported = move(f"{direction} {value} {operator} {statistic}", f"{value}%")
            assert check_move(reported, [day], published).verdict == "CONTRADICTED", reported


anything = st.floats() | st.just(0.0) | prices
bars_of_any_kind = st.lists(
    st.builds(
        Bar,
        security=st.sampled_from((SHARE, "0901.HK", "AAPL.US")),
        day=st.dates(date(2022, 8, 22), date(2022, 8, 30)),
        open=anything,
        high=anything,
        low=anything,
        close=anything,
        previous_close=st.none() | anything,
        adjusted=st.booleans(),
        source=st.none() | st.text(max_size=2),
    ),
    max_size=6,
)
SURFACES = ("", "涨3%", "三连板", "6天5板", "连续3日上涨", "高开低走", "涨三成", "翻倍", "连续3日累计涨9%")
moves_of_any_kind = st.builds(
    MoveReport,
    start=st.just(0),
    end=st.just(1),
    surface=st.sampled_from(SURFACES) | st.text(max_size=9),
    instrument=st.none() | st.sampled_from(("玉兔", "*ST玉兔")),
    security=st.none() | st.sampled_from((SHARE, "0901.HK", "AAPL.US", "", "X")),
    direction=st.sampled_from(("up", "down", "flat")),
    value=st.none() | anything,
    value_high=st.none() | anything,
    unit=st.sampled_from(("%", "point", "price_cny", "price_hkd", "price_usd", "multiple", "none")),
    operator=st.sampled_from(("eq", "over", "near", "about", "range", "none", "limit_up", "limit_down")),
    statistic=st.sampled_from(
        ("open", "high", "low", "close", "noon", "last", "cumulative", "ytd", "since_issue", "limit")
    ),
    session=st.sampled_from(("pre", "regular", "post", "unknown")),
)  # fmt: skip


moments = st.datetimes(datetime(2022, 8, 20), datetime(2022, 9, 5), timezones=st.just(UTC)) | st.sampled_from(  # noqa: DTZ001
    [datetime(year, 3, 3, 3, tzinfo=UTC) for year in (1, 1970, 2031, 9999)]
)


@given(reported=moves_of_any_kind, bars=bars_of_any_kind, published=moments)
def test_nothing_makes_it_fail(reported: MoveReport, bars: list[Bar], published: datetime) -> None:
    check_move(reported, bars, published)
    check_move(reported, bars, DURING)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="not an aware UTC moment"):
        check_move(move("up 3 eq last"), (), datetime(2022, 8, 26, 12))  # noqa: DTZ001
