"""Sketches of posts, many at once."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.sketches.fingerprints import Fingerprints, fingerprints
from broadsheet.group.sketches.rare import rare_terms
from broadsheet.group.sketches.signature import PORTION, bands, read_texts, sentences, shingle, shingle_sets
from broadsheet.group.texts.arrays import as_set
from broadsheet.model.stories import PostText, Sketch

_EXACT_BYTES = 8


class Sketched(NamedTuple):
    """The sketch of a post, and its fingerprints, which are too much to keep for every post."""

    sketch: Sketch
    fingerprints: Fingerprints


def sketch_posts(posts: Sequence[PostText]) -> list[Sketch]:
    """Make what finds the kin of posts."""
    return [one.sketch for one in sketch_closely(posts)]


def sketch_closely(posts: Sequence[PostText]) -> list[Sketched]:
    """Make what finds the kin of posts, and what tells of many pairs at once that they are none."""
    return [one for start in range(0, len(posts), PORTION) for one in _sketched(posts[start : start + PORTION])]


def _sketched(posts: Sequence[PostText]) -> list[Sketched]:
    tokens = read_texts([post.text for post in posts])
    shingles, said = shingle_sets(shingle(tokens)), sentences(tokens)
    banded = bands(shingles).astype("<u4")
    some = np.diff(shingles.bounds).tolist()
    exact = [blake2b(run, digest_size=_EXACT_BYTES).digest() for run in _runs(tokens.kept, tokens.kept_texts)]
    clauses = _runs(*_sets(said.hashes, said.bounds))
    terms = rare_terms(posts)
    sketches = (
        Sketch(
            post_id=post.post_id,
            feed_id=post.feed_id,
            published=post.published,
            exact=exact[number] if some[number] else b"",
            bands=banded[number].tobytes() if some[number] else b"",
            sentences=clauses[number],
            terms=terms[number],
        )
        for number, post in enumerate(posts)
    )
    return list(map(Sketched, sketches, fingerprints(shingles)))


def _sets(values: NDArray[np.uint32], bounds: NDArray[np.int64]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Each text's values in order, none of them twice."""
    texts = np.repeat(np.arange(len(bounds) - 1, dtype=np.uint64), np.diff(bounds))
    packed = as_set(texts << np.uint64(32) | values)
    return packed.astype(np.uint32), np.searchsorted(packed >> np.uint64(32), np.arange(len(bounds), dtype=np.uint64))


def _runs(values: NDArray[np.uint32], bounds: NDArray[np.int64]) -> list[bytes]:
    """The bytes of each text's values."""
    whole = values.astype("<u4").tobytes()
    return [whole[4 * start : 4 * end] for start, end in pairwise(bounds.tolist())]
