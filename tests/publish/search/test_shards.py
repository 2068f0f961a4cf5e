"""What is written into a shard can be read back."""

from hypothesis import given
from hypothesis import strategies as st
from tests.publish.search.indexreader import decode

from broadsheet.publish.search.shards import RANGE, begin, encode_block, varint

POSTS = 40


@given(
    st.dictionaries(st.integers(0, RANGE - 1), st.sets(st.integers(0, POSTS - 1), min_size=1), max_size=30),
    st.integers(1, 9),
)
def test_a_block_is_read_back_whole(found: dict[int, set[int]], shards: int) -> None:
    written = encode_block(sorted((number, sorted(places)) for number, places in found.items()), POSTS, shards)
    read = {
        number: set(places)
        for shard, content in enumerate(written)
        for number, places in decode(content, begin(shard, shards), POSTS).items()
    }
    assert read == found
    assert len(written) == shards


@given(st.integers(0, RANGE - 1), st.integers(1, 10_000))
def test_every_number_falls_into_one_shard(number: int, shards: int) -> None:
    shard = number * shards >> 32
    assert begin(shard, shards) <= number < begin(shard + 1, shards)


def test_integers_take_seven_bits_a_byte() -> None:
    assert [varint(value) for value in (0, 127, 128, 300)] == [b"\0", b"\x7f", b"\x80\x01", b"\xac\x02"]
