"""What a web server said to robots."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from broadsheet.model.moments import require_utc

KEPT = timedelta(days=1)
KEPT_UNREACHABLE = timedelta(hours=1)

Access = Literal["rules", "open", "unreachable"]


class Robots(Struct, frozen=True, kw_only=True):
    """What an origin (scheme, host and port) said to robots at a moment (RFC 9309).

    `access` tells whether there are `rules` to obey, none, or whether nobody knows now, so that nobody may go.
    """

    origin: str
    asked_at: datetime
    access: Access
    rules: str = ""

    def __post_init__(self) -> None:
        require_utc(self.asked_at)

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether this still holds: a day at most (section 2.4), an hour while nobody knows."""
        kept = KEPT_UNREACHABLE if self.access == "unreachable" else KEPT
        return timedelta(0) <= now - self.asked_at < kept
