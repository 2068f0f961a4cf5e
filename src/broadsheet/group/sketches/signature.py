"""What stays of texts after edits: their shingles, a MinHash of these in bands, and hashes of their sentences.

A shingle begins at every word and is four words long where it begins with a character that stands alone (Chinese,
Japanese, Korean), three where it begins with a word of letters. A sentence ends at every stop, commas too.

Values of many texts are one array with bounds: text `n` has those from `bounds[n]` to `bounds[n + 1]`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from broadsheet.group.texts.arrays import distinct
from broadsheet.group.texts.hashing import STEP, hash_runs, mix, upper_half
from broadsheet.group.texts.normalise import narrow
from broadsheet.group.texts.tokens import Tokens, read_tokens

PERMUTATIONS, BANDS, ROWS = 128, 32, 4
SENTENCE_WIDTH = 10
"""A sentence counts from so many characters on; a word of letters is as wide as two."""

PORTION = 100
"""Texts are read so many at a time: whatever their number, memory is bounded, and caches of processors are used."""

_SEED = 42
_STEP = np.uint64(STEP)
_SINGLES, _WORDS = 4, 3


class Shingles(NamedTuple):
    """The shingles of texts in order: a hash of each, and the word that it begins at."""

    hashes: NDArray[np.uint64]
    words: NDArray[np.int64]
    bounds: NDArray[np.int64]


class ShingleSets(NamedTuple):
    """The shingles of texts, those of each sorted, none twice."""

    hashes: NDArray[np.uint64]
    bounds: NDArray[np.int64]


class Sentences(NamedTuple):
    """The sentences of texts in order, those that are long enough: a hash of each."""

    hashes: NDArray[np.uint32]
    bounds: NDArray[np.int64]


def read_texts(texts: Sequence[str]) -> Tokens:
    """Read the words of texts."""
    return read_tokens([narrow(text) for text in texts])


def shingle(tokens: Tokens) -> Shingles:
    """Make all shingles; a text of fewer words than one takes has none."""
    count = len(tokens.hashes)
    ahead = np.append(tokens.hashes, np.zeros(_SINGLES - 1, np.uint64))
    rolled = tokens.hashes.copy()
    for place in range(1, _WORDS):
        rolled *= _STEP
        rolled += ahead[place : place + count]
    rolled *= _STEP
    rolled += ahead[_WORDS : _WORDS + count] * tokens.single
    words = np.flatnonzero(_has_room(tokens))
    return Shingles(mix(rolled[words]), words, np.searchsorted(words, tokens.texts))


def lengths(single: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many words the shingles have that begin with a single character, or do not."""
    return np.where(single, _SINGLES, _WORDS)


def _has_room(tokens: Tokens) -> NDArray[np.bool_]:
    """At which words a shingle begins that ends within its text; of a text too short for one, at none."""
    room = np.ones(len(tokens.single), np.bool_)
    for left in range(1, _SINGLES):
        last = tokens.texts[1:] - left
        last = last[last >= 0]
        room[last] &= (left >= _WORDS) & ~tokens.single[last]
    return room


def shingle_sets(shingles: Shingles) -> ShingleSets:
    """Sort the shingles of each text, and leave out those that stand there before."""
    hashes = shingles.hashes.copy()
    for start, end in pairwise(shingles.bounds.tolist()):
        hashes[start:end].sort()
    is_first = distinct(hashes)
    is_first[shingles.bounds[:-1][np.diff(shingles.bounds) > 0]] = True
    places = np.flatnonzero(is_first)
    return ShingleSets(hashes[places], np.searchsorted(places, shingles.bounds))


def bands(shingles: ShingleSets) -> NDArray[np.uint32]:
    """Fold the MinHash of each text into bands, a row of 32 each; those of a text without shingles mean nothing."""
    digests = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles.hashes, shingles.bounds.astype(np.uint64), PERMUTATIONS, _SEED
    )
    rows = np.array(digests.to_rows(), np.uint64).reshape(-1, BANDS, ROWS)
    rolled = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), rows.shape[:2])
    for row in range(ROWS):
        rolled = rolled * _STEP + rows[:, :, row]
    return upper_half(mix(rolled))


def sentences(tokens: Tokens) -> Sentences:
    """Find the sentences."""
    starts, ends = tokens.sentences[:-1], tokens.sentences[1:]
    singles = np.append(0, np.cumsum(tokens.single))
    wide = 2 * (ends - starts) - (singles[ends] - singles[starts]) >= SENTENCE_WIDTH
    hashes = hash_runs(tokens.hashes, starts[wide], ends[wide])
    return Sentences(upper_half(hashes), np.searchsorted(starts[wide], tokens.texts))
