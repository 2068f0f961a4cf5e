"""The rarest terms of posts as keys, many posts at once: what finds reports of one event among thousands.

The terms are those of `terms.split_terms`, read with numpy from the title and the first sentences.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.hashing import mix
from broadsheet.group.normalise import fold
from broadsheet.group.terms import RAREST, term_weights
from broadsheet.model.stories import PostText

MOST: Final = 24
"""So many keys of a post at most."""

TELLING: Final = 5.0
"""How telling a term must be."""

_LEAD: Final = 240
_IN_TITLE: Final = 2.0
_SHORTEST_WORD: Final = 3
_BITS: Final = 20
_OTHER, _WORD, _CJK = 0, 1, 2
_SPACED_END: Final = 0x800
_ODD_KEY: Final = np.uint64(1 << 32)
_ODD, _NEXT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)


def rare_terms(posts: Sequence[PostText]) -> list[bytes]:
    """The keys of the most telling terms of each post, at most MOST, those of the title before others.

    Each is a run of little-endian uint32 in ascending order, the same on every machine; a word of letters or digits
    is odd, a pair of characters even.
    """
    titles = [fold(post.title) for post in posts]
    leads = [fold(post.text.removeprefix(post.title)[:_LEAD]) for post in posts]
    keys, owners, in_title = _terms([part for pair in zip(titles, leads, strict=True) for part in pair])
    weights = _weight_table()[(keys >> np.uint64(64 - _BITS)).astype(np.int64)]
    kept = weights >= TELLING
    owners, scores = owners[kept], weights[kept] + _IN_TITLE * in_title[kept]
    short = (keys[kept] >> np.uint64(32)).astype(np.uint32)
    _, first = np.unique(owners.astype(np.uint64) << np.uint64(32) | short, return_index=True)
    owners, scores, short = owners[first], scores[first], short[first]
    order = np.lexsort((short, -scores, owners))
    owners, short = owners[order], short[order]
    bounds = np.searchsorted(owners, np.arange(len(posts) + 1)).tolist()
    return [np.sort(short[start : min(start + MOST, end)]).astype("<u4").tobytes() for start, end in pairwise(bounds)]


def _terms(parts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.bool_]]:
    """Read texts of two parts each, title and lead: the hash of every term, its text, whether it is of a title."""
    codes = np.frombuffer("\n".join([*parts, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    values = codes.astype(np.uint64)
    pairs = np.flatnonzero((kinds[:-1] == _CJK) & (kinds[1:] == _CJK))
    pair_keys = mix(values[pairs] * _ODD + values[pairs + 1] * _NEXT)
    word_keys, words = _words(values, kinds == _WORD)
    ends = np.cumsum([len(part) + 1 for part in parts])
    owners = np.searchsorted(ends, np.concatenate([pairs, words]), side="right")
    keys = np.concatenate([pair_keys & ~_ODD_KEY, word_keys | _ODD_KEY])
    return keys, owners // 2, owners % 2 == 0


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
def _weight_table() -> NDArray[np.float32]:
    """How telling a term is by the upper bits of its hash; two terms in one place are as telling as the commoner."""
    listed = term_weights()
    terms = [term for term in listed if len(term) > 1]
    table = np.full(1 << _BITS, RAREST, np.float32)
    keys, owners, _ = _terms([part for term in terms for part in (term, "")])
    places = (keys >> np.uint64(64 - _BITS)).astype(np.int64)
    np.minimum.at(table, places, np.array([listed[term] for term in terms], np.float32)[owners])
    return table


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each code point of the first plane is; all beyond count as the last of it, which is none."""
    kinds = np.zeros(0x10000, np.uint8)
    kinds[[code for code in range(_SPACED_END) if chr(code).isalnum()]] = _WORD
    for first, end in ((0x3040, 0x3100), (0x3400, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00)):
        kinds[first:end] = _CJK
    return kinds
