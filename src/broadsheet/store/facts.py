"""Facts of posts: kept with who found them, restored from the text they were found in; and posts found by them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Annotations, Fact, FactsRef
from broadsheet.store.compress import Pack, packer, unpack
from broadsheet.store.engines.engine import Engine
from broadsheet.store.kin import numbers
from broadsheet.store.ledger import mark_posts
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.portions import fill_up, last_revision, note, noted
from broadsheet.store.rows import Row, gathered, json_of, text_of

MOVE = "move"
"""The kind of a post that reports a move of a price; all other kinds are statuses of claims."""

_NOTE = "posts read"
"""The note of the last revision whose post was read."""

_TURN = "facts kept"
"""The note of how often facts were kept: who read before that must read again."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Annotations)
_WORDS: Mapping[str, str] = {
    "mentions": "surface",
    "moves": "surface",
    "claims": "quote",
    "responses": "quote",
    "origins": "quote",
    "dates": "surface",
}
"""Which field of each kind of fact repeats the text."""

_NEVER = 2**63 - 1
_US_A_NUMBER = 1000  # posts are numbered by the millisecond of their publication

Reader: TypeAlias = tuple[str, str]
"""The digests of the rules and of the company book that posts were read with."""


class PostToRead(Struct, frozen=True, kw_only=True):
    """What is read of a post to find its facts; `zone` is its feed's own (IANA), where it has one."""

    post_id: str
    feed_id: str
    zone: str | None
    published: datetime
    language: str | None
    text: str


class Unread(Struct, frozen=True, kw_only=True):
    """Posts to read; `mark` and `changed` are how far this goes in what came and in what changed.

    `turn` is how often facts had been kept when this was read.
    """

    posts: tuple[PostToRead, ...]
    mark: int
    changed: int
    turn: int


class Facts:
    """The facts of a store's posts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pack = packer()

    def of(self, post_ids: Sequence[str]) -> dict[str, Annotations]:
        """Read the facts of posts, by id; posts that were not read as they are now are left out."""
        rows = self._engine.rows("facts_of_posts", ids=json_of(post_ids))
        return dict(_restored(rows))

    def refs(self) -> dict[str, FactsRef]:
        """Read what laying out pages needs of the posts that name a company, claim or report a move."""
        named = gathered(self._engine.rows("all_company_posts"))
        return {
            key: FactsRef(_told(text, content), named.get(num, ()), _moved(content) if moves else ())
            for num, key, text, content, moves in self._engine.rows("facts_shown", move=MOVE)
        }

    def unread(self, limit: int = 500) -> Unread:
        """Find posts that were not read as they are now: those that changed since, then those that came."""
        turn = noted(self._engine, _TURN)
        changed_rows = self._engine.rows("unread_changed", limit=limit)
        changed = changed_rows[-1][-1] if changed_rows else 0
        rows, mark = fill_up(self._engine, changed_rows, "unread_new", noted(self._engine, _NOTE), limit)
        return Unread(posts=tuple(map(_to_read, rows)), mark=mark, changed=changed, turn=turn)

    def keep(self, read: Unread, found: Mapping[str, Annotations], reader: Reader) -> bool:
        """Keep what was found in posts that were read, by id, in place of what they had.

        False, and nothing is kept, where another process kept facts since: read again. A post that changed meanwhile
        waits to be read again. NotFoundError for one that is not there.
        """
        with self._engine.transaction():
            if noted(self._engine, _TURN) != read.turn:
                return False
            self._keep_all(found, reader)
            self._engine.write("posts_read", {"changed": read.changed})
            note(self._engine, _NOTE, read.mark)
            note(self._engine, _TURN, read.turn + 1)
            return True

    def _keep_all(self, found: Mapping[str, Annotations], reader: Reader) -> None:
        nums = numbers(self._engine, found)
        num_of_reader = self._reader(reader)
        by_num = [(nums[post_id], annotations) for post_id, annotations in sorted(found.items())]
        all_nums = json_of([num for num, _ in by_num])
        known = {num for (num,) in self._engine.rows("posts_with_facts", nums=all_nums)}
        mark_posts(self._engine, (num for num, one in by_num if num in known or one.claims or one.responses))
        for query in ("forget_companies", "forget_kinds"):
            self._engine.write(query, {"nums": all_nums})
        rows = ({"post": num, "reader": num_of_reader, **_values(one, self._pack)} for num, one in by_num)
        self._engine.write_all("keep_facts", rows)
        companies = ({"company": key, "post": num} for num, one in by_num for key in companies_of(one))
        self._engine.write_all("keep_company", companies)
        kinds = ({"kind": kind, "post": num} for num, one in by_num for kind in kinds_of(one))
        self._engine.write_all("keep_kind", kinds)

    def read_all_again(self) -> None:
        """Let all posts be read again, the newest first; their facts stay until they are."""
        with self._engine.transaction():
            self._engine.write("read_all_again", {})
            note(self._engine, _NOTE, last_revision(self._engine))
            note(self._engine, _TURN, noted(self._engine, _TURN) + 1)

    def count_unread(self) -> int:
        """How many posts were not read as they are now."""
        return int(self._engine.rows("count_unread", after=noted(self._engine, _NOTE))[0][0])

    def readers(self) -> dict[Reader, int]:
        """How many posts have the facts that each pair of rules and book found."""
        return {(rules, book): count for rules, book, count in self._engine.rows("posts_by_reader")}

    def posts_of(self, company_id: str, limit: int = 100, before: datetime | None = None) -> list[str]:
        """Ids of posts that name a company, the newest first; published `before` a moment, if one is given."""
        rows = self._engine.rows("posts_of_company", company=company_id, before=_number(before), limit=limit)
        return [post_id for (post_id,) in rows]

    def posts_with(self, kind: str, limit: int = 100, before: datetime | None = None) -> list[str]:
        """Ids of posts with a claim of this status, or with a "move", the newest first."""
        rows = self._engine.rows("posts_of_kind", kind=kind, before=_number(before), limit=limit)
        return [post_id for (post_id,) in rows]

    def companies(self) -> dict[str, int]:
        """How many posts name each company, by its id."""
        return dict(self._engine.rows("posts_by_company"))

    def kinds(self) -> dict[str, int]:
        """How many posts have a claim of each status, and how many a "move"."""
        return dict(self._engine.rows("posts_by_kind"))

    def _reader(self, reader: Reader) -> int:
        rules, book = reader
        self._engine.write("add_reader", {"rules": rules, "book": book})
        return int(self._engine.rows("one_reader", rules=rules, book=book)[0][0])


def read_again(engine: Engine, post_ids: Sequence[str]) -> None:
    """Let posts be read once more; belongs inside a transaction."""
    if post_ids:
        engine.write("read_again", {"ids": json_of(post_ids)})


def companies_of(found: Annotations) -> set[str]:
    """The ids of the companies that a text names."""
    return {mention.company_id for mention in found.mentions if mention.company_id}


def kinds_of(found: Annotations) -> set[str]:
    """What kinds of facts a text has."""
    return {claim.status for claim in found.claims} | ({MOVE} if found.moves else set())


def _told(text: str, content: bytes) -> str:
    return blake2b(text.encode() + content, digest_size=8).hexdigest()


def _moved(content: bytes) -> tuple[str, ...]:
    moves = _DECODER.decode(unpack(content)).moves
    return tuple(dict.fromkeys(move.security for move in moves if move.security))


def _number(before: datetime | None) -> int:
    return _NEVER if before is None else to_us(before) // _US_A_NUMBER


def _to_read(row: Row) -> PostToRead:
    _, key, feed, zone, published, language, content, _ = row
    return PostToRead(
        post_id=key,
        feed_id=feed,
        zone=zone,
        published=from_us(published),
        language=language,
        text=text_of(content),
    )


def _values(found: Annotations, pack: Pack) -> dict[str, Any]:
    bare = replace(found, text="", **_each(found, lambda _: ""))
    return {"text": _digest(found.text), "content": pack(_ENCODER.encode(bare))}


def _restored(rows: Iterable[Row]) -> Iterator[tuple[str, Annotations]]:
    for key, digest, content, frame in rows:
        text = text_of(frame)
        if _digest(text) == digest:
            yield key, _with_words(_DECODER.decode(unpack(content)), text)


def _with_words(bare: Annotations, text: str) -> Annotations:
    return replace(bare, text=text, **_each(bare, lambda fact: text[fact.start : fact.end]))


def _each(found: Annotations, words: Callable[[Fact], str]) -> dict[str, tuple[Fact, ...]]:
    return {
        kind: tuple(replace(fact, **{field: words(fact)}) for fact in getattr(found, kind))
        for kind, field in _WORDS.items()
    }


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
