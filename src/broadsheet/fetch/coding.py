"""Undo HTTP content codings, bounded and forgiving of wrong labels (RFC 9110, section 8.4)."""

import sys
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

ACCEPTED = "gzip, deflate, br, zstd"
GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
SLICE = 64 * 1024
PIECE = 256 * 1024
MOST_LAYERS = 3
MOST_MEMBERS = 256
WINDOW_LOG = 23
"""8 MiB, the largest window that HTTP allows zstd (RFC 9659)."""

IDENTITY = frozenset({"", "identity", "none"})
BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n"


class AnswerError(ValueError):
    """An answer that cannot be used; `reason` is a reason of `FetchError`."""

    def __init__(self, reason: str, cause: str) -> None:
        super().__init__(cause)
        self.reason = reason


def decode_body(wire: bytes, header: str, most: int) -> bytes:
    """Undo the codings that a Content-Encoding header names, and gzip that it does not name.

    A body that is plainly text, or carries the signature of another coding, is believed over its label. Never holds
    more than `most` decoded bytes.

    Raises:
        AnswerError: "too-large", "truncated" (nothing is kept of half a body) or "bad-encoding".
    """
    codings = [coding for name in header.lower().split(",") if (coding := name.strip()) not in IDENTITY]
    if len(codings) > MOST_LAYERS:
        raise AnswerError("bad-encoding", f"its content is coded {len(codings)} times over")
    body = wire
    for coding in reversed(codings):
        body = _undo(body, coding, most)
    for _ in range(MOST_LAYERS - len(codings)):
        if not body.startswith(GZIP_MAGIC):
            break
        body = _undo(body, "gzip", most)
    return body


def _undo(body: bytes, coding: str, most: int) -> bytes:
    if not body:
        return body
    decode = _DECODERS.get(_signature(body) or coding)
    if decode is None:
        return _as_text(body, f"its content coding {coding[:40]!r} is unknown")
    try:
        return _gathered(decode(body), most)
    except (zlib.error, brotli.error, ZstdError) as error:
        return _as_text(body, f"its content is not the {coding} it says it is: {error}")


def _signature(body: bytes) -> str | None:
    if body.startswith(GZIP_MAGIC):
        return "gzip"
    return "zstd" if body.startswith(ZSTD_MAGIC) else None


def _as_text(body: bytes, cause: str) -> bytes:
    head = body[:64].replace(b"\0", b"").lstrip(BLANK)
    if head[:1] in (b"<", b"{", b"["):
        return body
    raise AnswerError("bad-encoding", cause)


def _gathered(pieces: Iterator[bytes], most: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise AnswerError("too-large", f"it unpacks to more than {most} bytes")
    return bytes(body)


def _slices(data: bytes) -> Iterator[bytes]:
    return (data[at : at + SLICE] for at in range(0, len(data), SLICE))


def _gunzip(data: bytes) -> Iterator[bytes]:
    """Unpack a gzip body of one or more members; what follows the last is padding (RFC 1952)."""
    unzip, members = zlib.decompressobj(31), 1
    for part in _slices(data):
        rest = part
        while rest:
            if unzip.eof:
                if rest[0] != GZIP_MAGIC[0]:
                    return
                unzip, members = zlib.decompressobj(31), members + 1
                if members > MOST_MEMBERS:
                    raise AnswerError("bad-encoding", f"its gzip has more than {MOST_MEMBERS} members")
            yield unzip.decompress(rest, PIECE)
            rest = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
    yield unzip.flush()
    _require_end(unzip.eof)


def _inflate(data: bytes) -> Iterator[bytes]:
    """Unpack "deflate", which half the world sends with a zlib header and half without (RFC 9110, 8.4.1.2)."""
    wrapped = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    unzip = zlib.decompressobj(15 if wrapped else -15)
    for part in _slices(data):
        rest = part
        while rest and not unzip.eof:
            yield unzip.decompress(rest, PIECE)
            rest = unzip.unconsumed_tail
    yield unzip.flush()
    _require_end(unzip.eof)


def _unbrotli(data: bytes) -> Iterator[bytes]:
    unpack = brotli.Decompressor()
    for part in _slices(data):
        yield unpack.process(part, output_buffer_limit=PIECE)
        while not unpack.can_accept_more_data():
            yield unpack.process(b"", output_buffer_limit=PIECE)
    while not unpack.is_finished() and (piece := unpack.process(b"", output_buffer_limit=PIECE)):
        yield piece
    _require_end(unpack.is_finished())


def _unzstd(data: bytes) -> Iterator[bytes]:
    unpack = _unzstd_frame()
    for part in _slices(data):
        rest = part
        while rest or not (unpack.needs_input or unpack.eof):
            if unpack.eof:
                unpack = _unzstd_frame()
            yield unpack.decompress(rest, PIECE)
            rest = unpack.unused_data
    _require_end(unpack.eof)


def _unzstd_frame() -> ZstdDecompressor:
    return ZstdDecompressor(options={DecompressionParameter.window_log_max: WINDOW_LOG})


def _require_end(ended: bool) -> None:
    if not ended:
        raise AnswerError("truncated", "its compressed content ends in the middle")


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
