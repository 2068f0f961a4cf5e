"""Moments as the store keeps them: whole microseconds since 1970-01-01 UTC, so that nothing is rounded."""

from datetime import UTC, datetime, timedelta
from typing import overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@overload
def to_us(moment: datetime) -> int: ...
@overload
def to_us(moment: None) -> None: ...
def to_us(moment: datetime | None) -> int | None:
    """Write a moment as microseconds."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


@overload
def from_us(us: int) -> datetime: ...
@overload
def from_us(us: None) -> None: ...
def from_us(us: int | None) -> datetime | None:
    """Read a moment from microseconds."""
    return None if us is None else _EPOCH + timedelta(microseconds=us)
