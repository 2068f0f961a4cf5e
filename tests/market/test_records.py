"""Records of prices made into bars."""

from datetime import date

import pytest

from broadsheet.market.records import Defaults, Reader
from broadsheet.model import Bar

RECORD = {"code": "600901", "date": date(2022, 8, 26), "open": 10, "high": 11.0, "low": "9.5", "close": 10.5}


def read(**other: object) -> Bar:
    reader = Reader(Defaults(name="x"))
    reader.read(1, RECORD | other)
    assert reader.refused == []
    (found,) = reader.bars.values()
    return found


def test_values_may_be_of_any_kind() -> None:
    found = read()
    assert (found.open, found.low, found.volume, found.previous_close) == (10, 9.5, None, None)


def test_thousands_may_be_parted_by_commas() -> None:
    assert read(open="1,010", high="1,020", low="1,000", close="1,010.5").close == 1010.5


@pytest.mark.parametrize(
    ("told", "adjusted"),
    [("", False), ("raw", False), ("0", False), ("False", False), ("qfq", True), ("1", True), (True, True)],
)
def test_adjusted_is_whatever_does_not_say_no(told: object, adjusted: bool) -> None:
    assert read(adjusted=told).adjusted == adjusted


def test_a_reference_that_is_no_price_is_none() -> None:
    assert read(pre_close=0).previous_close is None
    assert read(change=0.3).previous_close == 10.2


def test_raw_and_adjusted_bars_of_a_day_stand_side_by_side() -> None:
    reader = Reader(Defaults(name="x"))
    for kind in ("raw", "qfq"):
        reader.read(1, RECORD | {"adjusted": kind})
    assert [bar.adjusted for bar in reader.bars.values()] == [False, True]
