"""The files of a block of the search index; `static/search.js` and the tests read them.

A block's terms are cut by number into shards of equal range. A shard is a series of unsigned integers of seven bits a
byte, least first, the eighth bit set on all but the last (LEB128):

    the number of dense terms; of each its number, counted from the last (the first: from where the shard begins),
    and a bitmap of the block's posts, first post in the lowest bit of the first byte;
    then to the end of the file of each other term its number, counted alike, how many posts hold it less one, and
    the place of each, counted from the last (the first: from -1) less one.
"""

from bisect import bisect_left
from collections.abc import Sequence

from broadsheet.publish.search.terms import Postings

RANGE = 1 << 32

SPARSE = 8
"""A term is dense that more than one in so many posts hold: a place in a list takes a byte or more."""


def begin(shard: int, shards: int) -> int:
    """Give the least term number of a shard."""
    return -(-shard * RANGE // shards)


def _is_dense(places: Sequence[int], posts: int) -> bool:
    return len(places) * SPARSE > posts


def encode_block(found: Postings, posts: int, shards: int) -> list[bytes]:
    """Write the shards of a block of so many posts."""
    numbers = [number for number, _ in found]
    cuts = [bisect_left(numbers, begin(shard, shards)) for shard in range(shards + 1)]
    return [_encode(found[cuts[shard] : cuts[shard + 1]], begin(shard, shards), posts) for shard in range(shards)]


def _encode(found: Postings, start: int, posts: int) -> bytes:
    dense = [(number, places) for number, places in found if _is_dense(places, posts)]
    content = bytearray(varint(len(dense)))
    last = start
    for number, places in dense:
        content += varint(number - last) + bitmap(places, posts)
        last = number
    last = start
    for number, places in found:
        if not _is_dense(places, posts):
            content += varint(number - last) + varint(len(places) - 1)
            last = number
            before = -1
            for place in places:
                content += varint(place - before - 1)
                before = place
    return bytes(content)


def bitmap(places: Sequence[int], posts: int) -> bytes:
    """Write places as one bit a post."""
    bits = sum(1 << place for place in places)
    return bits.to_bytes(-(-posts // 8), "little")


def varint(value: int) -> bytes:
    """Write an unsigned integer, seven bits a byte, least first."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
