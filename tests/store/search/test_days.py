"""Days in questions."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from broadsheet.store.search.days import begin, parse_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", (2026, 1, 1)),
        ("2026-11", (2026, 11, 1)),
        ("2026-11-26", (2026, 11, 26)),
        ("2026-1-2", (2026, 1, 2)),
        ("2026/11/26", (2026, 11, 26)),
        ("2026.11", (2026, 11, 1)),
        ("20261126", (2026, 11, 26)),
        ("2026年", (2026, 1, 1)),
        ("2026年11月", (2026, 11, 1)),
        ("2026年11月26日", (2026, 11, 26)),
        ("２０２６－１１", (2026, 11, 1)),
        ("2026-13", None),
        ("2026-02-30", None),
        ("0000", None),
        ("26", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_the_forms_people_write(text: str, day: tuple[int, int, int] | None) -> None:
    assert parse_day(text) == day


def test_a_day_begins_by_the_clock_of_its_zone() -> None:
    assert begin((2026, 11, 26), ZoneInfo("Asia/Shanghai")) == datetime(2026, 11, 25, 16, tzinfo=UTC)


def test_a_day_at_the_edge_of_time_begins_there() -> None:
    assert begin((1, 1, 1), ZoneInfo("Asia/Shanghai")) == datetime(1, 1, 1, tzinfo=UTC)
    assert begin((9999, 12, 31), ZoneInfo("Pacific/Kiritimati")).year == 9999
