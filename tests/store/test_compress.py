"""Originals are compressed, each in a frame of its own, and come back byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.store.compress import packer, unpack

BODY = "<p>小米汽车今日发布新车。</p>".encode() * 50


@given(st.lists(st.binary(max_size=2000), max_size=5))
def test_bodies_come_back_one_by_one(bodies: list[bytes]) -> None:
    pack = packer()
    frames = [pack(body) for body in bodies]
    assert [unpack(frame) for frame in reversed(frames)] == bodies[::-1]


def test_a_frame_does_not_depend_on_what_was_packed_before() -> None:
    pack = packer()
    assert pack(BODY) == pack(BODY) == packer()(BODY)


def test_markup_gets_smaller() -> None:
    assert len(packer()(BODY)) < len(BODY) / 10


def test_a_frame_that_is_cut_short_is_refused() -> None:
    with pytest.raises(EOFError, match="cut short"):
        unpack(packer()(BODY)[:-1])
