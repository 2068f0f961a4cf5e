"""The day, in any order and language."""

from datetime import date

import pytest

from broadsheet.parse.values.days import find_day

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    ["2026-11-23", "2026年11月23日", "20261123", "Mon, 23 Nov 2026", "23. November 2026", "November 23rd, 2026",
     "Mon Nov 23 14:05:00 2026", "23.11.2026", "23/11/2026", "11/23/2026", "2026-327", "23 de noviembre de 2026",
     "23-Nov-26", "2026년 11월 23일", "2026-W48-1", "2026W481", "2026-W48", "2026327",
     "2026. november 23.", "23 novembris 2026", "23 نوفمبر 2026", "23 נוב 2026"],
)  # fmt: skip
def test_a_day_is_found(text: str) -> None:
    found = find_day(text)
    assert found is not None
    assert found[2] == DAY


def test_the_place_of_the_day_is_told() -> None:
    assert find_day("am 2026-11-23T14:05") == (3, 13, DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026", date(2026, 1, 1)), ("2026-11", date(2026, 11, 1)), ("1 Nov 99", date(1999, 11, 1))],
)
def test_what_is_left_out_is_the_first(text: str, expected: date) -> None:
    found = find_day(text)
    assert found is not None
    assert found[2] == expected


def test_the_american_order_is_told_by_am_and_pm() -> None:
    found = find_day("11/3/2026 2:05 PM")
    assert found is not None
    assert found[2] == date(2026, 11, 3)


@pytest.mark.parametrize("text", ["", "3/11/2026", "23 Blursday 2026", "tomorrow", "2026400"])
def test_what_could_be_two_days_or_none_is_none(text: str) -> None:
    assert find_day(text) is None
