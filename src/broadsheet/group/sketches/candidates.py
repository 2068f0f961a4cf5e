"""Which posts may tell of one event: those that share rare terms, the fifty closest to each."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.sketches.index import pack
from broadsheet.group.texts.arrays import distinct, several

CAP: Final = 60
"""A term that more posts of the window have tells nothing."""

WORTH: Final = np.array([1, 2, 0, 4])
"""What a shared term counts by the lowest two bits of its key: two characters, a word in Chinese, among words."""

NEEDED: Final = 4
"""So much is needed: a rare word among words; a name of four characters and a little more."""

CLOSEST: Final = 50
"""With so many others a post is compared, unless they find it among their own closest."""

_2, _31, _32 = np.uint64(2), np.uint64(31), np.uint64(32)
_LOWER, _KIND = np.uint64(0xFFFFFFFF), np.uint64(3)


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
    pairs = _pairs(*_telling(terms, is_new), is_new)
    pairs.sort()
    starts = np.flatnonzero(distinct(pairs >> _2))
    shared = np.add.reduceat(WORTH[(pairs & _KIND).astype(np.int64)], starts) if len(starts) else starts
    kept = shared >= NEEDED
    packed = (pairs[starts[kept]] >> _2).astype(np.int64)
    return _closest(Candidates(packed >> 31, packed & 0x7FFFFFFF, shared[kept]))


def _telling(terms: Sequence[bytes], is_new: NDArray[np.bool_]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The keys that two posts or more have, but not too many, one of them new; in order, and who has each."""
    sizes = [len(run) // 4 for run in terms]
    packed = pack(np.frombuffer(b"".join(terms), "<u4"), np.repeat(np.arange(len(terms), dtype=np.uint32), sizes))
    packed = packed[several(packed >> _32)]
    keys, owners = packed >> _32, (packed & _LOWER).astype(np.int64)
    if not len(keys):
        return keys, owners
    starts = np.flatnonzero(distinct(keys))
    lengths = np.diff(starts, append=len(keys))
    fresh = np.logical_or.reduceat(is_new[owners], starts)
    kept = np.repeat((lengths <= CAP) & fresh, lengths)
    return keys[kept], owners[kept]


def _pairs(keys: NDArray[np.uint64], owners: NDArray[np.int64], is_new: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Every pair of owners of one key, one of them new: the lesser above, the kind of key in the lowest bits."""
    first = np.searchsorted(keys, keys)
    before = np.arange(len(keys)) - first
    right = np.repeat(np.arange(len(keys)), before)
    left = np.arange(len(right)) - np.repeat(np.cumsum(before) - before - first, before)
    used = is_new[owners[left]] | is_new[owners[right]]
    posts = owners.astype(np.uint64)
    packed = posts[left]
    packed <<= _31
    packed |= posts[right]
    packed <<= _2
    packed |= (keys & _KIND)[right]
    some: NDArray[np.uint64] = packed[used]
    return some


def _closest(found: Candidates) -> Candidates:
    """Leave the pairs in which one is among the closest of the other; of equals, those published first."""
    side, other = np.append(found.lesser, found.greater), np.append(found.greater, found.lesser)
    order = np.lexsort((other, -np.tile(found.shared, 2), side))
    starts = np.searchsorted(side[order], side[order])
    close = order[np.arange(len(order)) - starts < CLOSEST]
    kept = np.zeros(len(found.shared), np.bool_)
    kept[close % max(len(kept), 1)] = True
    return Candidates(*(part[kept] for part in found))
