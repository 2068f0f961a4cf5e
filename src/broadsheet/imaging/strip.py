"""Take out of a file all that is not needed to show it, without touching a pixel: EXIF, XMP, comments, what follows.

Colour profiles, animation and transparency stay.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from broadsheet.errors import ImageError

_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)  # PNG, third edition, section 11
_WEBP_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
_WEBP_NOTES = 0b1100
"""The bits of VP8X that announce EXIF and XMP (RFC 9649, section 2.7.1)."""

_GIF_LOOPS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0"})
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI, _EOI, _SOS, _APP0, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xFE
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_PROFILE = b"ICC_PROFILE\0"


def strip(kind: str, body: bytes) -> bytes:
    """Strip a file of this kind; kinds that cannot be stripped come back as they are.

    Raises:
        ImageError: "damaged": its structure breaks off or makes no sense.
    """
    walk = _WALKS.get(kind)
    if walk is None:
        return body
    try:
        return b"".join(walk(body))
    except (IndexError, ValueError) as error:
        raise ImageError("damaged", f"its structure is broken: {error}") from error


def _jpeg(body: bytes) -> Iterator[bytes]:
    """Keep the segments that decoding needs (ITU T.81, annex B); Adobe's tells how colours are coded."""
    yield body[:2]
    at = 2
    while True:
        marker = _next_marker(body, at)
        kind = body[marker + 1]
        if kind == _EOI:
            yield body[marker : marker + 2]
            return
        end = marker + 2 + _number(body, marker + 2, 2, "big")
        if end <= marker + 3 or kind == _SOI:
            raise ValueError("a segment has no length")
        if kind == _SOS:
            end = _next_marker(body, end)
        if kind == _APP0 and body.startswith(b"JFIF\0", marker + 4):
            yield b"\xff\xe0\0\x10" + _slice(body, marker + 4, marker + 16) + b"\0\0"  # without its thumbnail
        elif _wanted(kind, body[marker + 4 : marker + 16]):
            yield body[marker:end]
        at = end


def _next_marker(body: bytes, at: int) -> int:
    found = _JPEG_MARKER.search(body, at)
    if found is None:
        raise ValueError("it ends in the middle")
    return found.start()


def _wanted(kind: int, head: bytes) -> bool:
    if kind == 0xE2:
        return head.startswith(_PROFILE)
    if kind == 0xEE:
        return head.startswith(b"Adobe")
    return kind != _COM and not 0xE0 <= kind <= 0xEF


def _png(body: bytes) -> Iterator[bytes]:
    """Keep the chunks that are shown; the last may be missing."""
    yield body[:8]
    at = 8
    kind = b""
    while kind != b"IEND" and at < len(body):
        end = at + 12 + _number(body, at, 4, "big")
        kind = _slice(body, at, end)[4:8]
        if kind in _PNG_KEPT:
            yield body[at:end]
        at = end
    if kind != b"IEND":
        yield _PNG_END


def _gif(body: bytes) -> Iterator[bytes]:
    """Keep images, their control blocks and the one that says how often to loop (GIF 89a, sections 17 to 27).

    As decoders do, it passes over bytes between blocks, and needs no trailer.
    """
    at = 13 + _colours(body[10])
    yield _slice(body, 0, at)
    while at < len(body) and body[at] != 0x3B:
        start = at
        if body[at] == 0x2C:
            at = _blocks_end(body, at + 11 + _colours(body[at + 9]))
            yield body[start:at]
        elif body[at] == 0x21:
            at = _blocks_end(body, at + 2)
            control = body[start + 1] == 0xF9
            if control or (body[start + 1] == 0xFF and body[start + 3 : start + 14] in _GIF_LOOPS):
                yield body[start:at]
        else:
            at += 1
    yield b"\x3b"


def _colours(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _blocks_end(body: bytes, at: int) -> int:
    while body[at]:
        at += 1 + body[at]
    return at + 1


def _webp(body: bytes) -> Iterator[bytes]:
    """Keep the chunks that are shown, and say so in the header (RFC 9649, section 2)."""
    kept: list[bytes] = []
    at, end = 12, 8 + _number(body, 4, 4, "little")
    while at + 8 <= end:
        size = _number(body, at + 4, 4, "little")
        chunk = _slice(body, at, at + 8 + size)
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_NOTES]) + chunk[9:]
        if chunk[:4] in _WEBP_KEPT:
            kept += chunk, b"\0" * (size & 1)
        at += 8 + size + (size & 1)
    yield b"RIFF" + (4 + sum(map(len, kept))).to_bytes(4, "little") + b"WEBP"
    yield from kept


def _number(body: bytes, at: int, size: int, order: str) -> int:
    digits = _slice(body, at, at + size)
    return int.from_bytes(digits, "big" if order == "big" else "little")


def _slice(body: bytes, start: int, end: int) -> bytes:
    if end > len(body):
        raise ValueError("it ends in the middle")
    return body[start:end]


_WALKS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {"jpg": _jpeg, "png": _png, "gif": _gif, "webp": _webp}
