"""Which posts to compare: those that share a band, a sentence or their whole text within some days of each other."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from broadsheet.group.candidates import find_candidates
from broadsheet.model.stories import Sketch

WINDOW = timedelta(days=3)
CAP = 200
"""A key that stands in more posts than this tells nothing."""
TAIL_POSTS = 3
"""A sentence that stands in so many posts of one feed is no part of what they tell."""


class Pair(Struct, frozen=True, array_like=True):
    """Two posts to compare, the earlier first: how many marks of carried text they share, and how many rare terms."""

    first: str
    second: str
    marks: int
    terms: int = 0


class Pairs(Struct, frozen=True, kw_only=True):
    """What to compare, and the sentences of each feed that stand in several of its posts, by their hashes."""

    pairs: tuple[Pair, ...] = ()
    furniture: dict[str, frozenset[int]] = {}


def find_pairs(new: Sequence[Sketch], window: Sequence[Sketch]) -> Pairs:
    """Find the pairs with a new post in them, of posts published within three days of each other.

    Args:
        new: sketches of the posts that came or changed.
        window: sketches of all posts published within three days of any new one; the new ones may be among them.
    """
    fresh = {sketch.post_id for sketch in new}
    sketches = sorted(
        chain(new, (sketch for sketch in window if sketch.post_id not in fresh)),
        key=lambda sketch: (sketch.published, sketch.post_id),
    )
    is_new = np.array([sketch.post_id in fresh for sketch in sketches], np.bool_)
    left, right, counts = join_keys(*_keys(sketches), is_new, CAP)
    marks = dict(zip(zip(left.tolist(), right.tolist(), strict=True), counts.tolist(), strict=True))
    near = find_candidates([sketch.terms for sketch in sketches], is_new)
    terms = dict(
        zip(zip(near.lesser.tolist(), near.greater.tolist(), strict=True), near.shared.tolist(), strict=True)
    )
    pairs = tuple(
        Pair(sketches[one].post_id, sketches[other].post_id, marks.get((one, other), 0), terms.get((one, other), 0))
        for one, other in sorted(marks | terms)
        if sketches[other].published - sketches[one].published <= WINDOW
    )
    return Pairs(pairs=pairs, furniture={})


def join_keys(
    keys: NDArray[np.uint64], owners: NDArray[np.int64], is_new: NDArray[np.bool_], cap: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pair the owners of equal keys, where one of them is new: the lesser, the greater, how many keys they share.

    Keys that stand `cap` times or less are joined. Pairs come in order.
    """
    nothing = np.zeros(0, np.int64)
    wanted = np.isin(keys, np.unique(keys[is_new[owners]]))
    keys, owners = keys[wanted], owners[wanted]
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else nothing
    lengths = np.diff(starts, append=len(keys))
    before = np.arange(len(keys)) - np.repeat(starts, lengths)
    before[np.repeat(lengths > cap, lengths)] = 0
    right = np.repeat(np.arange(len(keys)), before)
    left = right - 1 - (np.arange(len(right)) - np.repeat(np.cumsum(before) - before, before))
    left, right = owners[left], owners[right]
    used = (is_new[left] | is_new[right]) & (left != right)
    packed, counts = np.unique(left[used] * len(is_new) + right[used], return_counts=True)
    return packed // max(len(is_new), 1), packed % max(len(is_new), 1), counts


def _keys(sketches: Sequence[Sketch]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The bands, the sentences and the whole of each post as keys that are never equal across kinds."""
    fields = [[getattr(sketch, name) for sketch in sketches] for name in ("bands", "sentences", "exact")]
    keys, owners = [], []
    for kind, (field, width) in enumerate(zip(fields, (4, 4, 8), strict=True)):
        values = np.frombuffer(b"".join(field), f"<u{width}").astype(np.uint64)
        keys.append(values if width == 8 else values | np.uint64((kind + 1) << 32))
        owners.append(np.repeat(np.arange(len(sketches)), [len(one) // width for one in field]))
    return np.concatenate(keys), np.concatenate(owners)
