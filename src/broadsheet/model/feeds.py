"""A subscribed feed, what its server answered, and where its polling stands."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from broadsheet.model.clocks import Clock, Lead
from broadsheet.model.fulltext import FullTextChoice
from broadsheet.model.moments import require_utc

Standing = Literal["active", "paused", "gone", "imported"]


class Validators(Struct, frozen=True, kw_only=True):
    """The two HTTP validators, opaque and byte-identical to what the server sent (RFC 9110, section 8.8).

    `address` is where they came from, where a redirect made that another than the feed's own: nobody else gets them.
    """

    etag: str | None = None
    last_modified: str | None = None
    address: str | None = None


class Redirect(Struct, frozen=True, kw_only=True):
    """One hop of a redirect chain."""

    status: int
    location: str


class Response(Struct, frozen=True, kw_only=True):
    """A server's whole answer to one poll.

    `headers` holds lower-case names; a name sent twice is joined by ", " (RFC 9110, section 5.3). `body` is decoded
    from its content coding, not from its charset. `duration_ms` counts from the first connection to the last byte.
    """

    address: str
    final_address: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    redirects: tuple[Redirect, ...] = ()
    received_at: datetime
    duration_ms: int = 0

    def __post_init__(self) -> None:
        require_utc(self.received_at)


class Failure(Struct, frozen=True, kw_only=True):
    """Why a poll brought nothing: `reason` is one stable word, `message` says it to a person and what to do."""

    reason: str
    message: str
    at: datetime
    status: int | None = None

    def __post_init__(self) -> None:
        require_utc(self.at)


class Notice(Struct, frozen=True, kw_only=True):
    """What a person should know of a feed: a stable code, and the values that its sentence takes in any language."""

    code: str
    values: dict[str, str | int | float] = field(default_factory=dict)


class Move(Struct, frozen=True, kw_only=True):
    """A permanent redirect seen but not yet believed: the target, how often it was seen and since when."""

    target: str
    seen: int
    since: datetime

    def __post_init__(self) -> None:
        require_utc(self.since)


class FeedState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a feed's polling stands; replaced as a whole by each poll, in the transaction that stores its entries.

    `interval_s` is the feed's own rhythm. `ttl_minutes`, `skip_hours` and `skip_days` are what its document last
    asked for, kept because a 304 brings no document. `hubs` tell of changes to `topic`, as which they know the feed;
    `unheard_at` is when a poll last found news of which a hub had not told. `clock` is set while the feed's stamps
    are known to run ahead, `lead` is what speaks for that.
    """

    standing: Standing = "active"
    validators: Validators = Validators()
    body_digest: str | None = None
    next_due: datetime | None = None
    due_reason: str | None = None
    last_polled: datetime | None = None
    last_status: int | None = None
    last_changed: datetime | None = None
    failures: int = 0
    failure: Failure | None = None
    move: Move | None = None
    interval_s: int | None = None
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    format: str | None = None
    hubs: tuple[str, ...] = ()
    topic: str | None = None
    unheard_at: datetime | None = None
    repairs: tuple[str, ...] = ()
    advice: Notice | None = None
    lead: Lead | None = None
    clock: Clock | None = None

    def __post_init__(self) -> None:
        require_utc(self.next_due, self.last_polled, self.last_changed, self.unheard_at)


class Subscription(Struct, frozen=True, kw_only=True):
    """A wish to follow an address, as a reading list or a page states it."""

    address: str
    section: tuple[str, ...] = ()
    name: str | None = None
    link: str | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """One subscribed address with its section path and its state.

    `id` is `feed_id(address)` of the address it was added under and never changes, even when the address does.
    `title`, `link` and `language` are what the feed last said; `name` is its owner's own name for it, which wins.
    `zone` is an IANA name for dates written without one, `fulltext` its owner's choice where that is not the paper's.
    """

    id: str
    address: str
    section: tuple[str, ...] = ()
    name: str | None = None
    title: str | None = None
    link: str | None = None
    language: str | None = None
    zone: str | None = None
    added_at: datetime
    fulltext: FullTextChoice | None = None
    state: FeedState = FeedState()

    def __post_init__(self) -> None:
        require_utc(self.added_at)

    @property
    def label(self) -> str:
        """What to call this feed to a person."""
        return self.name or self.title or self.address
