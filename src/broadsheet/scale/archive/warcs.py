"""Records of web archives (ISO 28500): pages and feeds that servers answered with, streamed, whatever is broken."""

import re
import zlib
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from broadsheet.errors import ConfigError
from broadsheet.fetch.coding import GZIP_MAGIC, AnswerError, decode_body
from broadsheet.scale.archive.documents import MOST, Document, Found, Rejected, kind_of, too_large
from broadsheet.scale.archive.units import Unit

if TYPE_CHECKING:
    from fastwarc import WarcRecord

_WINDOW: Final = 1024 * 1024
_PLAIN: Final = re.compile(rb"(?:\A|\r?\n\r?\n)(WARC/1\.[01]\r?\n)")
_OK: Final = 200
_WHOLE: Final = 64 * 1024


def read_warc(unit: Unit) -> Found:
    """Read the records that begin in a slice of a WARC file; where one is damaged, reading goes on behind it.

    Answers with another status than 200 and what is neither a page nor a feed are rejected by name. Requests and
    notes of the crawler are passed over.

    Raises:
        ConfigError: fastwarc is not installed.
        OSError: the file cannot be read.
    """
    part = unit.parts[0]
    with Path(part.path).open("rb") as file:
        place = _next_start(file, unit.start, unit.end)
        if place is None and unit.start == 0:
            cause = "no record of a WARC file begins in it: it is empty, damaged, or of another kind"
            yield Rejected(source=part.name, offset=0, length=unit.end, reason="not-a-warc", cause=cause)
        while place is not None:
            place = yield from _read_run(file, part.name, place, unit.end)


def _read_run(file: BinaryIO, source: str, start: int, end: int) -> Generator[Document | Rejected, None, int | None]:
    """Read on from a place until the end or until something is damaged; returns where to go on, if anywhere."""
    last = start
    try:
        for record in _records(file, start):
            if record.stream_pos >= end:
                return None
            last = record.stream_pos
            yield from _read_record(record, source)
    except OSError as error:
        if error.errno is not None:
            raise
        cause = f"the file is damaged here ({error}); reading goes on at the next record"
        yield Rejected(source=source, offset=last, reason="damaged", cause=cause)
        return _next_start(file, last + 1, end)
    return None


def _records(file: BinaryIO, start: int) -> "Iterator[WarcRecord]":
    try:
        from fastwarc import ArchiveIterator
    except ImportError as error:
        cause = "needs fastwarc, which is not installed: pip install 'broadsheet[archive]'"
        raise ConfigError("archive", cause) from error
    file.seek(start)
    return iter(ArchiveIterator(file, parse_http=False, auto_decode="none"))


def _read_record(record: "WarcRecord", source: str) -> Found:
    """Read one record: a document, a reason why it is none, or nothing where it is not an answer of a server."""
    kind = (record.headers.get("WARC-Type") or "").lower()
    if kind != "response":
        return
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    offset, length = record.stream_pos, record.content_length
    if length > MOST:
        yield too_large(source, offset, address, length)
        return
    reason = _answer(record, length)
    if isinstance(reason, tuple):
        yield Rejected(
            source=source, offset=offset, address=address, length=length, reason=reason[0], cause=reason[1]
        )
        return
    yield _document(record, source, address, reason)


def _answer(record: "WarcRecord", length: int) -> bytes | tuple[str, str]:
    """Read the body of an answer, decoded; or say in a word and in a sentence why it is not used."""
    try:
        record.parse_http()
    except OSError as error:
        return "no-http", f"its HTTP headers cannot be read: {error}"
    headers: Any = record.http_headers  # None for an answer over anything else, whatever its type says
    if headers is None or headers.status_code is None:
        return "no-http", "it is not an answer over HTTP"
    if headers.status_code != _OK:
        return f"http-{headers.status_code}", f"the server answered {headers.status_code}"
    expected = record.content_length
    body = record.reader.read(length)
    if len(body) < expected:
        return "truncated", f"the file ends in the middle of it: {len(body)} of {expected} bytes are there"
    return _decoded(body, headers)


def _decoded(body: bytes, headers: Any) -> bytes | tuple[str, str]:
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _unchunked(body)
    try:
        return decode_body(body, headers.get("Content-Encoding") or "", MOST)
    except AnswerError as error:
        return error.reason, str(error)


def _unchunked(body: bytes) -> bytes:
    """Undo chunks (RFC 9112, section 7.1); a body that is in none is left as it is, as crawlers keep it."""
    parts: list[bytes] = []
    at = 0
    while True:
        line = body.find(b"\r\n", at, at + 64)
        size = _hex(body[at:line].partition(b";")[0]) if line >= 0 else None
        if size is None or line + 2 + size > len(body):
            return body
        if size == 0:
            return b"".join(parts)
        parts.append(body[line + 2 : line + 2 + size])
        at = line + 2 + size + 2


def _hex(digits: bytes) -> int | None:
    try:
        return int(digits.strip(), 16)
    except ValueError:
        return None


def _document(record: "WarcRecord", source: str, address: str, body: bytes) -> Document | Rejected:
    content_type = record.http_headers.get("Content-Type")
    place: dict[str, Any] = {"source": source, "offset": record.stream_pos, "address": address}
    kind = kind_of(content_type, body)
    if kind is None:
        cause = f"{content_type or 'no media type'}: neither a page nor a feed"
        return Rejected(**place, length=len(body), reason="media-type", cause=cause)
    date: datetime | None = record.record_date
    if date is None or not address.lower().startswith(("http://", "https://")):
        cause = "the record does not say what was asked for (WARC-Target-URI) or when (WARC-Date)"
        return Rejected(**place, length=len(body), reason="no-address", cause=cause)
    return Document(**place, kind=kind, body=body, content_type=content_type, seen_at=date.astimezone(UTC))


def _next_start(file: BinaryIO, start: int, end: int) -> int | None:
    """Find where the first record at or behind a place begins, before `end`: at a gzip member that holds one."""
    while start < end:
        file.seek(start)
        window = file.read(_WINDOW)
        for at in _candidates(window):
            if start + at >= end:
                return None
            if window.startswith(b"WARC/", at) or _holds_record(file, start + at):
                return start + at
        if len(window) < _WINDOW:
            return None
        start += len(window) - 16
    return None


def _candidates(window: bytes) -> list[int]:
    zipped = [found.start() for found in re.finditer(re.escape(GZIP_MAGIC), window)]
    return sorted([*zipped, *(found.start(1) for found in _PLAIN.finditer(window))])


def _holds_record(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    try:
        return zlib.decompressobj(31).decompress(file.read(_WHOLE), 8).startswith(b"WARC/1.")
    except zlib.error:
        return False
