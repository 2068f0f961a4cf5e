"""Who has the same keys: numbers of posts by key, in sorted runs that are merged as they grow.

A run is one sorted array of uint64, a key in the upper half and a post's number in the lower: eight bytes for each
key of each post, and no objects. Runs grow geometrically, so adding a post costs little whatever is there already.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.arrays import distinct, is_among

_GROWTH = 4
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)


class Shared(NamedTuple):
    """Pairs of numbers of posts in order, the `lesser` and the `greater`, and how many keys each pair shares."""

    lesser: NDArray[np.int64]
    greater: NDArray[np.int64]
    keys: NDArray[np.int64]

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "Shared":
        """Some of the pairs, by a mask or by their places."""
        return Shared(*(part[chosen] for part in self))

    def packed(self) -> NDArray[np.uint64]:
        """Each pair as one number."""
        return self.lesser.astype(np.uint64) << _HALF | self.greater.astype(np.uint64)


class KeyIndex:
    """An index that posts are added to, and that is asked which of them share keys."""

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []

    def add(self, keys: NDArray[np.uint32], posts: NDArray[np.int64]) -> None:
        """Add posts: each key, and the number of the post that has it; a post is added once, with all its keys."""
        if len(keys):
            self._runs.append(np.sort(_pack(keys, posts)))
        while len(self._runs) > 1 and _GROWTH * len(self._runs[-1]) > len(self._runs[-2]):
            merged = np.concatenate((self._runs.pop(), self._runs.pop()))
            merged.sort(kind="stable")  # of two sorted runs in linear time
            self._runs.append(merged)

    def shared(
        self, keys: NDArray[np.uint32], posts: NDArray[np.int64], most: int, asking: NDArray[np.int64] | None = None
    ) -> Shared:
        """Pair posts that were added with all others of the same keys.

        A key that more than `most` posts have pairs each of them with the first of these alone, so that what many
        carry is still found and nothing grows by the square. `asking` are all posts that ask, in order, where they
        ask in several calls: of two the greater is heard.
        """
        asking = np.unique(posts) if asking is None else asking
        asked = np.sort(_pack(keys, posts))
        found = np.concatenate([np.zeros(0, np.uint64), *(_found(run, asked, most) for run in self._runs)])
        mine, theirs = found >> _HALF, found & _LOWER
        heard = theirs < mine
        later = np.flatnonzero(theirs > mine)
        heard[later] = ~is_among(theirs[later], asking.astype(np.uint64))
        mine, theirs = mine[heard], theirs[heard]
        pairs = np.sort(np.minimum(mine, theirs) << _HALF | np.maximum(mine, theirs))
        places = np.flatnonzero(distinct(pairs))
        counts = np.diff(places, append=len(pairs))
        pairs = pairs[places]
        return Shared((pairs >> _HALF).astype(np.int64), (pairs & _LOWER).astype(np.int64), counts)


def _found(run: NDArray[np.uint64], asked: NDArray[np.uint64], most: int) -> NDArray[np.uint64]:
    """The posts of each key asked for: who asked in the upper half, who has it in the lower."""
    keys = asked & ~_LOWER
    starts = np.searchsorted(run, keys)
    lengths = (run.take(starts, mode="clip") & ~_LOWER == keys).astype(np.int64)
    several = np.flatnonzero(run.take(starts + 1, mode="clip") & ~_LOWER == keys)  # of most keys there is one at most
    lengths[several] = np.searchsorted(run, keys[several] | _LOWER, side="right") - starts[several]
    lengths[lengths > most] = 1
    ends = np.cumsum(lengths)
    places = np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
    paired: NDArray[np.uint64] = np.repeat(asked & _LOWER, lengths) << _HALF | run[places] & _LOWER
    return paired


def _pack(keys: NDArray[np.uint32], posts: NDArray[np.int64]) -> NDArray[np.uint64]:
    return keys.astype(np.uint64) << _HALF | posts.astype(np.uint64)
