"""Texts as numbers: the words of many texts at once, each hashed, with the text and the sentence that it stands in.

The scripts written with spaces stand before U+0800: a run of their letters and digits is one word. Every letter or
digit beyond is a word of its own. All else parts words and is dropped.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DROPPED, CHARACTER, LETTER, STOP = range(4)
_SPACED_END = 0x800
_STOPS = "。!?;\n"
_FULL_STOP = ord(".")
_ODD = np.uint64(0x9E3779B97F4A7C15)
_PLACE = np.uint64(0xD1B54A32D192ED03)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Tokens(NamedTuple):
    """The words of texts in order, and for each its hash, whether it is one character, its text and its sentence.

    `letters` are the code points that were kept, `letter_starts` where in them each word begins. Sentences are
    numbered through all texts.
    """

    hashes: NDArray[np.uint64]
    single: NDArray[np.bool_]
    owners: NDArray[np.int64]
    sentences: NDArray[np.int64]
    letters: NDArray[np.uint32]
    letter_starts: NDArray[np.int64]


def read_tokens(folded: Sequence[str]) -> Tokens:
    """Read the words of texts that were folded."""
    joined = "".join(f"{text}\n" for text in folded)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _kinds()[codes]
    stops = kinds == STOP
    following = np.append(kinds[1:], STOP)
    stops |= (codes == _FULL_STOP) & (following != CHARACTER) & (following != LETTER)
    kept = (kinds == CHARACTER) | (kinds == LETTER)
    letter = kinds == LETTER
    begins = kept & ~(letter & np.insert(letter[:-1], 0, False))
    places = np.flatnonzero(begins)
    letters = codes[kept].astype(np.uint32)
    starts = np.flatnonzero(begins[kept])
    ends = np.cumsum([len(text) + 1 for text in folded]) if folded else np.zeros(0, np.int64)
    return Tokens(
        hashes=hash_runs(letters.astype(np.uint64), starts),
        single=kinds[places] == CHARACTER,
        owners=np.searchsorted(ends, places, side="right"),
        sentences=np.cumsum(stops)[places],
        letters=letters,
        letter_starts=starts,
    )


def hash_runs(values: NDArray[np.uint64], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """One hash for each run of values, a function of the values and their order; runs begin at `starts`."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    lengths = np.diff(starts, append=len(values))
    inside = np.arange(len(values)) - np.repeat(starts, lengths)
    return mix(np.add.reduceat(mix(values * _ODD + inside.astype(np.uint64) * _PLACE), starts))


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit of a number over all 64: the finaliser of SplitMix64 (Steele and others, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each code point is."""
    kinds = np.full(0x110000, CHARACTER, np.uint8)
    kinds[:_SPACED_END] = LETTER
    everything = "".join(map(chr, range(0x110000)))
    for dropped in re.finditer(r"[\W_]+", everything):
        kinds[dropped.start() : dropped.end()] = DROPPED
    kinds[[ord(stop) for stop in _STOPS]] = STOP
    return kinds
