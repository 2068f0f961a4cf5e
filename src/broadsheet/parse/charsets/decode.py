"""Bytes to text: what a document says of its charset, what it really is, and what that cost."""

import codecs
import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.parse.charsets.guess import guess_charset, reads_chinese, told_charset
from broadsheet.parse.names import load_table

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = (  # how a document begins without a byte order mark (XML 1.0, appendix F; RFC 4627, section 3)
    (re.compile(rb"[<\s{]\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00\x00\x00[<\s{]"), "utf-32-be"),
    (re.compile(rb"[<\s{]\x00[^\x00]\x00"), "utf-16-le"),
    (re.compile(rb"\x00[<\s{]\x00[^\x00]"), "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:\-]{1,40})\s*["']""")
_HTTP_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:\-]{1,40})""", re.IGNORECASE)
_META_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:\-]{1,40})""", re.IGNORECASE)
_JAPANESE_ESCAPE: Final = re.compile(rb"\x1b\$[@B]")
_SURROGATE_PAIR: Final = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_CESU_8: Final = "charset:cesu-8-declared-utf-8"
_PIECE: Final = re.compile(rb"[^<>\x80-\xff]*[\x80-\xff][^<>]*")
"""A text between two tags with bytes beyond ASCII; the second byte of no character of GB 18030 is a bracket."""
_MIXED: Final = "charsets-mixed:gb18030-in-utf-8"
_HEAD: Final = 4096
_WIDER: Final = {  # a charset's superset, which is what those who name it write (WHATWG Encoding)
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_DEFAULTS: Final = frozenset({"ascii", "iso8859-1"})
"""What servers and programs write where nobody told them a charset; it fits every document, and proves nothing."""
_FEWEST: Final = 24
_SAMPLE: Final = 64 * 1024
_TOLERATED: Final = 10
"""One bad byte in so many beyond ASCII is damage; more of them mean that the charset is another."""
_MULTIBYTE: Final = ("gb", "big5", "cp9", "euc", "iso2022", "hz", "shift", "johab")
_LABELS: Final = load_table("charsets.tsv")


class Decoded(Struct, frozen=True):
    """A document's text, the charset used, and in `repairs` what its declarations or its bytes got wrong."""

    text: str
    charset: str
    repairs: tuple[str, ...] = ()


def declarations(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """Give the charsets a document claims, as Python names them or as written: HTTP's first, then that of XML."""
    http = _HTTP_CHARSET.search(content_type or "")
    xml = _DECLARED.match(body[:300])
    labels = [http.group(1) if http else "", xml.group(1).decode("ascii") if xml else ""]
    return tuple(dict.fromkeys(charset_name(label) or label.lower() for label in labels if label))


def charset_name(label: str) -> str:
    """Give Python's name of the text encoding that a label means, or "" where there is none."""
    try:
        name = codecs.lookup(_LABELS.get(label.lower(), label)).name
        b"<".decode(name, "ignore")  # refuses codecs that are not of text
    except (LookupError, ValueError):
        return ""
    return name


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Decode by byte order mark, strict UTF-8, HTTP charset, XML declaration, a guess: in this order.

    ASCII and ISO-8859-1 are claimed by default, and not believed of bytes that plainly are another charset.
    A byte that fits nowhere costs one U+FFFD, never the document.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _as(body[len(mark) :], charset)
    for pattern, charset in _WIDE:
        if pattern.match(body):
            return _as(body, charset)
    claims = declarations(body, content_type)
    candidates = _candidates(claims)
    if body.isascii() and candidates and candidates[0].startswith(("iso2022", "hz")):
        return _as(body, candidates[0])  # written in ASCII bytes, and still not ASCII
    if body.isascii() and _JAPANESE_ESCAPE.search(body):
        return _as(body, "iso2022_jp")
    found = (
        _utf8(body)
        or _by_default(body, claims)
        or _first_strict(body, candidates)
        or _damaged(body, candidates, claims)
    )
    notes = wrong_claim(found.charset, claims, plain=found.text.isascii())
    return Decoded(found.text, found.charset, (*notes, *found.repairs))


def decode_page(body: bytes, content_type: str | None) -> str:
    """Decode a web page: what its `meta` says counts where HTTP names no charset (WHATWG HTML, section 13.2.3.2)."""
    meta = _META_CHARSET.search(body[:_HEAD])
    if meta and "charset" not in (content_type or "").lower():
        content_type = f"text/html; charset={meta.group(1).decode('ascii', 'ignore')}"
    return decode(body, content_type).text


def _candidates(claims: tuple[str, ...]) -> list[str]:
    """Widen the charsets claimed; one of several bytes a character comes first, for it proves itself by fitting."""
    wider = [_WIDER.get(name, name) for name in map(charset_name, claims) if name and not name.startswith("utf")]
    return sorted(wider, key=lambda name: not name.startswith(_MULTIBYTE))


def _as(body: bytes, charset: str) -> Decoded:
    return _first_strict(body, (charset,)) or _patched(body, charset)


def _utf8(body: bytes) -> Decoded | None:
    joined = _SURROGATE_PAIR.sub(_joined, body)
    found = _first_strict(joined, ("utf-8",))
    return replace(found, repairs=(_CESU_8,)) if found and len(joined) < len(body) else found


def _by_default(body: bytes, claims: tuple[str, ...]) -> Decoded | None:
    """Decode what claims only the charset of nobody's choice by its bytes, where these are many and tell another."""
    said = {name for name in claims if not name.startswith("utf")}
    sample = body[:_SAMPLE]
    if not said or not said <= _DEFAULTS or sum(byte > 127 for byte in sample) < _FEWEST:
        return None
    charset = "utf-8" if _proves_utf8(sample) else told_charset(sample)
    return _as(body, charset) if charset else None


def _joined(pair: re.Match[bytes]) -> bytes:
    """Write as one character of UTF-8 what was written as two surrogates (CESU-8: old Java, old databases)."""
    return pair.group().decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _first_strict(body: bytes, charsets: Iterable[str]) -> Decoded | None:
    for charset in charsets:
        try:
            return Decoded(body.decode(charset), charset)
        except UnicodeDecodeError:
            continue
    return None


def _patched(body: bytes, charset: str) -> Decoded:
    repairs: tuple[str, ...] = ()
    if charset == "utf-8":
        found = _SURROGATE_PAIR.sub(_joined, body)
        body = _PIECE.sub(_from_chinese, found)
        repairs = (_MIXED,) if body != found else ()
    text = body.decode(charset, "replace")
    bad = text.count("\ufffd")
    return Decoded(text, charset, (*repairs, *((f"bad-bytes:{bad}",) if bad else ())))


def _from_chinese(piece: re.Match[bytes]) -> bytes:
    """Write in UTF-8 what a site put into its pages as it stood in an older database, in GB 18030."""
    if _proves_utf8(piece.group()):
        return piece.group()
    try:
        text = piece.group().decode("gb18030")
    except UnicodeDecodeError:
        return piece.group()
    return text.encode() if reads_chinese(text) else piece.group()


def _damaged(body: bytes, candidates: list[str], claims: tuple[str, ...]) -> Decoded:
    """Decode a document that fits no claim: one of a claimed charset with few bad bytes, or of a guessed one."""
    foreign = sum(1 for byte in body[:_SAMPLE] if byte > 127)
    if "utf-8" in claims and _proves_utf8(body[:_SAMPLE]):
        return _patched(body, "utf-8")
    for charset in ("utf-8", *candidates):
        bad = body[:_SAMPLE].decode(charset, "replace").count("\ufffd")
        if bad * _TOLERATED <= foreign:
            return _patched(body, charset)
    guess = guess_charset(body[:_SAMPLE])
    return _as(body, _WIDER.get(guess, guess)) if guess else _patched(body, candidates[0] if candidates else "cp1252")


def _proves_utf8(sample: bytes) -> bool:
    """Tell whether most characters beyond ASCII are UTF-8, which bytes of another charset seldom are by chance."""
    foreign = [character for character in sample.decode("utf-8", "replace") if character > "\x7f"]
    return len(foreign) >= 2 * foreign.count("\ufffd")


def wrong_claim(charset: str, claims: tuple[str, ...], *, plain: bool = False) -> tuple[str, ...]:
    """Note a claim that is not true; one whose superset is used is true enough.

    In a `plain` text, of ASCII alone, every claim is true that names a charset at all.
    """
    wrong = [name for name in claims if charset not in (name, _WIDER.get(name)) and name != "ascii"]
    wrong = [name for name in wrong if not (plain and charset_name(name))]
    return (f"charset:{charset}-declared-{wrong[0]}",) if wrong else ()
