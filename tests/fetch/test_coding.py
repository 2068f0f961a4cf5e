import gzip
import sys
import tracemalloc
import zlib
from contextlib import suppress
from functools import partial

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.fetch.coding import AnswerError, decode_body

# The same bytes at any time, so that every test worker names its cases alike.
packed = partial(gzip.compress, mtime=0)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST = 1_000_000
TEXT = b"<rss>" + bytes(range(256)) * 1000 + b"</rss>"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {"gzip": packed, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}


@pytest.mark.parametrize(
    ("wire", "header"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (packed(TEXT), "gzip"),
        (packed(TEXT), "GZip"),
        (packed(TEXT), "x-gzip"),
        (zlib.compress(TEXT), "deflate"),
        (deflate(TEXT), "deflate"),
        (brotli.compress(TEXT), "br"),
        (zstd.compress(TEXT), "zstd"),
        (packed(brotli.compress(TEXT)), "br, gzip"),
        # Sent twice over, with and without saying so.
        (packed(packed(TEXT)), "gzip, gzip"),
        (packed(packed(TEXT)), "gzip"),
        (packed(TEXT), "gzip, gzip"),
        (packed(TEXT), ""),
        # Labelled as what it is not.
        (TEXT, "gzip"),
        (TEXT, "br"),
        (TEXT, "deflate"),
        (TEXT, "zstd"),
        (TEXT, "utf-8"),
        (packed(TEXT), "br"),
        (packed(TEXT), "utf-8"),
        (zstd.compress(TEXT), "gzip"),
        # In parts, or with something after the end.
        (packed(TEXT[:999]) + packed(TEXT[999:]), "gzip"),
        (zstd.compress(TEXT[:999]) + zstd.compress(TEXT[999:]), "zstd"),
        (packed(TEXT) + b"\0" * 512, "gzip"),
        (zlib.compress(TEXT) + b"\r\n", "deflate"),
    ],
)
def test_a_body_is_decoded_whatever_its_label(wire: bytes, header: str) -> None:
    assert decode_body(wire, header, MOST) == TEXT


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "zstd", "utf-8", ""])
def test_an_empty_body_is_empty(header: str) -> None:
    assert decode_body(b"", header, MOST) == b""


def test_a_coded_empty_body_is_empty() -> None:
    assert decode_body(packed(b""), "deflate, gzip", MOST) == b""


def test_text_in_utf_16_is_text() -> None:
    body = "﻿<rss/>".encode("utf-16-le")
    assert decode_body(body, "gzip", MOST) == body


@pytest.mark.parametrize("coding", PACKERS)
def test_half_a_body_is_truncated(coding: str) -> None:
    with pytest.raises(AnswerError) as caught:
        decode_body(PACKERS[coding](TEXT * 3)[:-20], coding, MOST)
    assert caught.value.reason == "truncated"


@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_is_stopped_at_the_limit(coding: str) -> None:
    bomb = brotli.compress(bytes(100 * MOST), quality=3) if coding == "br" else PACKERS[coding](bytes(100 * MOST))
    tracemalloc.start()
    with pytest.raises(AnswerError) as caught:
        decode_body(bomb, coding, MOST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.reason == "too-large"
    assert peak < 4 * MOST


def test_a_bomb_of_a_gigabyte_costs_no_more_than_the_limit() -> None:
    bomb = packed(bytes(1 << 22)) * 256
    tracemalloc.start()
    with pytest.raises(AnswerError, match="more than 20971520 bytes"):
        decode_body(bomb, "gzip", 20 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 << 20


@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_of_the_very_limit_is_let_through(coding: str) -> None:
    assert len(decode_body(PACKERS[coding](bytes(MOST)), coding, MOST)) == MOST


@pytest.mark.parametrize(
    ("wire", "header", "cause"),
    [
        (b"\x1f\x8b\x08 what", "gzip", "not the gzip it says"),
        (b"what?", "gzip", "not the gzip it says"),
        (b"what?", "compress", "'compress' is unknown"),
        (packed(TEXT)[:-8] + bytes(8), "gzip", "not the gzip it says"),
        (b"".join(packed(b"x") for _ in range(999)), "gzip", "more than 256 members"),
        (b"x", "gzip, gzip, gzip, gzip", "coded 4 times over"),
    ],
)
def test_what_cannot_be_decoded_says_why(wire: bytes, header: str, cause: str) -> None:
    with pytest.raises(AnswerError, match=cause) as caught:
        decode_body(wire, header, MOST)
    assert caught.value.reason == "bad-encoding"


@settings(max_examples=60)
@given(wire=st.binary(max_size=300), header=st.sampled_from(["", "gzip", "deflate", "br", "zstd", "gzip, br", "x"]))
def test_any_bytes_are_decoded_or_refused(wire: bytes, header: str) -> None:
    with suppress(AnswerError):
        assert len(decode_body(wire, header, 1000)) <= 1000


@settings(max_examples=30)
@given(body=st.binary(max_size=3000), coding=st.sampled_from(sorted(PACKERS)), cut=st.integers(0, 40))
def test_a_cut_body_is_never_taken_for_a_whole_one(body: bytes, coding: str, cut: int) -> None:
    packed = PACKERS[coding](body)
    try:
        assert decode_body(packed[: len(packed) - cut], coding, MOST) in (body, b"")
    except AnswerError:
        assert cut
