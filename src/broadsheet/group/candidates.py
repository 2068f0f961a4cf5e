"""Which posts may tell of one event: those that share rare terms, the fifty closest to each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.arrays import distinct

CAP: Final = 60
"""A term that more posts of the window have tells nothing."""

WORTH: Final = np.array([1, 2, 0, 4])
"""What a shared term counts by the lowest two bits of its key: two characters, a word in Chinese, among words."""

NEEDED: Final = 4
"""So much is needed: a rare word among words; a name of four characters and a little more."""

CLOSEST: Final = 50
"""With so many others a post is compared, unless they find it among their own closest."""


class Candidates(NamedTuple):
    """Pairs of numbers of posts, in order, the `lesser` and the `greater`, and how much of rare terms they share."""

    lesser: NDArray[np.int64]
    greater: NDArray[np.int64]
    shared: NDArray[np.int64]


def find_candidates(terms: Sequence[bytes], is_new: NDArray[np.bool_]) -> Candidates:
    """Pair posts that share enough rare terms, where one of them is new.

    Args:
        terms: what `rare_terms` makes of each post, in an order that is always the same.
        is_new: of each post.
    """
    keys = np.frombuffer(b"".join(terms), "<u4")
    owners = np.repeat(np.arange(len(terms)), [len(run) // 4 for run in terms])
    keys, owners = _telling(keys, owners, is_new)
    lesser, greater, worth = _pairs(keys, owners)
    used = is_new[lesser] | is_new[greater]
    packed, places = np.unique(lesser[used] << 32 | greater[used], return_inverse=True)
    shared = np.bincount(places, worth[used], len(packed)).astype(np.int64)
    kept = shared >= NEEDED
    found = Candidates(packed[kept] >> 32, packed[kept] & 0xFFFFFFFF, shared[kept])
    return _closest(found)


def _telling(
    keys: NDArray[np.uint32], owners: NDArray[np.int64], is_new: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The keys that two posts or more have, but not too many, one of them new; in order."""
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    if not len(keys):
        return keys, owners
    starts = np.flatnonzero(distinct(keys))
    lengths = np.diff(starts, append=len(keys))
    fresh = np.add.reduceat(is_new[owners].astype(np.int64), starts) > 0
    kept = np.repeat((lengths > 1) & (lengths <= CAP) & fresh, lengths)
    return keys[kept], owners[kept]


def _pairs(
    keys: NDArray[np.uint32], owners: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every pair of owners of one key, and what the key is worth."""
    first = np.searchsorted(keys, keys)
    before = np.arange(len(keys)) - first
    right = np.repeat(np.arange(len(keys)), before)
    left = np.arange(len(right)) - np.repeat(np.cumsum(before) - before, before) + np.repeat(first, before)
    return owners[left], owners[right], WORTH[keys[right] & 3]


def _closest(found: Candidates) -> Candidates:
    """Leave the pairs in which one is among the closest of the other; of equals, those published first."""
    side, other = np.append(found.lesser, found.greater), np.append(found.greater, found.lesser)
    order = np.lexsort((other, -np.tile(found.shared, 2), side))
    starts = np.searchsorted(side[order], side[order])
    close = order[np.arange(len(order)) - starts < CLOSEST]
    kept = np.zeros(len(found.shared), np.bool_)
    kept[close % max(len(kept), 1)] = True
    return Candidates(*(part[kept] for part in found))
