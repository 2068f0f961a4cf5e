"""Make every post again from its kept original, with today's rules."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Article, Feed, Original, Revision
from broadsheet.pipeline.workers.articles import article_for
from broadsheet.pipeline.workers.originals import entry_again, remake_from
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
    """Read one original again, and the page of its article where there is one; None where no entry is found in it.

    An article that today's rules do not find stays as it was.
    """
    entry = entry_again(original, feed)
    if entry is None:
        return None
    made = remake_from(entry, original)
    article = article_for(entry, made, original.page) if original.page else None
    return replace(made, article=article) if isinstance(article, Article) else made


def _groups(store: Store) -> Iterator[list[Original]]:
    after = ""
    while group := store.originals(after, GROUP):
        yield group
        after = group[-1].post_id
