"""What a worker does with one unit, wherever it runs: text in, text out, and whole files in the archive."""

import errno
import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from broadsheet.errors import BroadsheetError
from broadsheet.model import CompanyBook
from broadsheet.scale.archive.documents import Found, Rejected
from broadsheet.scale.archive.making import Annotator, Maker
from broadsheet.scale.archive.manifest import UnitRecord, save_record
from broadsheet.scale.archive.trace import Trace
from broadsheet.scale.archive.units import Unit
from broadsheet.scale.archive.writing import UnitTables
from broadsheet.store.sound import sound_text

BOOK: Final = "book.json"
"""The company book by which an archive's facts were found."""


PATIENCE_S: Final = 60
"""Seconds of processor time that one document may take."""


class Settings(Struct, frozen=True, kw_only=True):
    """What is the same for all units of one run: where to write, and `now` for sources that tell no time.

    `rules` is the digest of the rules of facts that the run was planned with; None where no facts are wanted.
    """

    folder: str
    now: datetime
    zone: str = "UTC"
    rules: str | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of a unit: its record, or what the archive or the source refused; `fatal` ends the whole run."""

    record: UnitRecord | None = None
    unit: str = ""
    source: str = ""
    fault: str = ""
    fatal: bool = False


_read_unit: Final = msgspec.json.Decoder(Unit).decode
_read_settings: Final = msgspec.json.Decoder(Settings).decode
_encode: Final = msgspec.json.Encoder().encode


def encode(value: Unit | Settings) -> str:
    """Write what a worker is told."""
    return _encode(value).decode()


def read_outcome(text: str) -> Outcome:
    """Read what a worker answers."""
    return msgspec.json.decode(text, type=Outcome)


def work(unit: str, settings: str) -> str:
    """Do one unit in a process that may be lost; everything is JSON, so that it passes through any engine."""
    logging.disable()  # what libraries have to say of a stranger's page helps nobody
    return _encode(make_unit(_read_unit(unit), _read_settings(settings), PATIENCE_S)).decode()


def make_unit(unit: Unit, settings: Settings, patience_s: float = 0) -> Outcome:
    """Read a unit, make its rows and write its tables; its record is written last and makes it whole.

    A fault of the source or of the disk is an outcome; where it fails, nothing of the unit is left behind. A document
    that takes more than `patience_s` seconds of processor time ends this process; 0 waits for ever.
    """
    source = sound_text(unit.source)
    try:
        record = _made(unit, settings, patience_s)
        save_record(Path(settings.folder), record)
    except (OSError, BroadsheetError) as error:
        cause = (
            str(error) if isinstance(error, BroadsheetError) else f"{error.filename or unit.source}: {_said(error)}"
        )
        fatal = _is_fatal(error, settings.folder)
        return Outcome(unit=unit.name, source=source, fault=sound_text(cause), fatal=fatal)
    return Outcome(unit=unit.name, source=source, record=record)


def _made(unit: Unit, settings: Settings, patience_s: float) -> UnitRecord:
    folder = Path(settings.folder)
    maker = Maker(_annotator(settings))
    documents = 0
    with UnitTables(folder, unit.name) as tables, Trace(folder, unit.name, patience_s) as trace:
        for one in maker.make(trace.watched(read_unit(unit, settings.now))):
            documents += 1
            if isinstance(one, Rejected):
                tables.reject(one)
            else:
                tables.add(one)
        files = tables.finish()
        counts, reasons = tables.counts, tables.reasons
    return UnitRecord(
        unit=unit.name,
        source=unit.source,
        kind=unit.kind,
        start=unit.start,
        end=unit.end,
        documents=documents,
        posts=counts["posts"],
        facts=counts["facts"],
        rejected=counts["rejected"],
        reasons=dict(sorted(reasons.items())),
        files=files,
    )


def read_unit(unit: Unit, now: datetime) -> Found:
    """Read the documents of a unit, whatever it is; `now` dates what does not say when it was seen."""
    if unit.kind == "warc":
        from broadsheet.scale.archive.warcs import read_warc

        return read_warc(unit)
    from broadsheet.scale.archive import files

    readers = {
        "post-files": files.read_post_files,
        "feed-files": files.read_feed_files,
        "lines": files.read_lines,
        "table": files.read_table,
    }
    return readers[unit.kind](unit, now)


def _annotator(settings: Settings) -> Annotator | None:
    return None if settings.rules is None else _open_annotator(settings.folder, settings.zone, settings.rules)


@lru_cache(maxsize=2)
def _open_annotator(folder: str, zone: str, rules: str) -> Annotator:
    """Open the book of the archive once in a process.

    Raises:
        BroadsheetError: another Broadsheet is on this worker's machine than the one that planned the run.
    """
    from broadsheet.annotate import NameBook
    from broadsheet.annotate.rules import rules_digest

    if rules_digest() != rules:
        raise BroadsheetError("this machine has another version of Broadsheet than the one that planned the archive")
    book = msgspec.json.decode((Path(folder) / BOOK).read_bytes(), type=CompanyBook)
    return Annotator(NameBook(book), ZoneInfo(zone))


def _said(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "the disk is full; make room and run the same command again: what is finished is kept"
    return error.strerror or str(error)


def _is_fatal(error: Exception, folder: str) -> bool:
    """Tell what stops every other unit, too: an archive that cannot be written, a machine that is set up wrongly."""
    if not isinstance(error, OSError):
        return True
    is_ours = Path(folder) in Path(str(error.filename or "")).parents
    return is_ours or error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
