"""Kept originals, read again by today's rules."""

from msgspec.structs import replace

from broadsheet.decide import entry_digest, put_right
from broadsheet.model import Choice, Feed, Original, ParsedEntry, Revision
from broadsheet.parse.originals import read_original
from broadsheet.pipeline.workers.process import revise


def entry_again(original: Original, feed: Feed) -> ParsedEntry | None:
    """Read the entry of an original, its dates put right; None where today's rules find none in it."""
    entry = read_original(original, feed.zone)
    clock = feed.state.clock
    return put_right(entry, clock) if entry and clock and original.seen_at >= clock.since else entry


def remake_from(entry: ParsedEntry, original: Original) -> Revision:
    """Make the revision that an entry read from its original becomes."""
    choice = Choice(
        entry=entry,
        entry_id=original.entry_id,
        post_id=original.post_id,
        entry_digest=entry_digest(entry),
        published=entry.published or original.seen_at,
        reason=original.reason,
    )
    made = revise(choice, original.seen_at, original.media_type, original.base_url)
    return replace(made, original=original.body, number=original.number)
