"""Which posts to compare: those that share enough of their sketches, within some days of each other."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from broadsheet.group.arrays import distinct, is_among
from broadsheet.group.candidates import find_candidates
from broadsheet.group.index import Choice, KeyIndex, Shared
from broadsheet.model.stories import Sketch

WINDOW = timedelta(days=3)
MOST_BANDS, MOST_SENTENCES = 100, 30
"""What more posts than this share says little: each of them is compared with the first alone."""

_MOST_NEEDED, _NEEDED, _ENOUGH = 3, 0.07, 0.3
_PARTS, _BAND = 60, 40
"""So many make a mark: sums of whole numbers are the same in any order."""


class Pair(Struct, frozen=True, array_like=True):
    """Two posts to compare, the earlier first: how many marks of carried text they share, and how many rare terms."""

    first: str
    second: str
    marks: int
    terms: int = 0


class Pairs(Struct, frozen=True, kw_only=True):
    """What to compare, in order."""

    pairs: tuple[Pair, ...] = ()


class Keys(NamedTuple):
    """The keys of one kind of all posts, and the numbers of the posts that have them."""

    keys: NDArray[np.uint32]
    posts: NDArray[np.int64]


def find_pairs(new: Sequence[Sketch], window: Sequence[Sketch]) -> Pairs:
    """Find the pairs with a new post in them, of posts published within three days of each other.

    Args:
        new: sketches of the posts that came or changed.
        window: sketches of all posts published within three days of any new one; the new ones may be among them.
    """
    fresh = {sketch.post_id: sketch for sketch in new}
    sketches = sorted(
        ({sketch.post_id: sketch for sketch in window} | fresh).values(),
        key=lambda sketch: (sketch.published, sketch.post_id),
    )
    is_new = np.array([sketch.post_id in fresh for sketch in sketches], np.bool_)
    certain, doubtful = (_by_pair(*shared) for shared in _carrying(sketches, is_new))
    terms = _by_pair(*find_candidates([sketch.terms for sketch in sketches], is_new))
    marks = certain | {pair: shared for pair, shared in doubtful.items() if pair in terms}
    pairs = (
        (sketches[place[0]], sketches[place[1]], marks.get(place, 0), terms.get(place, 0))
        for place in sorted(marks | terms)
    )
    return Pairs(
        pairs=tuple(
            Pair(first.post_id, second.post_id, shared, rare)
            for first, second, shared, rare in pairs
            if second.published - first.published <= WINDOW
        )
    )


def _by_pair(
    lesser: NDArray[np.int64], greater: NDArray[np.int64], shared: NDArray[np.int64]
) -> dict[tuple[int, int], int]:
    return dict(zip(zip(lesser.tolist(), greater.tolist(), strict=True), shared.tolist(), strict=True))


def join_keys(every: Keys, is_new: NDArray[np.bool_], most: int, choice: Choice | None = None) -> Shared:
    """Pair the posts that share keys, where one of them is new; `most` and `choice` as in `KeyIndex.shared`."""
    index = KeyIndex()
    index.add(*every)
    wanted = is_new[every.posts]
    return index.shared(every.keys[wanted], every.posts[wanted], most, choice)


def keys_of(runs: Sequence[bytes]) -> Keys:
    """Read the keys that sketches hold, those of post `n` from `runs[n]`."""
    keys = np.frombuffer(b"".join(runs), "<u4").astype(np.uint32)
    return Keys(keys, np.repeat(np.arange(len(runs)), [len(run) // 4 for run in runs]))


def _carrying(sketches: Sequence[Sketch], is_new: NDArray[np.bool_]) -> tuple[Shared, Shared]:
    """Pair the posts that may carry each other: of one text, with two bands in common, or with enough sentences.

    First those that surely share enough, three tenths of the shorter text's sentences; then also those that share
    fewer: what all posts of one kind say in the same words, or a copy of which most sentences were changed. Of these
    a copy has rare terms of its source.

    Of sentences three are enough, or a third of a short text; of a very long one it is one in fourteen. Posts of one
    kind of news have a band in common now and then, so one band counts as two sentences.
    """
    sentences = keys_of([sketch.sentences for sketch in sketches])
    sizes = np.bincount(sentences.posts, minlength=len(sketches))
    texts = join_keys(keys_of([sketch.exact[:4] for sketch in sketches]), is_new, MOST_BANDS)
    said = join_keys(sentences, is_new, MOST_SENTENCES)
    known = said.packed()
    banded = join_keys(
        keys_of([sketch.bands for sketch in sketches]),
        is_new,
        MOST_BANDS,
        lambda pairs: (pairs.keys > 1) | is_among(pairs.packed(), known),
    )
    others = _together(texts._replace(keys=_PARTS * texts.keys), banded._replace(keys=_BAND * banded.keys))
    enough = _parts(said, sizes, _NEEDED) >= _PARTS
    said = said.where(enough | is_among(known, others.packed()))

    def weighed(share: float) -> Shared:
        both = _together(others, said._replace(keys=_parts(said, sizes, share)))
        return both.where(both.keys >= _PARTS)

    return weighed(_ENOUGH), weighed(_NEEDED)


def _parts(said: Shared, sizes: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    """What the sentences count that pairs share, where so large a share of the shorter text's is enough."""
    least = np.minimum(sizes[said.lesser], sizes[said.greater])
    few = np.clip(least / 3, 1, _MOST_NEEDED)
    return (_PARTS * said.keys / np.maximum(few, share * least)).astype(np.int64)


def _together(*all_shared: Shared) -> Shared:
    """Add up what pairs share."""
    lesser, greater, keys = (np.concatenate(parts) for parts in zip(*all_shared, strict=True))
    order = np.argsort(packed := lesser << 32 | greater)
    packed = packed[order]
    starts = np.flatnonzero(distinct(packed))
    sums = np.add.reduceat(keys[order], starts) if len(starts) else keys
    return Shared(lesser[order][starts], greater[order][starts], sums)
