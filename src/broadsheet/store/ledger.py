"""The ledger in the store: entries whole, what finds them, how they changed, and which posts it has yet to read."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec
from msgspec import Struct

from broadsheet.model import LedgerChange, LedgerChanges, LedgerEntry, LedgerRef, Status, Step
from broadsheet.store.compress import packer, unpack
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import Row, gathered, json_of

NEWS = timedelta(days=7)
"""What was told longer ago than this is no news when the ledger first reads it."""

_ENCODER = msgspec.msgpack.Encoder()
_ENTRY = msgspec.msgpack.Decoder(LedgerEntry)
_STEP = msgspec.msgpack.Decoder(Step)
_FORGET = ("forget_entry_posts", "forget_entry_companies", "forget_entry_stories", "forget_entry_keys")
_INDEX = ("keep_entry_posts", "keep_entry_companies", "keep_entry_stories", "keep_entry_keys")


class Place(Struct, frozen=True, array_like=True):
    """Where a post stands: in its feed, in time, in its story, and behind the post that it carries."""

    post_id: str
    feed_id: str
    published: datetime
    story_id: str | None
    carries: str | None


class Unledgered(Struct, frozen=True, kw_only=True):
    """Posts that the ledger has yet to read, in the order of change; `marks` are what says so."""

    posts: tuple[str, ...]
    marks: tuple[int, ...]


class Ledger:
    """The claims of a store's posts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pack = packer()

    def entries(self, ids: Sequence[str]) -> list[LedgerEntry]:
        """Read entries whole, in the order asked; those that are not there are left out."""
        found = {row[0]: _entry(row[1]) for row in self._engine.rows("entries", ids=json_of(ids))}
        return [found[key] for key in ids if key in found]

    def refs(self) -> list[LedgerRef]:
        """Read what laying out pages needs of every entry, the one said last first."""
        companies = gathered(self._engine.rows("all_ledger_companies"))
        stories = gathered(self._engine.rows("all_ledger_stories"))
        alone = gathered(self._engine.rows("all_ledger_alone"))
        return [
            LedgerRef(
                key,
                digest,
                status,
                from_us(first),
                from_us(last),
                companies.get(num, ()),
                stories.get(num, ()),
                alone.get(num, ()),
            )
            for num, key, digest, status, first, last in self._engine.rows("all_entries")
        ]

    def of_story(self, story_id: str) -> list[LedgerEntry]:
        """Read the claims that a story tells, the one said first first."""
        return [_entry(row[0]) for row in self._engine.rows("entries_of_story", story=story_id)]

    def of_post(self, post_id: str) -> list[LedgerEntry]:
        """Read the claims that a post tells, the one said first first."""
        return sorted(self.of_posts([post_id]), key=lambda entry: (entry.first_at, entry.id))

    def of_posts(self, post_ids: Sequence[str]) -> list[LedgerEntry]:
        """Read the claims that any of these posts tells, in the order of their ids."""
        return [_entry(row[2]) for row in self._engine.rows("entries_of_posts", ids=json_of(post_ids))]

    def of_company(self, company_id: str) -> list[LedgerEntry]:
        """Read the claims about a company, the one told last first."""
        return [_entry(row[0]) for row in self._engine.rows("entries_of_company", company=company_id)]

    def listed(
        self, limit: int, *, statuses: Sequence[Status] | None = None, before: datetime | None = None
    ) -> list[LedgerEntry]:
        """List entries, the one told last first: of some statuses, of which nothing was told after a moment."""
        rows = self._engine.rows(
            "listed_entries",
            statuses=None if statuses is None else json_of(statuses),
            before=2**63 - 1 if before is None else to_us(before),
            limit=limit,
        )
        return [_entry(row[0]) for row in rows]

    def unread(self, limit: int = 500) -> Unledgered:
        """Find posts whose facts or story changed since the ledger was kept."""
        rows = self._engine.rows("unledgered", limit=limit)
        return Unledgered(posts=tuple(row[1] for row in rows), marks=tuple(row[0] for row in rows))

    def count_unread(self) -> int:
        """How many posts the ledger has yet to read."""
        return int(self._engine.rows("count_unledgered")[0][0])

    def read_all_again(self) -> None:
        """Let the ledger read every post again; its entries stay until then."""
        with self._engine.transaction():
            self._engine.write("to_ledger_all", {})

    def places(self, post_ids: Iterable[str]) -> list[Place]:
        """Say where posts stand, in no order; those that are not there are left out."""
        rows = self._engine.rows("places_of_posts", ids=json_of(list(post_ids)))
        return [Place(key, feed, from_us(at), story, source) for key, feed, at, story, source in rows]

    def posts_of_stories(self, story_ids: Iterable[str]) -> list[str]:
        """Give the ids of all posts of stories."""
        return [row[0] for row in self._engine.rows("posts_of_stories", stories=json_of(list(story_ids)))]

    def touched(
        self, post_ids: Iterable[str], keys: Iterable[str], since: datetime, until: datetime
    ) -> list[LedgerEntry]:
        """Read the entries that posts tell, and those told between two moments that bear one of these keys."""
        told = self._engine.rows("entries_of_posts", ids=json_of(list(post_ids)))
        akin = self._engine.rows("entries_of_keys", keys=json_of(list(keys)), since=to_us(since), until=to_us(until))
        return [_entry(row[2]) for row in {row[0]: row for row in (*told, *akin)}.values()]

    def keep(self, changes: LedgerChanges, now: datetime, read: Unledgered | None = None) -> None:
        """Keep what reading posts changed, and that they were read."""
        with self._engine.transaction():
            known = {entry.id: entry for entry in self.entries([entry.id for entry in changes.entries])}
            for entry in changes.entries:
                self._keep(entry, known.get(entry.id), now)
            for key in changes.ended:
                for (num,) in self._engine.rows("entry_number", id=key):
                    self._forget(num)
                    self._engine.write("drop_entry", {"entry": num})
            if read:
                self._engine.write("ledgered", {"nums": json_of(read.marks)})

    def _keep(self, entry: LedgerEntry, before: LedgerEntry | None, now: datetime) -> None:
        content = _ENCODER.encode(entry)
        row = self._engine.row(
            "keep_entry",
            id=entry.id,
            digest=blake2b(content, digest_size=8).hexdigest(),
            status=entry.status,
            first=to_us(entry.first_at),
            last=to_us(entry.last_at),
            now=to_us(now),
            content=self._pack(content),
        )
        num = int(row[0]) if row else 0
        if before:
            self._forget(num)
        values = (
            {step.post_id for step in entry.steps},
            {party.company_id for party in entry.parties if party.company_id},
            entry.stories,
            entry.keys,
        )
        for query, found in zip(_INDEX, values, strict=True):
            if found:
                self._engine.write(query, {"entry": num, "values": json_of(sorted(found))})
        if (step := news_of(before, entry)) and now - step.at <= NEWS:
            old = before.status if before else None
            change = {"entry": entry.id, "now": to_us(now), "before": old, "after": entry.status}
            self._engine.write("keep_change", change | {"step": _ENCODER.encode(step)})

    def _forget(self, num: int) -> None:
        for query in _FORGET:
            self._engine.write(query, {"entry": num})

    def changes(self, after: int = 0, since: datetime | None = None, limit: int = 1000) -> list[LedgerChange]:
        """Read what became of entries after a change, or since a moment, the earliest first."""
        rows = self._engine.rows("changes_after", after=after, since=to_us(since) if since else 0, limit=limit)
        return [_change(row) for row in rows]

    def last_change(self) -> int:
        """The number of the last change."""
        return int(self._engine.rows("last_change")[0][0])


def news_of(before: LedgerEntry | None, entry: LedgerEntry) -> Step | None:
    """Find the step that makes a changed entry news: it is new, stands elsewhere, or somebody said a word on it."""
    if before is None:
        return entry.steps[0]
    if before.status != entry.status:
        return entry.decisive
    known = {(step.post_id, step.start, step.kind) for step in before.steps}
    words = (step for step in reversed(entry.steps) if step.kind != "repeated")
    return next((step for step in words if (step.post_id, step.start, step.kind) not in known), None)


def mark_posts(engine: Engine, nums: Iterable[int]) -> None:
    """Let the ledger read posts again, by their numbers; belongs inside a transaction."""
    engine.write("to_ledger", {"nums": json_of(sorted(nums))})


def _entry(content: bytes) -> LedgerEntry:
    return _ENTRY.decode(unpack(content))


def _change(row: Row) -> LedgerChange:
    num, at, before, after, step, content = row
    return LedgerChange(
        number=num, at=from_us(at), before=before, after=after, step=_STEP.decode(step), entry=_entry(content)
    )
