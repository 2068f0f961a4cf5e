"""Storing what the pure stages made: each revision finds its post, and becomes a new one, an edit, or nothing."""

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from broadsheet.errors import NotFoundError
from broadsheet.model import Batch, CleanEntry, Clock, Revision, Stored
from broadsheet.store import facts, images, kin
from broadsheet.store.articles import article_values, outlives, shown_content, stored_article
from broadsheet.store.compress import Pack
from broadsheet.store.engines.engine import Engine
from broadsheet.store.feeds import save_poll
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.places import Places
from broadsheet.store.rows import Values, content_from, pack_content, post_values, redated, revision_values, text_of
from broadsheet.store.search.index import IndexChanges
from broadsheet.store.search.textindex import Text
from broadsheet.store.sound import sound_text

Known = tuple[int, str, str, int]
"""What is stored of an entry: the number of its post, `entry_digest`, `digest`, number of its last revision."""


def apply(engine: Engine, pack: Pack, batches: Sequence[Batch]) -> Stored:
    """Write batches; belongs inside a transaction."""
    changes = _Changes(engine, pack, Places(engine, [one for batch in batches for one in batch.revisions]))
    for batch in batches:
        feed = save_poll(engine, batch.feed)
        if batch.clock:
            _date_anew(engine, feed, batch.clock)
        if batch.revisions:
            changes.gather(feed, batch)
    changes.write()
    return Stored(**changes.counts)


def _date_anew(engine: Engine, feed: int, clock: Clock) -> None:
    """Put right the dates of what was stored before its feed's clock was found out; identity stays."""
    for num, shown, *stamps in engine.rows("posts_dated_since", feed=feed, since=to_us(clock.since)):
        published, updated = (None if us is None else to_us(clock.right(from_us(us))) for us in stamps)
        values = {"num": num, "shown": redated(shown, clock), "published": published, "updated": updated}
        engine.write("date_anew", values)
        engine.write("sketch_again_at", {"num": num})
        engine.write("read_again_at", {"num": num})


def replace(engine: Engine, pack: Pack, revisions: Sequence[Revision]) -> int:
    """Write posts anew from revisions made by today's rules; how many changed. Belongs inside a transaction."""
    index = IndexChanges()
    changed = [one.post_id for one in revisions if _replace_one(engine, pack, index, one)]
    index.write(engine)
    images.list_again(engine, changed)
    kin.sketch_again(engine, changed)
    facts.read_again(engine, changed)
    return len(changed)


def _replace_one(engine: Engine, pack: Pack, index: IndexChanges, revision: Revision) -> bool:
    found = engine.row("post_number", id=revision.post_id)
    if found is None:
        raise NotFoundError(revision.post_id, "no post has this id, so it cannot be made again")
    num, feed, number, *digests = found
    if revision.number not in (None, number):
        return False
    shown = (
        revision.article.clean if revision.article else stored_article(engine, num, revision.clean) or revision.clean
    )
    old, new = _indexed(engine, num), _text(shown)
    values = {**post_values(revision, shown), "num": num}
    if revision.article:
        engine.write("keep_page", article_values(num, revision.article, pack))
    if old == new and digests == [values["entry_digest"], values["digest"], values["shown"]]:
        return False
    if old != new:
        index.replace(num, feed, old, new)
    engine.write("replace_post", values)
    engine.write("replace_content", {"num": num, "content": pack_content(content_from(revision), pack)})
    return True


class _Changes:
    """What the polls of one transaction change, gathered to be written table by table."""

    def __init__(self, engine: Engine, pack: Pack, places: Places) -> None:
        self.counts: Counter[str] = Counter()
        self._engine = engine
        self._pack = pack
        self._places = places
        self._known: dict[tuple[int, str], Known] = {}
        self._posts: list[Values] = []
        self._revisions: list[Values] = []
        self._edits: list[tuple[str, Values]] = []
        self._index = IndexChanges()

    def gather(self, feed: int, batch: Batch) -> None:
        """See what a poll of the feed with this number brings."""
        stored = self._engine.row("any_post", feed=feed) is not None
        for revision in batch.revisions:
            entry = feed, sound_text(revision.entry_id)
            known = self._known.get(entry) or (self._stored(*entry) if stored else None)
            if known is None:
                self._known[entry] = self._add(feed, batch.feed.id, revision)
            elif known[1] != revision.entry_digest:
                self._known[entry] = self._edit(feed, known, revision)

    def _stored(self, feed: int, entry_id: str) -> Known | None:
        row = self._engine.row("post_of_entry", feed=feed, entry_id=entry_id)
        return None if row is None else (row[0], row[1], row[2], row[3])

    def _add(self, feed: int, feed_id: str, revision: Revision) -> Known:
        self.counts["new"] += 1
        num = self._places.number(revision)
        values = self._values(num, 1, revision, revision.clean)
        name = self._places.name(revision, feed_id)
        values.update(id=name, feed=feed, entry_id=revision.entry_id, published=to_us(revision.published))
        self._posts.append(values)
        self._index.add(num, feed, _text(revision.clean))
        return num, revision.entry_digest, revision.digest, 1

    def _edit(self, feed: int, known: Known, revision: Revision) -> Known:
        num, _, digest, number = known
        if revision.digest == digest:
            self.counts["trivial"] += 1
            self._edits.append(("trivial_change", {"num": num, "entry_digest": revision.entry_digest}))
            return num, revision.entry_digest, digest, number
        self.counts["edited"] += 1
        shown = self._shown(num, revision)
        self._edits.append(("edit_post", self._values(num, number + 1, revision, shown)))
        self._index.replace(num, feed, _indexed(self._engine, num), _text(shown))
        return num, revision.entry_digest, revision.digest, number + 1

    def _shown(self, num: int, revision: Revision) -> CleanEntry:
        """What a reader sees of an edited post: the article that is kept, while that is more than the feed says."""
        article = stored_article(self._engine, num, revision.clean)
        if article is not None and outlives(article, revision):
            self._edits.append(("retitle_article", {"num": num, "content": shown_content(article, self._pack)}))
            return article
        if not revision.wants_page:
            self._edits.append(("drop_page", {"num": num}))
        return revision.clean

    def _values(self, num: int, number: int, revision: Revision, shown: CleanEntry) -> Values:
        values = post_values(revision, shown)
        values.update(revision_values(revision, self._pack), num=num, revision=number)
        self._revisions.append(values)
        if revision.wants_page:
            self._edits.append(("want_page", {"num": num, "due": to_us(revision.seen_at)}))
        return values

    def write(self) -> None:
        """Write everything, posts in newspaper order."""
        self._posts.sort(key=itemgetter("num"))
        self._engine.write_all("add_post", self._posts)
        self._engine.write_all("add_revision", self._revisions)
        for query, values in self._edits:
            self._engine.write(query, values)
        self._index.write(self._engine)


def _text(shown: CleanEntry) -> Text:
    return shown.title, shown.text


def _indexed(engine: Engine, num: int) -> Text:
    row = engine.row("indexed_text", num=num)
    return (row[0], text_of(row[1])) if row else ("", "")
