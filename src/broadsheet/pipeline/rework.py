"""Make every post again from its kept original, with today's rules."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.decide import entry_digest, put_right
from broadsheet.model import Choice, Feed, Original, Revision
from broadsheet.parse.originals import read_original
from broadsheet.pipeline.process import revise
from broadsheet.store import Store

GROUP = 200


class ReworkReport(Struct, frozen=True, kw_only=True):
    """What a rework did, in posts; those whose original is `unreadable` today stay as they were."""

    posts: int = 0
    changed: int = 0
    unreadable: tuple[str, ...] = ()


def rework(store: Store) -> ReworkReport:
    """Make every post again from its newest original; what comes out otherwise is replaced, without a revision.

    A killed rework leaves every post whole, old or new; running it again finishes it.
    """
    feeds = {feed.id: feed for feed in store.feeds()}
    posts = changed = 0
    unreadable: list[str] = []
    for group in _groups(store):
        remade = [(original, remake(original, feeds[original.feed_id])) for original in group]
        posts += len(group)
        changed += store.replace([revision for _, revision in remade if revision])
        unreadable += [original.post_id for original, revision in remade if revision is None]
    return ReworkReport(posts=posts, changed=changed, unreadable=tuple(unreadable))


def remake(original: Original, feed: Feed) -> Revision | None:
    """Read one original again; None where today's rules find no entry in it."""
    entry = read_original(original, feed.zone)
    if entry is None:
        return None
    clock = feed.state.clock
    if clock and original.seen_at >= clock.since:
        entry = put_right(entry, clock)
    choice = Choice(
        entry=entry,
        entry_id=original.entry_id,
        post_id=original.post_id,
        entry_digest=entry_digest(entry),
        published=entry.published or original.seen_at,
        reason=original.reason,
    )
    made = revise(choice, original.seen_at, original.media_type, original.base_url)
    return replace(made, original=original.body)


def _groups(store: Store) -> Iterator[list[Original]]:
    after = ""
    while group := store.originals(after, GROUP):
        yield group
        after = group[-1].post_id
