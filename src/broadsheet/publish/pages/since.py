"""What changed since the last edition, in a few lines at the head of the front page."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from broadsheet.model import OPEN_STATUSES, Card, Feed, Heard, LedgerEntry, LedgerRef, Post, Shelf, WatchChange
from broadsheet.publish.almanac import Almanac
from broadsheet.publish.findings.record import Record
from broadsheet.publish.pages.ranking import News

CLOSING = {time(6): "morning", time(18): "evening"}
"""When an edition is closed, in the paper's zone."""

MOST = 5
MOST_HEARD = 3
MOST_SETTLED = 2
MOST_READ = 12
"""Edited posts that are read to see whether their feeds told of it."""


class LastEdition(Struct, frozen=True):
    """The edition before the one of now, and when it was closed."""

    name: Literal["morning", "evening"]
    closed_at: datetime


class Change(Struct, frozen=True, kw_only=True):
    """One line: a new `story`, a new `report` in an older one, or a post of which an `edit` was not told.

    `title` bears the headline, `card` is the post that brought the change, `reports` counts those of its story.
    """

    kind: Literal["story", "report", "edit"]
    at: datetime
    title: Card
    card: Card
    story_id: str | None = None
    reports: int = 0


def last_edition(now: datetime, almanac: Almanac) -> LastEdition:
    """Tell which edition was closed before the one of `now`: editions close at 6 and at 18 o'clock.

    It depends on the clock alone, never on when the site was built: two builds of one edition say the same.
    """
    today = almanac.day_of(now)
    closings = [
        (datetime.combine(day, hour, almanac.zone).astimezone(UTC), name)
        for day in (today - timedelta(days=1), today)
        for hour, name in CLOSING.items()
    ]
    closed_at, name = [closing for closing in closings if closing[0] <= now][-2]
    return LastEdition(name, closed_at)  # type: ignore[arg-type]


def changes(news: Sequence[News], edits: Sequence[Change], since: datetime, most: int = MOST) -> tuple[Change, ...]:
    """List at most so many changes: what most reported on first, and at least one silent edit if there is any.

    What one alone reported is no line, however many copied it.
    """
    told = sorted(_told(news, since), key=lambda change: (change.reports, change.kind == "story", change.at))
    first = told[::-1][: most - min(len(edits), 1)]
    return (*first, *edits[: most - len(first)])


def _told(news: Iterable[News], since: datetime) -> Iterator[Change]:
    for one in news:
        fresh = [card for card in one.reports if card.published > since]
        if one.story and fresh and len(one.reports) > 1:
            is_new = len(fresh) == len(one.reports)
            yield Change(
                kind="story" if is_new else "report",
                at=(fresh[0] if is_new else fresh[-1]).published,
                title=one.title,
                card=fresh[-1],
                story_id=one.story.id,
                reports=len(one.reports),
            )


def told_since(record: Record | None, since: datetime, now: datetime) -> list[LedgerRef]:
    """Choose the claims that may have been settled since a moment: no longer open, and told of since then."""
    ledger = record.findings.ledger if record else ()
    told = [one for one in ledger if since < one.last_at <= now and one.status not in OPEN_STATUSES and one.stories]
    return sorted(told, key=lambda one: (one.last_at, one.id), reverse=True)[:MOST_READ]


def settled_since(record: Record | None, claims: Sequence[LedgerRef], since: datetime) -> list[LedgerEntry]:
    """List, of these claims, those that were open and were settled since a moment, the newest first.

    At most 2, one of each story.
    """
    if record is None or not claims:
        return []
    entries = record.findings.shelf.ledger.entries([claim.id for claim in claims])
    moved = [one for one in entries if one.claim.status in OPEN_STATUSES and one.decisive.at > since]
    moved.sort(key=lambda one: (one.decisive.at, one.id))
    return list({one.stories[0]: one for one in moved}.values())[::-1][:MOST_SETTLED]


def heard_since(watches: Iterable[Heard], since: datetime) -> list[WatchChange]:
    """List what watches heard of since a moment, the newest first, at most 3; what two of them heard once."""
    found = {(one.entry_id, one.at): one for heard in watches for one in heard.changes if one.at > since}
    return sorted(found.values(), key=lambda one: (one.at, one.entry_id), reverse=True)[:MOST_HEARD]


def page_of(change: WatchChange, known: Collection[str]) -> str:
    """Name the page that tells what a watch heard of: its story's where that is still one, else its post's."""
    return f"s/{change.story_id}/" if change.story_id in known else f"p/{change.post_id}/"


def silent_edits(shelf: Shelf, feeds: Mapping[str, Feed], cards: Sequence[Card], since: datetime) -> list[Change]:
    """Find, of the posts of these cards, those that were edited since a moment without a word from their feeds."""
    revised = [card for card in cards if card.revision > 1]
    found = [(shelf.post(card.id), card) for card in revised[:MOST_READ]]
    edited = [(post, card) for post, card in found if post.changed_at > since and is_silent(shelf, feeds, post)]
    lines = [Change(kind="edit", at=post.changed_at, title=card, card=card) for post, card in edited]
    return sorted(lines, key=lambda change: change.at, reverse=True)


def is_silent(shelf: Shelf, feeds: Mapping[str, Feed], post: Post) -> bool:
    """Tell whether the last edit of a post was made without a word from its feed."""
    from broadsheet.publish.pages.edits import edits_of  # parser and cleaner, which a site without edits never needs

    edits = edits_of(shelf.versions(post.id), shelf.revisions(post.id), feeds[post.feed_id], 1)
    return any(edit.silent for edit in edits)
