"""What posts are akin to: their texts as grouping reads them, their sketches, and the edges between them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from broadsheet.errors import NotFoundError
from broadsheet.model import Edge, PostText, Reason, Sketch
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.portions import fill_up, last_revision, note, noted
from broadsheet.store.rows import Row, json_of, text_of

NOTE = "posts sketched"
"""The note of the last revision whose post was sketched."""

_LAST = 2**63 - 1
"""No row has a greater number."""

TURN = "sketches kept"
"""The note of how often sketches were kept: who read before that must read again."""

_ENCODER = msgspec.msgpack.Encoder()
_SKETCH = msgspec.msgpack.Decoder(Sketch)
_REASONS = msgspec.msgpack.Decoder(tuple[Reason, ...])


class Unsketched(Struct, frozen=True, kw_only=True):
    """Posts to sketch; `mark` and `changed` are how far this goes in what came and in what changed.

    `turn` is how often sketches had been kept when this was read.
    """

    posts: tuple[PostText, ...]
    mark: int
    changed: int
    turn: int


def unsketched_posts(engine: Engine, limit: int, last: Unsketched | None) -> Unsketched:
    """Find posts that were not sketched as they are now: those that changed since, then those that came.

    Sketching takes no look at images, so they are left out of these texts.
    """
    if last is None:
        last = Unsketched(posts=(), mark=noted(engine, NOTE), changed=0, turn=noted(engine, TURN))
    changed_rows = engine.rows("unsketched_changed", after=last.changed, limit=limit)
    changed = changed_rows[-1][-1] if changed_rows else last.changed
    rows, mark = fill_up(engine, changed_rows, "unsketched_new", last.mark, limit)
    return Unsketched(posts=tuple(map(_text_of, rows)), mark=mark, changed=changed, turn=last.turn)


def texts_of(engine: Engine, post_ids: Sequence[str]) -> dict[str, PostText]:
    """Read posts as grouping reads them, by id; those that are not there are left out."""
    return {row[1]: _text_of(row) for row in engine.rows("texts_of_posts", ids=json_of(post_ids))}


def _text_of(row: Row) -> PostText:
    _, key, feed, published, language, title, content, image, _ = row
    return PostText(
        post_id=key,
        feed_id=feed,
        published=from_us(published),
        language=language,
        title=title,
        text=text_of(content),
        image=image,
    )


def sketches(engine: Engine, since: datetime, until: datetime) -> list[Sketch]:
    """Read the sketches of posts published between two moments, both included."""
    return [_SKETCH.decode(row[0]) for row in engine.rows("sketches", since=to_us(since), until=to_us(until))]


def keep_sketches(engine: Engine, read: Unsketched, sketched: Sequence[Sketch], edges: Sequence[Edge]) -> bool:
    """Write sketches, and the edges of these posts in place of those they had; belongs inside a transaction.

    False, and nothing written, where others kept sketches since these posts were read: edges to them would be missed.
    """
    if noted(engine, TURN) != read.turn:
        return False
    ends = {end for edge in edges for end in (edge.first, edge.second)}
    nums = numbers(engine, ends.union(one.post_id for one in sketched))
    _forget_edges(engine, [nums[one.post_id] for one in sketched])
    rows = (
        {"post": nums[one.post_id], "published": to_us(one.published), "content": _ENCODER.encode(one)}
        for one in sketched
    )
    engine.write_all("keep_sketch", rows)
    engine.write_all("keep_edge", (_edge_values(edge, nums) for edge in edges))
    engine.write("to_join", {"nums": json_of(sorted(nums[end] for end in ends))})
    engine.write("sketched", {"changed": read.changed})
    note(engine, NOTE, read.mark)
    note(engine, TURN, read.turn + 1)
    return True


def _forget_edges(engine: Engine, nums: Sequence[int]) -> None:
    """Drop the edges of posts that were sketched before, and let stories be made again of all that they tied."""
    known = json_of([num for (num,) in engine.rows("are_sketched", nums=json_of(nums))])
    if known != "[]":
        for query in ("neighbours_unjoined", "drop_edges_to", "drop_edges_from"):
            engine.write(query, {"nums": known})


def _edge_values(edge: Edge, nums: dict[str, int]) -> dict[str, object]:
    return {
        "first": nums[edge.first],
        "second": nums[edge.second],
        "relation": edge.relation,
        "score": edge.score,
        "share": edge.share,
        "reasons": _ENCODER.encode(edge.reasons),
    }


def numbers(engine: Engine, post_ids: Iterable[str]) -> dict[str, int]:
    """Find the numbers of posts by their ids; NotFoundError for one that is not there."""
    wanted = list(post_ids)
    found: dict[str, int] = dict(engine.rows("numbers_of_posts", ids=json_of(wanted)))
    for missing in wanted:
        if missing not in found:
            raise NotFoundError(missing, "no post has this id; `broadsheet search` finds posts by their words")
    return found


def sketch_again(engine: Engine, post_ids: Sequence[str]) -> None:
    """Let posts be sketched once more; belongs inside a transaction."""
    if post_ids:
        engine.write("sketch_again", {"ids": json_of(post_ids)})


def sketch_all_again(engine: Engine) -> None:
    """Forget what every post is akin to, and let all be sketched once more, in the order of publication.

    Belongs inside a transaction.
    """
    engine.write("sketched", {"changed": _LAST})
    note(engine, TURN, noted(engine, TURN) + 1)
    for query in ("sketch_all_again", "join_all_again", "forget_background", "forget_edges", "forget_sketches"):
        engine.write(query, {})
    note(engine, NOTE, last_revision(engine))


def edges_among(engine: Engine, post_ids: Sequence[str]) -> list[Edge]:
    """Read every edge of which both ends are among these posts, in the order of publication."""
    return list(map(edge_of, engine.rows("edges_among", ids=json_of(post_ids))))


def edge_of(row: Row) -> Edge:
    """Read an edge from its row."""
    first, second, relation, score, share, reasons = row
    return Edge(
        first=first, second=second, relation=relation, score=score, share=share, reasons=_REASONS.decode(reasons)
    )
