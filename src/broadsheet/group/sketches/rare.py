"""The rarest terms of posts as keys, many posts at once: what finds reports of one event among thousands.

The terms are those of `terms.split_terms`, read with numpy from the title and the first sentences.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.texts.arrays import distinct
from broadsheet.group.texts.hashing import mix
from broadsheet.group.texts.normalise import fold_each
from broadsheet.group.texts.terms import RAREST, term_weights
from broadsheet.model.stories import PostText

MOST: Final = 24
"""So many keys of a post at most."""

TELLING: Final = 5.0
"""How telling a term must be."""

_LEAD, _LEAD_OF_WORDS = 160, 240
_IN_TITLE: Final = 2
_SHORTEST_WORD: Final = 3
_BITS: Final = 20
_NO_RANK: Final = 255
_OTHER, _WORD, _CJK = 0, 1, 2
_SPACED_END: Final = 0x800
_FIRST_CJK: Final = "\u2e80"
_WORD_KEY, _OF_WORDS_KEY = np.uint64(1 << 32), np.uint64(1 << 33)
_1, _5, _6, _32, _37, _38 = (np.uint64(bits) for bits in (1, 5, 6, 32, 37, 38))
_LOWER, _RANK = np.uint64(0xFFFFFFFF), np.uint64(31)
_ODD, _NEXT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)


def rare_terms(posts: Sequence[PostText]) -> list[bytes]:
    """The keys of the most telling terms of each post, at most MOST, those of the title before others.

    Each is a run of little-endian uint32 in ascending order, the same on every machine; their two lowest bits are 0
    for a pair of characters, 1 for a word, 3 for a word of a post whose title is all words.
    """
    titles = fold_each([post.title for post in posts])
    of_words = [max(title, default="") < _FIRST_CJK for title in titles]
    leads = fold_each(
        [
            post.text.removeprefix(post.title)[: _LEAD_OF_WORDS if words else _LEAD]
            for post, words in zip(posts, of_words, strict=True)
        ]
    )
    keys, parts = _terms([part for pair in zip(titles, leads, strict=True) for part in pair])
    keys, parts, ranks = _telling(keys, parts)
    keys |= np.where(np.array(of_words, np.bool_)[parts >> 1] & (keys & _WORD_KEY > 0), _OF_WORDS_KEY, 0)
    short, owners = _most_telling(keys, parts, ranks)
    whole = short.astype("<u4").tobytes()
    bounds = (4 * np.searchsorted(owners, np.arange(len(posts) + 1))).tolist()
    return [whole[start:end] for start, end in pairwise(bounds)]


def _telling(
    keys: NDArray[np.uint64], parts: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.uint8]]:
    """The keys that are telling enough, and the rank of each: the lower the more telling."""
    ranks = _rank_table()[(keys >> np.uint64(64 - _BITS)).astype(np.int64)]
    kept = np.flatnonzero(ranks != _NO_RANK)
    return keys[kept], parts[kept], ranks[kept]


def _most_telling(
    keys: NDArray[np.uint64], parts: NDArray[np.int64], ranks: NDArray[np.uint8]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The keys of the most telling terms of each post, none twice, in order; and the number of its post for each.

    What is sorted is packed into whole numbers: that is many times faster than sorting by several arrays.
    """
    short, part = keys >> _32, parts.astype(np.uint64)
    lead = part & _1
    rank = ranks + np.uint64(2 * _IN_TITLE) * lead
    found = np.sort((part >> _1) << _38 | short << _6 | lead << _5 | rank)
    found = found[distinct(found >> _6)]
    telling = np.sort((found >> _38) << _37 | (found & _RANK) << _32 | found >> _6 & _LOWER)
    posts = telling >> _37
    first = np.flatnonzero(distinct(posts))
    best = telling[np.arange(len(posts)) - np.repeat(first, np.diff(first, append=len(posts))) < MOST]
    best = np.sort((best >> _37) << _32 | best & _LOWER)
    return best.astype(np.uint32), best >> _32


def _terms(parts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hash of every term of texts, and the number of its text."""
    codes = np.frombuffer("\n".join([*parts, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    values = codes.astype(np.uint64)
    pairs = np.flatnonzero((kinds[:-1] == _CJK) & (kinds[1:] == _CJK))
    pair_keys = mix(values[pairs] * _ODD + values[pairs + 1] * _NEXT)
    word_keys, words = _words(values, kinds == _WORD)
    owners = np.repeat(np.arange(len(parts)), [len(part) + 1 for part in parts])[np.concatenate([pairs, words])]
    keys = np.concatenate([pair_keys & ~_WORD_KEY, word_keys | _WORD_KEY]) & ~_OF_WORDS_KEY
    return keys, owners


def _words(values: NDArray[np.uint64], inside: NDArray[np.bool_]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hashes of runs of letters and digits, without the s of a plural, and where each begins."""
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    last, before = values[ends - 1], values[np.maximum(ends - 2, 0)]
    plural = (last == ord("s")) & (before != ord("s")) & (ends - starts > _SHORTEST_WORD)
    long = ends - starts >= _SHORTEST_WORD
    starts, ends = starts[long], (ends - plural)[long]
    if not len(starts):
        return np.zeros(0, np.uint64), starts
    lengths = ends - starts
    first = np.cumsum(lengths) - lengths
    places = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
    letters = mix(values[places + np.repeat(starts, lengths)] * _ODD + places.astype(np.uint64) * _NEXT)
    return mix(np.add.reduceat(letters, first)), starts


@cache
def _rank_table() -> NDArray[np.uint8]:
    """The rank of a term by the upper bits of its hash; two terms in one place are as telling as the commoner."""
    listed = term_weights()
    terms = [term for term in listed if len(term) > 1]
    keys, owners = _terms(terms)
    weights = np.array([listed[term] for term in terms], np.float32)[owners]
    ranks = np.where(weights < TELLING, _NO_RANK, (RAREST - weights) * 2).astype(np.uint8)
    table = np.zeros(1 << _BITS, np.uint8)
    np.maximum.at(table, (keys >> np.uint64(64 - _BITS)).astype(np.int64), ranks)
    return table


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each code point of the first plane is; all beyond count as the last of it, which is none."""
    kinds = np.zeros(0x10000, np.uint8)
    kinds[[code for code in range(_SPACED_END) if chr(code).isalnum()]] = _WORD
    for first, end in ((0x3040, 0x3100), (0x3400, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00)):
        kinds[first:end] = _CJK
    return kinds
