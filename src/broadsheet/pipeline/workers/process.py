"""The pure middle of the pipeline: bytes in, bytes out, no clock and no I/O; runs anywhere."""

from datetime import datetime

import msgspec

from broadsheet.clean import clean_entry, post_digest
from broadsheet.decide import decide_update, wants_full_text
from broadsheet.errors import FeedError
from broadsheet.model import (
    Batch,
    Choice,
    Failure,
    Feed,
    FullTextRule,
    ParsedEntry,
    ParsedFeed,
    Response,
    Revision,
    Task,
)
from broadsheet.parse import parse_feed

NO_PAGES = FullTextRule(choice="never")
_read_tasks = msgspec.msgpack.Decoder(tuple[Task, ...])
_write = msgspec.msgpack.Encoder()


def process_bytes(tasks: bytes) -> bytes:
    """Work on a MessagePack array of `Task`; returns a MessagePack array of `Batch`, one for each, in order."""
    return _write.encode(tuple(process(task) for task in _read_tasks.decode(tasks)))


def process(task: Task) -> Batch:
    """Understand one answer, decide what is new in it, and clean that; a feed's fault becomes data on the feed."""
    parsed = _parse(task)
    if isinstance(parsed, Failure):
        update = decide_update(task.known, None, parsed, task.now, task.policy)
    else:
        update = decide_update(task.known, parsed, task.response, task.now, task.policy)
    media_type = _media_type(update.feed.state.format)
    base_url = task.response.final_address
    return Batch(
        feed=update.feed,
        outcome=update.outcome,
        revisions=tuple(revise(choice, task.now, media_type, base_url, task.fulltext) for choice in update.choices),
        unchanged=update.unchanged,
        clock=update.clock,
    )


def revise(
    choice: Choice, now: datetime, media_type: str, base_url: str | None, rule: FullTextRule = NO_PAGES
) -> Revision:
    """Make the revision that a chosen entry becomes; `rule` says whether it wants the page of its article."""
    entry = choice.entry
    clean = clean_entry(entry, base_url)
    return Revision(
        post_id=choice.post_id,
        entry_id=choice.entry_id,
        entry_digest=choice.entry_digest,
        digest=post_digest(clean),
        reason=choice.reason,
        seen_at=now,
        published=choice.published,
        updated=entry.updated,
        authors=entry.authors,
        categories=category_names(entry),
        enclosures=entry.enclosures,
        comments=entry.comments,
        clean=clean,
        original=entry.original or b"",
        media_type=media_type,
        base_url=base_url,
        wants_page=wants_full_text(entry, clean, rule),
    )


def category_names(entry: ParsedEntry) -> tuple[str, ...]:
    """What to call an entry's categories to a person, each once, in the feed's order."""
    return tuple(dict.fromkeys(category.label or category.term for category in entry.categories))


def _parse(task: Task) -> ParsedFeed | Failure:
    response: Response = task.response
    feed: Feed = task.known.feed
    try:
        return parse_feed(
            response.body,
            response.headers.get("content-type"),
            response.final_address,
            zone=feed.zone,
            now=task.now,
            originals=True,
        )
    except FeedError as error:
        return Failure(reason=error.reason, message=str(error), at=task.now, status=response.status)


def _media_type(feed_format: str | None) -> str:
    return "application/feed+json" if (feed_format or "").startswith("json") else "application/xml"
