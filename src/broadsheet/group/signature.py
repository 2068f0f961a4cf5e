"""What stays of texts after edits: their shingles, a MinHash of these in bands, and hashes of their sentences.

A shingle begins at every word and is four words long where it begins with a character that stands alone (Chinese,
Japanese, Korean), three where it begins with a word of letters. All hashes are functions of code points alone, so
their bytes are the same on every machine.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from broadsheet.group.normalise import fold
from broadsheet.group.tokens import Tokens, hash_runs, mix, read_tokens

PERMUTATIONS, BANDS, ROWS = 128, 32, 4
SENTENCE_WIDTH = 10
"""A sentence counts from so many characters on; a word of letters is as wide as two."""

_SEED = 42
_SINGLES, _WORDS = 4, 3
_STEP = np.uint64(0x9E3779B97F4A7C15)


def read_texts(texts: Sequence[str]) -> Tokens:
    """Fold texts and read their words."""
    return read_tokens([fold(text) for text in texts])


def shingle_hashes(tokens: Tokens) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hash of every shingle in order, and the text that each is of."""
    hashes = np.append(tokens.hashes, np.zeros(_SINGLES, np.uint64))
    owners = np.append(tokens.owners, np.full(_SINGLES, -1))
    count = len(tokens.hashes)
    length = np.where(tokens.single, _SINGLES, _WORDS)
    whole = owners[np.arange(count) + length - 1] == tokens.owners
    rolled = np.zeros(count, np.uint64)
    for place in range(_WORDS):
        rolled = rolled * _STEP + hashes[place : place + count]
    rolled = rolled * _STEP + np.where(tokens.single, hashes[_WORDS : _WORDS + count], np.uint64(0))
    return mix(rolled[whole]), tokens.owners[whole]


def bands(shingles: NDArray[np.uint64], owners: NDArray[np.int64], texts: int) -> NDArray[np.uint32]:
    """The bands of each text's MinHash, a row of 32 for each text; of one without shingles they mean nothing."""
    offsets = np.searchsorted(owners, np.arange(texts + 1)).astype(np.uint64)
    digests = RMinHash.digest_matrix_from_flat_token_hashes(shingles, offsets, PERMUTATIONS, _SEED)
    rows = np.array(digests.to_rows(), np.uint64).reshape(texts * BANDS, ROWS)
    rolled = np.tile(np.arange(BANDS, dtype=np.uint64), texts)
    for row in range(ROWS):
        rolled = mix(rolled * _STEP + rows[:, row])
    return (rolled >> np.uint64(32)).astype(np.uint32).reshape(texts, BANDS)


def sentence_hashes(tokens: Tokens) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The hash of every sentence that is long enough, and the text that each is of."""
    starts = np.flatnonzero(np.diff(tokens.sentences, prepend=-1))
    if not len(starts):
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)
    width = np.add.reduceat(np.where(tokens.single, 1, 2), starts)
    hashes = (hash_runs(tokens.hashes, starts) >> np.uint64(32)).astype(np.uint32)
    long = width >= SENTENCE_WIDTH
    return hashes[long], tokens.owners[starts][long]
