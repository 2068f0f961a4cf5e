"""Rows in files: packed, counted, digested in one form for every engine."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.store.compress import packer
from broadsheet.store.moving import parcels as rooms
from broadsheet.store.moving.parcels import Parcel, Tally, parcels, unpack

values: st.SearchStrategy[object] = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
values |= st.text(max_size=9) | st.binary(max_size=9)
rows = st.lists(st.tuples(values, values), max_size=5)


def tally(*of: Sequence[object]) -> tuple[int, str]:
    counted = Tally()
    for row in of:
        counted.add(row)
    return counted.rows, counted.digest


def parcel(*of: tuple[object, ...]) -> Parcel:
    made = Parcel()
    for row in of:
        made.add(row)
    return made


@given(rows)
def test_what_is_packed_is_unpacked(of: list[tuple[object, ...]]) -> None:
    made = parcel(*of)
    assert unpack(made.pack(), made.bytes) == [list(row) for row in of]


@given(rows, st.integers(0, 5))
def test_neither_order_nor_cuts_matter_to_a_digest(of: list[tuple[object, ...]], cut: int) -> None:
    whole = tally(*of)
    summed = Tally()
    for part in (of[cut:], of[:cut][::-1]):
        summed.add_sum(*tally(*part))
    assert (summed.rows, summed.digest) == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [((1,), (2,)), (("1",), (1,)), ((b"a",), ("a",)), ((None,), ("",)), ((1.0,), (1,)), (("a", ""), ("", "a"))],
)
def test_rows_that_differ_have_other_digests(one: Sequence[object], other: Sequence[object]) -> None:
    assert tally(one) != tally(other)
    assert tally(one, one) != tally(one, other) != tally(other, other)


def test_what_one_engine_cannot_hold_is_digested_as_it_holds_it() -> None:
    assert tally(("a\0b", -0.0)) == tally(("a\ufffdb", 0.0))
    assert tally((b"a\0b",)) != tally(("a\ufffdb".encode(),))
    made = parcel(("a\0b", -0.0))
    ((text, number),) = unpack(made.pack(), made.bytes)
    assert text == "a\0b"
    assert isinstance(number, float)
    assert math.copysign(1, number) == -1


def test_files_are_cut_by_rows_and_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_ROWS", 3)
    monkeypatch.setattr(rooms, "MOST_BYTES", 1000)
    small = [(number,) for number in range(7)]
    assert [one.tally.rows for one in parcels(small)] == [3, 3, 1]
    assert [one.tally.rows for one in parcels([("文" * 200,), *small[:3], ("文" * 500,), ("文" * 500,)])] == [3, 2, 1]
    assert list(parcels([])) == []


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_damaged_file_is_refused(place: int) -> None:
    made = parcel((1, "文" * 30), (2, "字" * 30))
    body = bytearray(made.pack())
    body[place] ^= 0xFF
    for damaged in (body, made.pack()[:-3], made.pack() + b"x", b""):
        with pytest.raises(ValueError, match=r"."):
            unpack(bytes(damaged), made.bytes)
    for size in (made.bytes - 1, made.bytes + 1):
        with pytest.raises(ValueError, match="not as long"):
            unpack(made.pack(), size)


def test_no_file_is_unpacked_further_than_it_should_be_large() -> None:
    made = parcel(("文" * 10**6,))
    with pytest.raises(ValueError, match="not as long"):
        unpack(made.pack(), 100)


def test_a_frame_of_something_else_is_refused() -> None:
    body = b'{"no": "rows"}'
    with pytest.raises(ValueError, match=r"."):
        unpack(packer()(body), len(body))
