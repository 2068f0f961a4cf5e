"""A hub's promise to tell us when a feed changes (WebSub, W3C Recommendation of 23 January 2018)."""

from datetime import datetime

from msgspec import Struct

from broadsheet.model.moments import require_utc


class Push(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One subscription at a hub: asked for at `asked_at`, alive from `since` to `until` once the hub verified it.

    `path` is the unguessable end of the callback's address, `secret` signs what the hub sends. `heard_at` is when the
    hub last told of news.
    """

    feed_id: str
    hub: str
    topic: str
    path: str
    secret: str
    asked_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    heard_at: datetime | None = None

    def __post_init__(self) -> None:
        require_utc(self.asked_at, self.since, self.until, self.heard_at)
