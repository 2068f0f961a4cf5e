"""One poll's work: the task that goes to a worker and the batch that comes back."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from broadsheet.model.clocks import Clock
from broadsheet.model.feeds import Feed, Response
from broadsheet.model.fulltext import FullTextRule
from broadsheet.model.moments import require_utc
from broadsheet.model.parsed import ParsedEntry
from broadsheet.model.policy import Policy
from broadsheet.model.posts import ArticlePage, KnownEntry, Original, Revision
from broadsheet.model.push import Push

Outcome = Literal["changed", "unchanged", "not-modified", "failed"]


class Known(Struct, frozen=True, kw_only=True):
    """What is known of a feed before a poll: it with its state, its recent entries, and the hub that tells of it."""

    feed: Feed
    entries: tuple[KnownEntry, ...] = ()
    push: Push | None = None


class Choice(Struct, frozen=True, kw_only=True):
    """An entry worth storing and why: `reason` is "new" or "edited: " and the parts that differ."""

    entry: ParsedEntry
    entry_id: str
    post_id: str
    entry_digest: str
    published: datetime
    reason: str

    def __post_init__(self) -> None:
        require_utc(self.published)


class Update(Struct, frozen=True, kw_only=True):
    """What one poll decides: the feed as it shall be stored, and the entries to clean and keep.

    `unchanged` counts the entries that the store already holds as they are. `clock` is one that this poll found out:
    posts first seen since `clock.since` have stamps that it puts right.
    """

    feed: Feed
    outcome: Outcome
    choices: tuple[Choice, ...] = ()
    unchanged: int = 0
    clock: Clock | None = None


class Task(Struct, frozen=True, kw_only=True):
    """One answered poll on its way to a worker process."""

    known: Known
    response: Response
    policy: Policy = Policy()
    fulltext: FullTextRule = FullTextRule()
    now: datetime

    def __post_init__(self) -> None:
        require_utc(self.now)


class Batch(Struct, frozen=True, kw_only=True):
    """What the pure stages made of one poll: stored as a whole, in one transaction, or not at all.

    `clock` is as in `Update`.
    """

    feed: Feed
    outcome: Outcome
    revisions: tuple[Revision, ...] = ()
    unchanged: int = 0
    clock: Clock | None = None


class Stored(Struct, frozen=True, kw_only=True):
    """What storing batches came to, counted in posts."""

    new: int = 0
    edited: int = 0
    trivial: int = 0


class WantedPage(Struct, frozen=True, kw_only=True):
    """A post that waits for its article: what its feed said of it, where the page is, how often asking has failed."""

    original: Original
    address: str
    tries: int = 0


class PageTask(Struct, frozen=True, kw_only=True):
    """A page that came, on its way to a worker process, with what the feed said of its post."""

    feed: Feed
    original: Original
    page: ArticlePage


class PageReading(Struct, frozen=True, kw_only=True):
    """What came of a page: the post made again, with its article; or in one stable word why there is none."""

    revision: Revision | None = None
    refused: str = ""
