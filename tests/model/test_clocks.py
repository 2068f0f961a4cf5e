"""What a wrong clock makes of a moment."""

from datetime import UTC, datetime

import pytest

from broadsheet.model import Clock, Lead

SUMMER, WINTER = datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_the_zone_of_a_clock_keeps_daylight_saving_time() -> None:
    clock = Clock(ahead_s=7200, zone="Europe/Berlin", since=SUMMER)
    assert (clock.right(SUMMER).hour, clock.right(WINTER).hour) == (10, 11)


@pytest.mark.parametrize("zone", [None, "No/Such", "../etc"])
def test_without_a_zone_the_difference_counts(zone: str | None) -> None:
    assert Clock(ahead_s=3600, zone=zone, since=SUMMER).right(SUMMER).hour == 11


def test_moments_are_aware() -> None:
    naive = datetime(2026, 7, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        Clock(ahead_s=1, since=naive)
    with pytest.raises(ValueError, match="aware"):
        Lead(least_s=1, since=naive)
