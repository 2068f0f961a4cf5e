"""What one post carries of another: how much of the later one's text, by shingles, stands in the earlier.

Share is the part of the later text that is the earlier's; kept, the part of the earlier that is there again. The
later is a copy where its share is 0.8 or more, an edited copy from 0.5 on, and an excerpt where nearly all of it is
some part of a longer text. A short text in a long one is none of these: a flash that an article begins with, or a
statement that both quote, was reported twice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from broadsheet.group.forms import of_one_form
from broadsheet.group.furniture import without_furniture
from broadsheet.group.pairs import Pair
from broadsheet.group.reading import Reading, count_shared, read_each
from broadsheet.model.stories import Edge, PostText, Reason, Relation

COPY, EDITED = 0.8, 0.5
"""From these shares on."""

_KEPT_EDITED, _KEPT_EXCERPT, _KEPT_LONG_EXCERPT = 0.4, 0.3, 0.2
_LONG_EXCERPT = 100
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
    at_once = one.published == other.published
    found = _relation(first, second, at_once=at_once)
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


def _relation(first: Reading, second: Reading, *, at_once: bool) -> tuple[Relation, float] | None:
    """Name the relation, and the share; of posts published at once the shorter carries the longer."""
    earlier, later = len(first.known), len(second.known)
    if at_once:
        earlier, later = max(earlier, later), min(earlier, later)
    shared = count_shared(first.known, second.known)
    if not shared:
        return None
    share, kept = shared / later, shared / earlier
    if share >= COPY and kept >= EDITED:
        return "copy", share
    if share >= COPY and kept >= (_KEPT_LONG_EXCERPT if shared >= _LONG_EXCERPT else _KEPT_EXCERPT):
        return "excerpt", share
    return ("edited-copy", share) if share >= EDITED and kept >= _KEPT_EDITED else None


def _quoted(one: str, other: str) -> tuple[str, ...]:
    """The longest sentence that stands in both, its beginning at least."""
    said = {sentence.strip() for sentence in _STOP.split(one)} & {sentence.strip() for sentence in _STOP.split(other)}
    longest = max(said, key=lambda sentence: (len(sentence), sentence), default="")
    return (longest[:_MOST_QUOTED],) if longest else ()
