"""Sketches of posts, many at once."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.rare import rare_terms
from broadsheet.group.signature import bands, read_texts, sentence_hashes, shingle_hashes
from broadsheet.group.tokens import Tokens
from broadsheet.model.stories import PostText, Sketch

_PORTION = 500
_EXACT_BYTES = 8


def sketch_posts(posts: Sequence[PostText]) -> list[Sketch]:
    """Make what finds the kin of posts; in portions, so that memory is bounded whatever their number."""
    return [
        sketch for start in range(0, len(posts), _PORTION) for sketch in _sketched(posts[start : start + _PORTION])
    ]


def _sketched(posts: Sequence[PostText]) -> list[Sketch]:
    tokens = read_texts([post.text for post in posts])
    shingles, owners = shingle_hashes(tokens)
    banded = bands(shingles, owners, len(posts)).astype("<u4")
    has_shingles = np.bincount(owners, minlength=len(posts)) > 0
    sentences, holders = sentence_hashes(tokens)
    sentence_runs = _runs(sentences.astype("<u4"), holders, len(posts))
    exact = _exact(tokens, len(posts))
    rare = rare_terms(posts)
    return [
        Sketch(
            post_id=post.post_id,
            feed_id=post.feed_id,
            published=post.published,
            exact=exact[number],
            bands=banded[number].tobytes() if has_shingles[number] else b"",
            sentences=np.unique(sentence_runs[number]).tobytes(),
            terms=rare[number],
        )
        for number, post in enumerate(posts)
    ]


def _exact(tokens: Tokens, texts: int) -> list[bytes]:
    """A name for each whole text without its marks and spaces; none for an empty one."""
    owners = tokens.owners[np.cumsum(np.bincount(tokens.letter_starts, minlength=len(tokens.letters))) - 1]
    return [
        blake2b(letters.tobytes(), digest_size=_EXACT_BYTES).digest() if len(letters) else b""
        for letters in _runs(tokens.letters.astype("<u4"), owners, texts)
    ]


def _runs(values: NDArray[np.uint32], owners: NDArray[np.int64], texts: int) -> list[NDArray[np.uint32]]:
    return np.split(values, np.searchsorted(owners, np.arange(1, texts)))
