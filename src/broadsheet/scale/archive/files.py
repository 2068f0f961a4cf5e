"""Small files, lines and tables, opened and taken apart."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from broadsheet.scale.archive.documents import MOST, Document, DocumentKind, Found, Rejected, too_large
from broadsheet.scale.archive.dumps import columns_read, read_record
from broadsheet.scale.archive.units import Part, Unit

_ROWS: Final = 256


def read_post_files(unit: Unit, now: datetime) -> Found:
    """Read post files, each a document that is named like its file."""
    return _read_small(unit, "post-file", now)


def read_feed_files(unit: Unit, now: datetime) -> Found:
    """Read documents of feeds, each in a file; their address is not known."""
    return _read_small(unit, "feed", now)


def _read_small(unit: Unit, kind: DocumentKind, now: datetime) -> Found:
    for part in unit.parts:
        try:
            with Path(part.path).open("rb") as file:
                body = file.read(MOST + 1)
        except OSError as error:
            cause = f"cannot be read: {error.strerror or error}"
            yield Rejected(source=part.name, offset=0, reason="unreadable", cause=cause)
            continue
        if len(body) > MOST:
            yield too_large(part.name, 0, None, Path(part.path).stat().st_size)
        else:
            yield Document(kind=kind, source=part.name, offset=0, address=part.name, body=body, seen_at=now)


def read_lines(unit: Unit, now: datetime) -> Found:
    """Read the lines of JSON that begin in a slice of a file, each a document or an article.

    Raises:
        OSError: the file cannot be read.
    """
    part = unit.parts[0]
    if part.name.lower().endswith(".gz"):
        yield from _zipped_lines(part, now)
        return
    with Path(part.path).open("rb") as file:
        file.seek(max(0, unit.start - 1))
        if unit.start:
            _skip_line(file)
        yield from _lines(file, part.name, unit.end, now)


def _zipped_lines(part: Part, now: datetime) -> Found:
    with gzip.open(part.path, "rb") as file:
        try:
            yield from _lines(file, part.name, None, now)  # type: ignore[arg-type]  # reads like any other
        except (EOFError, gzip.BadGzipFile) as error:
            cause = f"the file is damaged ({error}); the lines before are read"
            yield Rejected(source=part.name, offset=file.tell(), reason="damaged", cause=cause)


def _lines(file: BinaryIO, source: str, end: int | None, now: datetime) -> Found:
    while end is None or file.tell() < end:
        offset = file.tell()
        line = file.readline(2 * MOST)
        if not line:
            return
        if len(line) == 2 * MOST and not line.endswith(b"\n"):
            _skip_line(file)
            yield too_large(source, offset, None, file.tell() - offset)
        elif line.strip():
            yield _line(line, source, offset, now)


def _skip_line(file: BinaryIO) -> None:
    while (piece := file.readline(MOST)) and not piece.endswith(b"\n"):
        pass


def _line(line: bytes, source: str, offset: int, now: datetime) -> Document | Rejected:
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        cause = f"the line is not JSON: {error}"
        return Rejected(source=source, offset=offset, length=len(line), reason="not-json", cause=cause)
    if not isinstance(fields, dict):
        cause = "the line is JSON, but no object with names"
        return Rejected(source=source, offset=offset, length=len(line), reason="not-json", cause=cause)
    return read_record(fields, source, offset, now)


def read_table(unit: Unit, now: datetime) -> Found:
    """Read the rows of a table of Parquet, each a document or an article; only columns with known names are read.

    Raises:
        OSError: the file cannot be read.
    """
    import pyarrow
    from pyarrow import parquet

    part = unit.parts[0]
    offset = 0
    try:
        with parquet.ParquetFile(part.path) as table:
            for row in _rows(table):
                yield read_record(row, part.name, offset, now)
                offset += 1
    except pyarrow.ArrowInvalid as error:
        cause = f"this is no table of Parquet, or a damaged one: {error}"
        yield Rejected(source=part.name, offset=offset, reason="damaged", cause=cause)


def _rows(table: Any) -> Iterator[dict[str, Any]]:
    for batch in table.iter_batches(_ROWS, columns=columns_read(table.schema_arrow.names)):
        yield from batch.to_pylist()
