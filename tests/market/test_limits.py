"""How far prices may go, by board and date."""

from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from tests.market.bars import bar

from broadsheet.market import read_bars
from broadsheet.market.limits import is_at_limit, is_special, limit_price, limits_on
from broadsheet.market.windows import references_of


@pytest.mark.parametrize(
    ("security", "day", "special", "percents"),
    [
        ("600901.SH", date(2022, 8, 26), False, [10]),
        ("000901.SZ", date(2024, 1, 2), False, [10]),
        ("600901.SH", date(2022, 8, 26), True, [5]),
        ("600901.SH", date(2026, 1, 5), True, [5, 10]),
        ("300901.SZ", date(2020, 8, 21), False, [10]),
        ("300901.SZ", date(2020, 8, 24), False, [20]),
        ("300901.SZ", date(2020, 8, 24), True, [20]),
        ("301901.SZ", date(2022, 1, 4), False, [20]),
        ("688901.SH", date(2022, 1, 4), False, [20]),
        ("830901.BJ", date(2022, 1, 4), False, [30]),
        ("920901.BJ", date(2025, 1, 6), False, [30]),
        ("600901.SH", date(1995, 1, 4), False, []),
        ("0901.HK", date(2022, 8, 26), False, []),
        ("ACME.US", date(2022, 8, 26), False, []),
    ],
)
def test_limits_of_boards(security: str, day: date, special: bool, percents: list[float]) -> None:
    assert [limit.percent for limit in limits_on(security, day, special=special)] == percents


def test_a_new_listing_by_registration_is_free_for_five_sessions() -> None:
    assert [limits_on("600901.SH", date(year, 6, 1))[0].free for year in (2022, 2023)] == [1, 5]


@pytest.mark.parametrize(
    ("before", "percent", "price"),
    [(7.31, 10, 8.04), (7.31, -10, 6.58), (3.65, 10, 4.02), (0.15, 10, 0.17), (10.05, 5, 10.55), (10.05, -5, 9.55)],
)
def test_the_last_price_is_rounded_to_a_cent_halves_upwards(before: float, percent: float, price: float) -> None:
    assert limit_price("600901.SH", before, percent) == price


def test_b_shares_of_shanghai_go_by_thousandths() -> None:
    assert limit_price("900901.SH", 0.333, 10) == 0.366


def test_raw_prices_meet_a_limit_exactly_and_adjusted_ones_nearly() -> None:
    raw = bar("7.31: 8 8.04 8 8.03")
    near = bar("7.31: 8 8.04 8 8.03", adjusted=True)
    assert [is_at_limit(raw, price, 7.31, 10) for price in (8.04, 8.03)] == [True, False]
    assert [is_at_limit(near, price, 7.31, 10) for price in (8.04, 8.03, 8.02)] == [True, True, False]
    assert is_at_limit(near, 73.4 * 1.0985, 73.4, 10)


def test_limits_of_adjusted_prices_as_measured(shared: Path) -> None:
    file = shared / "data" / "market" / "prices" / "a_share_all_2022-08-15_2022-08-31_qfq.csv"
    found: Counter[str] = Counter()
    for _, group in groupby(read_bars(file.read_bytes(), file.name, adjusted=True).bars, lambda one: one.security):
        bars = list(group)
        for one, reference in zip(bars, references_of(bars), strict=True):
            limits = limits_on(one.security, one.day)
            if reference is None or not limits or abs(100 * (one.close / reference - 1) - limits[0].percent) >= 0.5:
                continue
            off = abs(one.close - limit_price(one.security, reference, limits[0].percent))
            found += Counter(near=1, exact=int(off < 0.0005), within_a_step=int(off < 0.0105))
            found["taken"] += is_at_limit(one, one.close, reference, limits[0].percent)
    assert found == {"near": 599, "exact": 447, "within_a_step": 592, "taken": 594}


def test_special_treatment_is_told_by_the_name() -> None:
    assert [is_special(name) for name in ("*ST白鹤", "ST白鹤", "白鹤", None)] == [True, True, False, False]
