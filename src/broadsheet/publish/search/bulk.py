"""The files of a large block of the search index, made with numpy: the same bytes as `terms` and `shards` make.

Loading numpy takes as long as a block of some hundred posts takes without it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from broadsheet.publish.search.shards import SPARSE, begin, varint
from broadsheet.publish.search.terms import STOP, WORD

PORTION = 512
"""Texts whose terms are numbered at one time: what takes memory."""

TOGETHER = 1 << 18
"""Pairs of a term and a text whose shards are written at one time."""

Numbers = NDArray[np.uint64]

_BASIS, _PRIME, _MIX = np.uint32(0x811C9DC5), np.uint32(0x01000193), np.uint32(0x2C1B3C6D)
_END = "\x00"
# What a code point below U+0800 is: 1 belongs to a word, 0 stands between words.
_IN_WORD = np.array([re.match(WORD, chr(point)) is not None for point in range(0x800)])

_DIGIT, _LETTER = 2, 3
# A kind is a factor, so that a product tells a digit beside a letter; 1 for all others.
_KIND = np.ones(0x800, np.int64)
_KIND[0x30:0x3A], _KIND[0x41:0x5B], _KIND[0x61:0x7B] = _DIGIT, _LETTER, _LETTER


def encode_texts(texts: Iterable[str], shards: int) -> list[bytes]:
    """Write the shards of a block of folded texts."""
    source = iter(texts)
    portions: list[Numbers] = []
    posts = 0
    while portion := list(islice(source, PORTION)):
        portions.append(_pairs(portion, posts))
        posts += len(portion)
    pairs = np.concatenate(portions)
    portions.clear()
    pairs.sort()  # it finds that the portions are sorted
    cuts = np.searchsorted(pairs, np.array([begin(shard, shards) << 32 for shard in range(shards)], np.uint64))
    edges = [*cuts.tolist(), len(pairs)]
    return list(_shards(pairs, edges, posts))


def _pairs(texts: Sequence[str], first: int) -> Numbers:
    """Give each term of each text once, as its number times 2**32 plus the text's place; in order."""
    joined = "".join(text.replace(_END, " ") + _END for text in texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    places = np.cumsum(points == 0, dtype=np.uint32) + np.uint32(first)
    below = points < 0x800
    inside = below & _IN_WORD[np.where(below, points, 0)]
    words, starts = _words(points, inside)
    found = [_paired(_mixed(words), places[starts])]
    kept = ~below | inside | (points == 0)
    points, places = points[kept], places[kept]
    single = (points >= 0x800) & (points != ord(STOP))
    double = single[:-1] & single[1:]
    ones = (_BASIS ^ points) * _PRIME
    twos = (ones[:-1] ^ points[1:]) * _PRIME
    found += [
        _paired(_mixed(ones[single]), places[single]),
        _paired(_mixed(twos[double]), places[:-1][double]),
    ]
    return _once(np.concatenate(found))


def _once(values: Numbers) -> Numbers:
    """Sort, and drop what is there twice; numpy's own way takes ten times as long."""
    values.sort()
    kept = np.ones(len(values), bool)
    kept[1:] = values[1:] != values[:-1]
    once: Numbers = values[kept]
    return once


def _mixed(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    numbers = (numbers ^ (numbers >> np.uint32(15))) * _MIX
    return numbers ^ (numbers >> np.uint32(12))


def _paired(numbers: NDArray[np.uint32], places: NDArray[np.uint32]) -> Numbers:
    return numbers.astype(np.uint64) << np.uint64(32) | places


def _parted(kinds: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell where words end between neighbours: at what is in no word, and between a digit and a Latin letter."""
    parted: NDArray[np.bool_] = (kinds < 0) | (kinds * others == _DIGIT * _LETTER)
    return parted


def _words(points: NDArray[np.uint32], inside: NDArray[np.bool_]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Number the words that stand between spaces, the next character of all at a time; and say where each begins."""
    kinds = np.where(inside, _KIND[np.where(inside, points, 0)], -1)
    starts = np.flatnonzero(inside & _parted(np.roll(kinds, 1), kinds))
    ends = np.flatnonzero(inside & _parted(np.roll(kinds, -1), kinds)) + 1
    numbers = np.full(len(starts), _BASIS)
    going, at = np.arange(len(starts)), starts
    while len(going):
        numbers[going] = (numbers[going] ^ points[at]) * _PRIME
        goes_on = at + 1 < ends[going]
        going, at = going[goes_on], at[goes_on] + 1
    return numbers, starts


def _shards(pairs: Numbers, edges: Sequence[int], posts: int) -> Iterator[bytes]:
    """Write all shards, as many together as bound the memory: each step of numpy costs more than a shard does."""
    shards = len(edges) - 1
    shard = 0
    while shard < shards:
        after = shard + 1
        while after < shards and edges[after + 1] - edges[shard] <= TOGETHER:
            after += 1
        begins = np.array([begin(one, shards) for one in range(shard, after)], np.int64)
        yield from _together(pairs[edges[shard] : edges[after]], begins, posts)
        shard = after


def _together(pairs: Numbers, begins: NDArray[np.int64], posts: int) -> Iterator[bytes]:
    """Write neighbouring shards from their pairs."""
    every = (pairs >> np.uint64(32)).astype(np.int64)
    places = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    starts = np.flatnonzero(np.diff(every, prepend=-1))
    counts = np.diff(starts, append=len(every))
    numbers = every[starts]
    dense = counts * SPARSE > posts
    owners = np.searchsorted(begins, numbers, "right") - 1
    heads: list[bytearray] = [bytearray(varint(int(n))) for n in np.bincount(owners[dense], minlength=len(begins))]
    last = begins.tolist()
    for term in np.flatnonzero(dense).tolist():
        number, owner = int(numbers[term]), int(owners[term])
        held = places[starts[term] : starts[term] + counts[term]]
        heads[owner] += varint(number - last[owner]) + _bitmap(held, posts)
        last[owner] = number
    rest = np.repeat(~dense, counts)
    tails = _lists(numbers[~dense], counts[~dense], owners[~dense], places[rest], begins)
    return (bytes(head + tail) for head, tail in zip(heads, tails, strict=True))


def _bitmap(places: NDArray[np.int64], posts: int) -> bytes:
    bits = np.zeros(posts, bool)
    bits[places] = True
    return np.packbits(bits, bitorder="little").tobytes()


def _lists(
    numbers: NDArray[np.int64],
    counts: NDArray[np.int64],
    owners: NDArray[np.int64],
    places: NDArray[np.int64],
    begins: NDArray[np.int64],
) -> list[bytes]:
    """Write the terms that are not dense, for each shard."""
    heads = np.cumsum(counts + 2) - counts - 2
    values = np.empty(len(places) + 2 * len(numbers), np.int64)
    is_place = np.ones(len(values), bool)
    is_place[heads] = is_place[heads + 1] = False
    before = np.concatenate(([0], numbers))[:-1]
    first = np.diff(owners, prepend=-1) != 0
    values[heads] = numbers - np.where(first, begins[owners], before)
    values[heads + 1] = counts - 1
    gaps = np.diff(places, prepend=-1) - 1
    starts = np.cumsum(counts) - counts
    gaps[starts] = places[starts]
    values[is_place] = gaps
    content, ends = _varints(values)
    cuts = np.searchsorted(owners, np.arange(len(begins) + 1))
    edges = np.append(heads, len(values))[cuts]
    offsets = np.concatenate(([0], ends))[edges].tolist()
    return [content[start:end] for start, end in pairwise(offsets)]


def _varints(values: NDArray[np.int64]) -> tuple[bytes, NDArray[np.int64]]:
    """Write unsigned integers as `varint` does; returns where each ends, too."""
    sizes = np.ones(len(values), np.int64)
    for bits in (7, 14, 21, 28):
        sizes += values >> bits > 0
    ends = np.cumsum(sizes)
    content = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    starts = ends - sizes
    for part in range(5):
        has = sizes > part
        more = np.where(sizes[has] > part + 1, 0x80, 0)
        content[starts[has] + part] = values[has] >> 7 * part & 0x7F | more
    return content.tobytes(), ends
