"""Who has the same keys: numbers of posts by key, in sorted runs that are merged as they grow.

A run is one sorted array of uint64, a key in the upper half and a post's number in the lower: eight bytes for each
key of each post, and no objects. Runs grow geometrically, so adding a post costs little whatever is there already.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.texts.arrays import distinct, is_among

_GROWTH = 4
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)


Numbers: TypeAlias = NDArray[np.int64] | NDArray[np.uint32]
"""Numbers of posts."""


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
        self._last = 0

    def add(self, keys: NDArray[np.uint32], posts: Numbers) -> None:
        """Add posts: each key, and the number of the post that has it; a post is added once, with all its keys."""
        if len(keys):
            self._runs.append(pack(keys, posts))
            self._last = max(self._last, int(posts.max()))
        while len(self._runs) > 1 and _GROWTH * len(self._runs[-1]) > len(self._runs[-2]):
            merged = np.concatenate((self._runs.pop(), self._runs.pop()))
            merged.sort(kind="stable")  # of two sorted runs in linear time
            self._runs.append(merged)

    def shared(self, keys: NDArray[np.uint32], posts: Numbers, most: int, asking: Numbers | None = None) -> Shared:
        """Pair posts that were added with all others of the same keys.

        A key that more than `most` posts have pairs each of them with the first of these alone, so that what many
        carry is still found and nothing grows by the square. `asking` are all posts that ask, in order, where they
        ask in several calls: of two the greater is heard.
        """
        every = (np.unique(posts) if asking is None else asking).astype(np.uint64)
        all_ask = len(every) > self._last == every[self._last]
        asked = pack(keys, posts)
        found = [np.zeros(0, np.uint64)]
        for run in self._runs:
            places = _Places.of(asked, run, most)
            found.append(places.before())
            if not all_ask:
                found.append(places.behind(every))
        pairs = np.sort(np.concatenate(found))
        first = np.flatnonzero(distinct(pairs))
        counts = np.diff(first, append=len(pairs))
        pairs = pairs[first]
        return Shared((pairs >> _HALF).astype(np.int64), (pairs & _LOWER).astype(np.int64), counts)


class _Places(NamedTuple):
    """Where in a run others stand who have the keys that are asked for: from `starts` to `ends`."""

    run: NDArray[np.uint64]
    asked: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, asked: NDArray[np.uint64], run: NDArray[np.uint64], most: int) -> "_Places":
        """Look for the keys; most have nobody but who asks."""
        starts = np.searchsorted(run, asked & ~_LOWER)
        one, two = run.take(starts, mode="clip"), run.take(starts + 1, mode="clip")
        others = np.flatnonzero(_of_one_key(two, asked) | (_of_one_key(one, asked) & (one != asked)))
        asked, starts = asked[others], starts[others]
        ends = np.searchsorted(run, asked | _LOWER, side="right")
        ends = np.where(ends - starts > most, starts + 1, ends)
        return cls(run, asked, starts, ends)

    def before(self) -> NDArray[np.uint64]:
        """Pair those who ask with the posts before them."""
        mine, theirs = self._paired(self.starts, np.minimum(np.searchsorted(self.run, self.asked), self.ends))
        return theirs << _HALF | mine

    def behind(self, asking: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Pair those who ask with the posts behind them that do not ask."""
        mine, theirs = self._paired(np.searchsorted(self.run, self.asked, side="right"), self.ends)
        heard = ~is_among(theirs, asking)
        return mine[heard] << _HALF | theirs[heard]

    def _paired(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        lengths = np.maximum(ends - starts, 0)
        places = np.arange(lengths.sum()) + np.repeat(starts + lengths - np.cumsum(lengths), lengths)
        return np.repeat(self.asked & _LOWER, lengths), self.run[places] & _LOWER


def _of_one_key(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (one ^ other) <= _LOWER
    return same


def pack(keys: NDArray[np.uint32], posts: Numbers) -> NDArray[np.uint64]:
    """Each key with its post as one number, in order."""
    packed = keys.astype(np.uint64)
    packed <<= _HALF
    np.bitwise_or(packed, posts, out=packed, dtype=np.uint64, casting="unsafe")  # without a copy of either
    packed.sort()
    return packed
