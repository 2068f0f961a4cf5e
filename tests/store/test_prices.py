"""Bars in the store: one a session and source, raw and adjusted apart."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from broadsheet.errors import StoreError
from broadsheet.model import Bar, KeptBars
from broadsheet.store import Store

THURSDAY, FRIDAY = date(2022, 8, 25), date(2022, 8, 26)


def bar(day: date = FRIDAY, **other: Any) -> Bar:
    given = {"open": 10.0, "high": 11.0, "low": 9.5, "close": 10.5, "previous_close": 10.0, "volume": 7.0} | other
    return Bar(security=given.pop("security", "600901.SH"), day=day, source=given.pop("source", "made"), **given)


def test_bars_are_read_as_they_were_kept_day_after_day(store: Store) -> None:
    bars = [bar(), bar(THURSDAY, previous_close=None, volume=None, source=None), bar(security="0901.HK")]
    assert store.prices.keep(bars) == KeptBars(new=3)
    assert store.prices.bars("600901.SH", THURSDAY, FRIDAY) == [bars[1], bars[0]]
    assert store.prices.bars("600901.SH", FRIDAY, FRIDAY) == [bars[0]]
    assert store.prices.securities() == ["0901.HK", "600901.SH"]


def test_raw_and_adjusted_bars_and_those_of_two_sources_stand_side_by_side(store: Store) -> None:
    bars = [bar(), bar(source="other"), bar(adjusted=True)]
    assert store.prices.keep(reversed(bars)) == KeptBars(new=3)
    assert store.prices.bars("600901.SH", FRIDAY, FRIDAY) == bars


def test_a_bar_told_again_gives_way_to_the_new(store: Store) -> None:
    store.prices.keep([bar(), bar(THURSDAY)])
    revised = bar(close=10.6)
    assert store.prices.keep([revised, bar(THURSDAY)]) == KeptBars(changed=1, known=1)
    assert store.prices.bars("600901.SH", FRIDAY, FRIDAY) == [revised]


def test_the_digest_changes_with_what_is_said_and_with_nothing_else(store: Store) -> None:
    assert store.prices.digest("600901.SH") == ""
    store.prices.keep([bar()])
    first = store.prices.digest("600901.SH")
    store.prices.keep([bar(), bar(security="0901.HK")])
    assert store.prices.digest("600901.SH") == first
    store.prices.keep([bar(close=10.6)])
    assert store.prices.digest("600901.SH") not in ("", first)
    store.prices.keep([bar()])
    assert store.prices.digest("600901.SH") == first


@pytest.mark.parametrize(
    ("change", "conflicting"),
    [
        ({"close": 10.51}, 0),
        ({"close": 10.6}, 1),
        ({"close": 10.6, "previous_close": None}, 1),
        ({"close": 5.25, "previous_close": 5.0, "adjusted": True}, 0),
        ({"close": 5.25, "previous_close": None, "adjusted": True}, 0),
    ],
)
def test_sources_that_disagree_are_told(store: Store, change: dict[str, Any], conflicting: int) -> None:
    store.prices.keep([bar()])
    other = replace(bar(source="other"), **change)
    assert store.prices.keep([other]) == KeptBars(new=1, conflicting=conflicting)


def test_all_bars_are_kept_or_none(store: Store) -> None:
    with pytest.raises(StoreError):
        store.prices.keep([bar(), bar(security="7.HK", close="much")])
    assert store.prices.securities() == []


def test_nothing_to_keep_is_kept(store: Store) -> None:
    assert store.prices.keep([]) == KeptBars()
