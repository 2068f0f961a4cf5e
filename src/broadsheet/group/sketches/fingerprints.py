"""Pairs that cannot carry each other, told without their texts: by sixteen bits of every shingle.

A shingle in both texts has one fingerprint in both. So they share no more shingles than the later has of which the
fingerprint stands in the earlier, and where that many would make no copy, there is none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.sketches.relation import relation_of
from broadsheet.group.sketches.signature import ShingleSets
from broadsheet.model.stories import Sketch

Fingerprints: TypeAlias = NDArray[np.uint16]
"""One of each shingle of a text, none of which is counted twice; two shingles may have the same."""

_BITS = 16


def fingerprints(shingles: ShingleSets) -> list[Fingerprints]:
    """Take the fingerprints of each text."""
    upper = (shingles.hashes >> np.uint64(64 - _BITS)).astype(np.uint16)
    return [upper[start:end] for start, end in pairwise(shingles.bounds.tolist())]


def unlike(
    pairs: Iterable[tuple[int, int]], sketches: Sequence[Sketch], known: Mapping[str, Fingerprints]
) -> Iterator[tuple[int, int]]:
    """Those of some pairs of posts, by their places, of which neither can carry the other.

    Of posts of one feed nothing can be said: what it puts round each of them is not compared.
    """
    stands = np.zeros(1 << _BITS, np.bool_)
    for place, others in groupby(sorted(pairs), key=lambda pair: pair[0]):
        first = sketches[place]
        mine = known.get(first.post_id)
        if mine is None:
            continue
        stands[mine] = True
        for pair in others:
            second = sketches[pair[1]]
            theirs = known.get(second.post_id)
            if theirs is not None and first.feed_id != second.feed_id:
                most = np.count_nonzero(stands[theirs])
                at_once = first.published == second.published
                if not relation_of(int(most), len(mine), len(theirs), at_once=at_once):
                    yield pair
        stands[mine] = False
