"""Storing what the pure stages made: each revision finds its post, and becomes a new one, an edit, or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from broadsheet.errors import NotFoundError, StoreError
from broadsheet.model import Batch, Revision, Stored
from broadsheet.store.feeds import save_poll
from broadsheet.store.moments import to_us
from broadsheet.store.rows import Row, Values, original_values, post_values
from broadsheet.store.search import IndexChanges, Text
from broadsheet.store.sqlite import Sqlite

Pack = Callable[[bytes], bytes]
_US_A_NUMBER = 1000  # posts are numbered by the millisecond of their publication


def apply(engine: Sqlite, pack: Pack, batches: Iterable[Batch]) -> Stored:
    """Write batches; belongs inside a transaction."""
    writer = _Writer(engine, pack)
    for batch in batches:
        feed = save_poll(engine, batch.feed)
        for revision in batch.revisions:
            writer.write(feed, batch.feed.id, revision)
    writer.index.write(engine)
    return Stored(**writer.counts)


def replace(engine: Sqlite, revisions: Sequence[Revision]) -> int:
    """Write posts anew from revisions made by today's rules; how many changed. Belongs inside a transaction."""
    index = IndexChanges()
    changed = sum(_replace_one(engine, index, revision) for revision in revisions)
    index.write(engine)
    return changed


def _replace_one(engine: Sqlite, index: IndexChanges, revision: Revision) -> bool:
    found = engine.row("post_number", id=revision.post_id)
    if found is None:
        raise NotFoundError(revision.post_id, "no post has this id, so it cannot be made again")
    num, *digests = found
    old, new = _indexed(engine, num), _text(revision)
    values = {**post_values(revision), "num": num}
    if old == new and digests == [values["entry_digest"], values["digest"], values["shown"]]:
        return False
    if old != new:
        index.replace(num, old, new)
    engine.write("replace_post", values)
    engine.write("edit_body", values)
    return True


class _Writer:
    """What piles up while the revisions of one transaction are written: counts, and changes to the index."""

    def __init__(self, engine: Sqlite, pack: Pack) -> None:
        self.index = IndexChanges()
        self.counts: Counter[str] = Counter()
        self._engine = engine
        self._pack = pack
        self._numbers: dict[int, int] = {}

    def write(self, feed: int, feed_id: str, revision: Revision) -> None:
        known = self._engine.row("post_of_entry", feed=feed, entry_id=revision.entry_id)
        if known is None:
            self._add(feed, feed_id, revision)
            return
        num, entry_digest, digest, number = known
        if revision.entry_digest == entry_digest:
            return
        if revision.digest == digest:
            self.counts["trivial"] += 1
            self._engine.write("trivial_change", {"num": num, "entry_digest": revision.entry_digest})
        else:
            self._edit(num, number + 1, revision)

    def _add(self, feed: int, feed_id: str, revision: Revision) -> None:
        self.counts["new"] += 1
        values = self._values(revision, 1)
        published = to_us(revision.published)
        wanted = published // _US_A_NUMBER
        num = self._numbers.get(wanted, wanted)
        values.update(num=num, id=revision.post_id, feed=feed, entry_id=revision.entry_id, published=published)
        if not self._engine.write("add_post", values):
            num = self._numbers[wanted] = _free_number(self._engine, num)
            values.update(num=num, id=_free_id(self._engine, revision.post_id, feed_id, revision.entry_id))
            self._engine.write("add_post", values)
        self._engine.write("add_body", values)
        self._engine.write("add_original", values)
        self.index.add(num, _text(revision))

    def _edit(self, num: int, number: int, revision: Revision) -> None:
        self.counts["edited"] += 1
        self.index.replace(num, _indexed(self._engine, num), _text(revision))
        values = self._values(revision, number)
        values["num"] = num
        for query in ("edit_post", "edit_body", "add_original"):
            self._engine.write(query, values)

    def _values(self, revision: Revision, number: int) -> Values:
        values = post_values(revision)
        values.update(original_values(revision, self._pack(revision.original)), revision=number)
        return values


def _free_number(engine: Sqlite, wanted: int) -> int:
    """Take the next free number where many posts give the same moment."""
    row = engine.row("next_free_number", num=wanted)
    return int(row[0]) if row else wanted


def _free_id(engine: Sqlite, post: str, feed_id: str, entry_id: str) -> str:
    """Lengthen a post's name while another post has it; the digits added depend on the entry alone."""
    named = f"{feed_id}\0{entry_id}".encode("utf-8", "surrogatepass")
    for size in range(64):
        longer = post + blake2b(named, digest_size=size).hexdigest() if size else post
        if engine.row("post_number", id=longer) is None:
            return longer
    raise StoreError(engine.name, f"no free id for entry {entry_id} of feed {feed_id}")


def _text(revision: Revision) -> Text:
    return revision.clean.title, revision.clean.text


def _indexed(engine: Sqlite, num: int) -> Text:
    row: Row = engine.row("indexed_text", num=num) or ("", "")
    return row[0], row[1]
