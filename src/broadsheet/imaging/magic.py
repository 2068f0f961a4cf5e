"""What bytes are, by their own signature; what a server calls them says nothing."""

import re

from broadsheet.errors import ImageError

_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb"\0\0\0.ftyp(?:.{8}(?:.{4})*)??(?:avif|avis)", re.DOTALL), "avif"),
    (re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL), "bmp"),
)
_HEAD = 64
"""Bytes; the brands of an AVIF file (ISO/IEC 14496-12, section 4.3) stand in the first."""

_SPACE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def kind_of(body: bytes) -> str:
    """Name what an image is: "jpg", "png", "gif", "webp", "avif" or "bmp".

    Raises:
        ImageError: "vector-image" for SVG, which may hold scripts, or "not-an-image".
    """
    head = body[:_HEAD]
    for signature, kind in _SIGNATURES:
        if signature.match(head):
            return kind
    text = body[:4096].lstrip(_SPACE).replace(b"\0", b"").lower()
    if text.startswith(b"<") and b"<svg" in text:
        raise ImageError("vector-image", "it is a vector image (SVG), which can hold scripts and is never kept")
    what = "a page" if text.startswith(b"<") else "no kind of image that is kept"
    raise ImageError("not-an-image", f"it is {what}, whatever its server calls it")
