"""Moments survive to the microsecond."""

from datetime import UTC, datetime

from hypothesis import given
from tests.store.builders import moments

from broadsheet.store.moments import from_us, to_us


@given(moments)
def test_every_moment_comes_back(moment: datetime) -> None:
    assert from_us(to_us(moment)) == moment
    assert from_us(to_us(moment)).tzinfo is UTC


def test_moments_count_from_1970() -> None:
    assert to_us(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert to_us(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)) == -1_000_000


def test_no_moment_stays_none() -> None:
    assert to_us(None) is None
    assert from_us(None) is None
