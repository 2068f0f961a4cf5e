"""Texts as numbers: the words of many texts at once, and where each sentence and each text begins among them.

The scripts written with spaces stand before U+0800: a run of their letters and digits is one word. Every letter or
digit beyond is a word of its own. All else parts words and is dropped. Letters are read without case, Chinese
characters in their simplified form, so that what Hong Kong carries from Shanghai is found.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.texts.arrays import distinct
from broadsheet.group.texts.hashing import hash_runs
from broadsheet.group.texts.listed import read_lines

_DROPPED, _CHARACTER, _LETTER, _STOP, _MARK = range(5)
_SPACED_END, _CASED_END = 0x800, 0x2000
_WRITTEN_END = 0x40000  # beyond the third plane of ideographs no script is, nor planned: tags and private use
_STOPS = "。!?;\n"
_MARKS = ".,"  # between digits these belong to the number, and at the ends of words they are stops


class Tokens(NamedTuple):
    """The words of texts in order.

    `hashes` has a number for each word: the code point of one that is a character by itself (`single`), a hash of
    the others. `texts` and `sentences` say at which word each begins, and end with the number of words. A text may
    have none, and has whole sentences. `numbers` are the words that begin with a digit. `kept` are the code points of
    all words, `kept_texts` where in them each text begins.
    """

    hashes: NDArray[np.uint64]
    single: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    texts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    kept: NDArray[np.uint32]
    kept_texts: NDArray[np.int64]


def read_tokens(texts: Sequence[str]) -> Tokens:
    """Read the words of texts that are NFKC."""
    raw = np.frombuffer("".join(f"{text}\n" for text in texts).encode("utf-32-le", "surrogatepass"), "<u4")
    codes, kinds = np.take(_plain_forms(), raw, mode="clip"), np.take(_kinds(), raw, mode="clip")
    letter, single = kinds == _LETTER, kinds == _CHARACTER
    spelt = letter.copy()
    spelt[1:] &= ~letter[:-1]
    words, kept = np.flatnonzero(spelt | single), np.flatnonzero(letter | single)
    starts = np.array([0, *accumulate(len(text) + 1 for text in texts)])
    alone = single[words]
    first = codes[words]
    hashes = first.astype(np.uint64)
    hashes[~alone] = _spelt_hashes(codes[letter], spelt[letter])
    return Tokens(
        hashes=hashes,
        single=alone,
        numbers=(first >= ord("0")) & (first <= ord("9")),
        texts=np.searchsorted(words, starts),
        sentences=_once(np.searchsorted(words, np.append(0, _stops(codes, kinds)))),
        kept=codes[kept],
        kept_texts=np.searchsorted(kept, starts),
    )


def _spelt_hashes(letters: NDArray[np.uint32], begins: NDArray[np.bool_]) -> NDArray[np.uint64]:
    bounds = np.append(np.flatnonzero(begins), len(letters))
    return hash_runs(letters.astype(np.uint64), bounds[:-1], bounds[1:])


def _once(bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    return bounds[distinct(bounds)]


def _stops(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Where the clauses end: at every stop, and at points and commas that no letter or digit follows at once."""
    marks = np.flatnonzero(kinds == _MARK)
    following = kinds[marks + 1]  # there is one: every text ends in a stop
    inside = (codes[marks - 1] < _SPACED_END) & (following == _LETTER)
    ends = kinds == _STOP
    ends[marks[~inside]] = True
    return np.flatnonzero(ends)


@cache
def _plain_forms() -> NDArray[np.uint32]:
    """What each code point is read as: in lower case, and simplified; all beyond the scripts are read as one."""
    forms = np.arange(_WRITTEN_END + 1, dtype=np.uint32)
    for code in range(_CASED_END):
        lower = chr(code).lower()
        forms[code] = ord(lower) if len(lower) == 1 else code
    lines = list(read_lines("simplified.txt"))
    traditional = [ord(form) for line in lines for form in line[1:]]
    forms[traditional] = [ord(line[0]) for line in lines for _ in line[1:]]
    return forms


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each code point is, up to the first beyond the scripts."""
    kinds = np.full(_WRITTEN_END + 1, _CHARACTER, np.uint8)
    kinds[_WRITTEN_END] = _DROPPED
    kinds[:_SPACED_END] = _LETTER
    written = np.arange(_WRITTEN_END, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    for dropped in re.finditer(r"[\W_]+", written):
        kinds[dropped.start() : dropped.end()] = _DROPPED
    kinds[[ord(stop) for stop in _STOPS]] = _STOP
    kinds[[ord(mark) for mark in _MARKS]] = _MARK
    return kinds
