"""The third step: a round of posts is compared, within the window, and what is akin is written down as edges."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import StoreError
from broadsheet.model import Edge, PostText, Sketch
from broadsheet.pipeline.stories.joining import CARRYING, spans
from broadsheet.scale.archive.kin.reading import read_between, read_texts
from broadsheet.scale.archive.kin.rounds import Round
from broadsheet.scale.archive.kin.sketching import sketch_of
from broadsheet.scale.archive.kin.tables import (
    COPIES,
    EDGES,
    LINKS,
    Written,
    copy_row,
    edge_row,
    write_months,
    write_numbers,
)

if TYPE_CHECKING:
    from broadsheet.group import Pairs

PAIRS: Final = 2000
"""Pairs that are compared at one time."""

_MICROSECOND: Final = timedelta(microseconds=1)
_SKETCH: Final = ("post_id", "feed_id", "published", "exact", "bands", "sentences", "terms")


class Compared(Struct, frozen=True, kw_only=True):
    """The files that came of a round, and how many pairs, edges and copies."""

    files: tuple[Written, ...]
    pairs: int
    edges: int
    copies: int


def compare_round(folder: Path, one: Round) -> Compared:
    """Find the edges between the posts of a round, and between them and those of the days before.

    Raises:
        StoreError: a post stands in the archive twice.
    """
    from broadsheet.group import find_pairs
    from broadsheet.group.sketches.pairs import WINDOW

    before, new = _window(folder, one, WINDOW)
    near = [
        sketch
        for since, until in spans([sketch.published for sketch in new], WINDOW)
        for sketch in before
        if since <= sketch.published <= until
    ]
    found = find_pairs(new, near)
    edges = list(_edges(folder, one, found))
    places = {sketch.post_id: one.begin - len(before) + place for place, sketch in enumerate((*before, *new))}
    published = {sketch.post_id: sketch.published for sketch in new}
    return Compared(
        files=tuple(_write(folder, one, edges, published, places)),
        pairs=len(found.pairs),
        edges=len(edges),
        copies=sum(edge.relation in CARRYING for edge in edges),
    )


def _window(folder: Path, one: Round, window: timedelta) -> tuple[list[Sketch], list[Sketch]]:
    """Read the sketches of the days before a round, and its own, in order."""
    since = one.first - window // _MICROSECOND
    table = read_between(folder, one.near, since, one.last, _SKETCH)
    table = table.sort_by([("published", "ascending"), ("post_id", "ascending")])
    sketches = list(map(sketch_of, table.to_pylist()))
    names = {sketch.post_id: place for place, sketch in enumerate(sketches)}
    if len(names) < len(sketches):
        twice = next(sketch.post_id for place, sketch in enumerate(sketches) if names[sketch.post_id] != place)
        raise StoreError(str(folder), f"post {twice} stands in the archive twice: build it anew in another folder")
    begin = names[one.first_id]
    return sketches[:begin], sketches[begin : begin + one.end - one.begin]


def _edges(folder: Path, one: Round, found: "Pairs") -> Iterator[Edge]:
    from broadsheet.group import compare_posts

    texts = _texts(folder, one, found)
    for start in range(0, len(found.pairs), PAIRS):
        yield from compare_posts(replace(found, pairs=found.pairs[start : start + PAIRS]), texts)


def _texts(folder: Path, one: Round, found: "Pairs") -> dict[str, PostText]:
    """Read the texts of all posts that are to be compared."""
    from broadsheet.group.sketches.pairs import WINDOW

    wanted = {post_id for pair in found.pairs for post_id in (pair.first, pair.second)}
    if not wanted:
        return {}
    table = read_texts(folder, one.near, one.first - WINDOW // _MICROSECOND, one.last, wanted)
    return {text.post_id: text for text in map(_text_of, table.to_pylist())}


def _text_of(row: Mapping[str, Any]) -> PostText:
    return PostText(**{**row, "published": row["published"].replace(tzinfo=UTC)})


def _write(
    folder: Path, one: Round, edges: Sequence[Edge], published: Mapping[str, datetime], places: Mapping[str, int]
) -> Iterator[Written]:
    import numpy as np

    from broadsheet.group.events.clusters import MERGE

    rows = [(published[edge.second], edge_row(edge, published[edge.second])) for edge in edges]
    yield from write_months(folder, EDGES, one.name, rows)
    copies = (edge for edge in edges if edge.relation in CARRYING)
    rows = [(published[edge.second], copy_row(edge, published[edge.second])) for edge in copies]
    yield from write_months(folder, COPIES, one.name, rows)
    tied = [(places[edge.first], places[edge.second]) for edge in edges if edge.score >= MERGE]
    yield write_numbers(folder, f"{LINKS}/{one.name}.npy", np.array(tied, np.int64).reshape(-1, 2))
