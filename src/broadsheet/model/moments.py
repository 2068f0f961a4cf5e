"""Moments are aware and UTC, or refused."""

from datetime import UTC, datetime


def require_utc(*moments: datetime | None) -> None:
    """Check that each moment given is aware and in UTC.

    Raises:
        ValueError: a moment is naive or carries another zone.
    """
    for moment in moments:
        if moment is not None and moment.tzinfo is not UTC:
            message = f"{moment!r} is not an aware UTC moment"
            raise ValueError(message)


def iso(moment: datetime) -> str:
    """Write a UTC moment as RFC 3339 with `Z`, without a fraction where it has none."""
    return moment.isoformat().replace("+00:00", "Z")
