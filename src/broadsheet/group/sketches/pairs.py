"""Which posts to compare: those that share enough of their sketches, within some days of each other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from broadsheet.group.sketches.candidates import find_candidates
from broadsheet.group.sketches.fingerprints import Fingerprints, unlike
from broadsheet.group.sketches.index import KeyIndex, Shared
from broadsheet.group.texts.arrays import distinct, is_among
from broadsheet.model.stories import Sketch

WINDOW = timedelta(days=3)
MOST_BANDS, MOST_SENTENCES = 100, 30
"""What more posts than this share says little: each of them is compared with the first alone."""

_MOST_NEEDED, _NEEDED, _ENOUGH = 3, 0.07, 0.3
_PARTS, _BAND = 60, 40
"""So many make a mark: sums of whole numbers are the same in any order."""

_BLOCK = 256
"""So many posts are paired at one time: what they find takes memory."""


class Pair(Struct, frozen=True, array_like=True):
    """Two posts to compare, the earlier first: how many marks of carried text they share, and how many rare terms."""

    first: str
    second: str
    marks: int
    terms: int = 0


class Pairs(Struct, frozen=True, kw_only=True):
    """What to compare, in order."""

    pairs: tuple[Pair, ...] = ()


def find_pairs(
    new: Sequence[Sketch], window: Sequence[Sketch], known: Mapping[str, Fingerprints] = MappingProxyType({})
) -> Pairs:
    """Find the pairs with a new post in them, of posts published within three days of each other.

    Args:
        new: sketches of the posts that came or changed.
        window: sketches of all posts published within three days of any new one; the new ones may be among them.
        known: fingerprints of some of these posts by id; pairs that they tell to be no copies are left out.
    """
    fresh = {sketch.post_id: sketch for sketch in new}
    sketches = sorted(
        ({sketch.post_id: sketch for sketch in window} | fresh).values(),
        key=lambda sketch: (sketch.published, sketch.post_id),
    )
    is_new = np.array([sketch.post_id in fresh for sketch in sketches], np.bool_)
    terms = _by_pair(*find_candidates([sketch.terms for sketch in sketches], is_new))
    marks: dict[tuple[int, int], int] = {}
    for certain, doubtful in _carrying(sketches, is_new):
        marks |= {pair: shared for pair, shared in _by_pair(*doubtful).items() if pair in terms}
        marks |= _by_pair(*certain)
    for pair in list(unlike(marks, sketches, known)):
        del marks[pair]
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


class _Kind:
    """The keys of one kind of all posts, those of post `n` in `runs[n]`."""

    def __init__(self, runs: Sequence[bytes], is_new: NDArray[np.bool_], most: int) -> None:
        self.sizes = np.array([len(run) // 4 for run in runs], np.int64)
        self._runs = runs
        self._asking = np.flatnonzero(is_new)
        self._most = most
        self._index = KeyIndex()
        self._index.add(*self._keys(np.arange(len(runs))))

    def shared(self, posts: NDArray[np.int64]) -> Shared:
        """Pair some of the new posts, as `KeyIndex.shared` does."""
        return self._index.shared(*self._keys(posts), self._most, self._asking)

    def _keys(self, posts: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        joined = b"".join([self._runs[post] for post in posts.tolist()])
        return np.frombuffer(joined, "<u4"), np.repeat(posts.astype(np.uint32), self.sizes[posts])


def _carrying(sketches: Sequence[Sketch], is_new: NDArray[np.bool_]) -> Iterator[tuple[Shared, Shared]]:
    """Pair the posts that may carry each other, block by block: those that surely do, and those of doubt."""
    texts = _Kind([sketch.exact[:4] for sketch in sketches], is_new, MOST_BANDS)
    banded = _Kind([sketch.bands for sketch in sketches], is_new, MOST_BANDS)
    said = _Kind([sketch.sentences for sketch in sketches], is_new, MOST_SENTENCES)
    asking = np.flatnonzero(is_new)
    for start in range(0, len(asking), _BLOCK):
        posts = asking[start : start + _BLOCK]
        yield _weighed(texts.shared(posts), banded.shared(posts), said.shared(posts), said.sizes)


def _weighed(texts: Shared, banded: Shared, said: Shared, sizes: NDArray[np.int64]) -> tuple[Shared, Shared]:
    """Leave the pairs that may carry each other: of one text, with two bands in common, or with enough sentences.

    First those that surely share enough, three tenths of the shorter text's sentences; then also those that share
    fewer: what all posts of one kind say in the same words, or a copy of which most sentences were changed. Of these
    a copy has rare terms of its source.

    Of sentences three are enough, or a third of a short text; of a very long one it is one in fourteen. Posts of one
    kind of news have a band in common now and then, so one band counts as two sentences.
    """
    known = said.packed()
    banded = banded.where((banded.keys > 1) | is_among(banded.packed(), known))
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
