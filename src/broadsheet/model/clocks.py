"""A feed's clock: what is suspected of it, and what is known."""

from datetime import UTC, datetime, timedelta

from msgspec import Struct

from broadsheet.model.moments import require_utc


class Lead(Struct, frozen=True, kw_only=True):
    """By how many seconds a feed's stamps may run ahead, from what new entries showed in polls that agree.

    `most_s` is None while no entry has bounded it. `polls` counts those that found a stamp of the future, `since` is
    the first of all that agree, and `doubts` counts how often such polls were contradicted by true stamps.
    """

    least_s: float
    most_s: float | None = None
    polls: int = 0
    since: datetime
    doubts: int = 0

    def __post_init__(self) -> None:
        require_utc(self.since)


class Clock(Struct, frozen=True, kw_only=True):
    """A clock that is wrong: the feed writes local time and calls it UTC, since the poll of `since` at the latest.

    `zone` (IANA) is whose local time it is, where that is known; `ahead_s` is how far it runs ahead, as first found.
    """

    ahead_s: int
    zone: str | None = None
    since: datetime

    def __post_init__(self) -> None:
        require_utc(self.since)

    def right(self, moment: datetime) -> datetime:
        """Give the moment that a stamp means."""
        from zoneinfo import ZoneInfo

        try:
            local = ZoneInfo(self.zone or "")
        except (ValueError, OSError, LookupError):
            return moment - timedelta(seconds=self.ahead_s)
        return moment.replace(tzinfo=local).astimezone(UTC)
