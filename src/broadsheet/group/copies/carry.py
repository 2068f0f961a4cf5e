"""What one post carries of another: how much of the later one's text, by shingles, stands in the earlier."""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from broadsheet.group.copies.forms import of_one_form
from broadsheet.group.copies.furniture import without_furniture
from broadsheet.group.copies.reading import Reading, count_shared, read_each
from broadsheet.group.sketches.pairs import Pair
from broadsheet.group.sketches.relation import EDITED, relation_of
from broadsheet.model.stories import Edge, PostText, Reason

_DEVIATIONS = 2.5
_STOP = re.compile(r"[。！？!?;；\n]+|\.\s")
_MOST_QUOTED = 60


def carried(pairs: Sequence[Pair], texts: Mapping[str, PostText]) -> Iterator[tuple[Pair, Edge | None]]:
    """Each pair of posts that have texts, with how the one carries the other, if it does."""
    named = sorted({name for pair in pairs if pair.marks for name in (pair.first, pair.second)} & texts.keys())
    readings = dict(zip(named, read_each([texts[name].text for name in named]), strict=True))
    for pair in pairs:
        if pair.first in texts and pair.second in texts:
            edge = _edge(texts[pair.first], texts[pair.second], readings) if pair.marks else None
            yield pair, edge


def _edge(one: PostText, other: PostText, readings: Mapping[str, Reading]) -> Edge | None:
    first, second = readings[one.post_id], readings[other.post_id]
    if not _may_carry(first, second):
        return None
    if one.feed_id == other.feed_id:
        first, second = without_furniture(first, second)
    shared = count_shared(first.known, second.known)
    at_once = one.published == other.published
    found = relation_of(shared, len(first.known), len(second.known), at_once=at_once)
    if found is None or of_one_form(first, second):
        return None
    relation, share = found
    return Edge(
        first=one.post_id,
        second=other.post_id,
        relation=relation,
        score=1.0,
        share=share,
        reasons=(Reason("carried", _quoted(one.text, other.text)),),
    )


def _may_carry(first: Reading, second: Reading) -> bool:
    """Look at a sample of the shingles, which tells most pairs apart that only tell of like things.

    Half of the shorter text has to be shared; a sample of it strays from that by two and a half deviations at most.
    """
    least = min(len(first.sample), len(second.sample))
    return count_shared(first.sample, second.sample) >= EDITED * (least - _DEVIATIONS * sqrt(least))


def _quoted(one: str, other: str) -> tuple[str, ...]:
    """The longest sentence that stands in both, its beginning at least."""
    said = {sentence.strip() for sentence in _STOP.split(one)} & {sentence.strip() for sentence in _STOP.split(other)}
    longest = max(said, key=lambda sentence: (len(sentence), sentence), default="")
    return (longest[:_MOST_QUOTED],) if longest else ()
