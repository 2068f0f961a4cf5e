"""What was found in the posts of an archive, for the filters `company:` and `is:`; read for one file at a time."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from broadsheet.errors import ConfigError
from broadsheet.model import CompanyBook
from broadsheet.scale.archive.kin.tables import STORIES
from broadsheet.scale.archive.manifest import Manifest
from broadsheet.scale.archive.rows import Row
from broadsheet.scale.archive.work import BOOK
from broadsheet.store.search.find import unmet_note
from broadsheet.store.search.query import Among, Both, Either, Part, Query, filters
from broadsheet.store.search.sifting import COPY, kinds_called

_COLUMNS: Final = ("row", "kind", "company_id", "status")
_MONTHS: Final = 3  # of copies, that are in memory: the dates of posts in one file are not all of its month

_read_book: Final = msgspec.json.Decoder(CompanyBook).decode


class Findings:
    """The filters of one question that ask for what was found in posts, and which rows of the file at hand they mean.

    Companies are those of the book that the archive was built with. A filter whose tables the archive lacks is left
    out, as `answerable` leaves a question and `notes` tell.

    Raises:
        ConfigError: the book of the archive, or a table, is not there or damaged.
    """

    def __init__(self, folder: Path, manifest: Manifest, query: Query) -> None:
        self._folder = folder
        self._facts = set(manifest.files("facts"))
        self._stories = [name for name in manifest.tables if name.startswith(f"{STORIES}/")]
        self._wanted = dict.fromkeys(one for one in filters((query.root,)) if one.kind in ("company", "is"))
        self._lacking = {one: cause for one in self._wanted if (cause := _lacking(one, manifest, self._stories))}
        self._meant = {one: frozenset(_meant(one, folder)) for one in self._wanted if one not in self._lacking}
        self._rows: dict[int, set[str]] = {}
        self._copies = lru_cache(_MONTHS)(self._copies_of)

    @property
    def notes(self) -> Iterator[str]:
        """What is to be told of these filters: those that are left out, and those that mean nothing."""
        for one in self._wanted:
            if one in self._lacking:
                yield f"{one.kind}:{one.name} is left out: {self._lacking[one]}"
            elif not self._meant[one]:
                yield unmet_note(one).told

    def answerable(self, query: Query) -> Query:
        """Take out of a question what this archive cannot be asked."""
        return replace(query, root=_without(query.root, self._lacking) or Both())

    def turn_to(self, name: str) -> None:
        """Read what was found in the posts of one file, by its name in the archive."""
        facts = name.replace("posts/", "facts/", 1)
        is_wanted = any(meant - {COPY} for meant in self._meant.values())
        self._rows = _found_in(self._folder / facts) if is_wanted and facts in self._facts else {}

    def holds(self, row: Row, among: Among) -> bool:
        """Whether a filter means a row of the file at hand."""
        meant = self._meant[among]
        if COPY in meant:
            return row["post_id"] in self._copies(f"{row['published']:%Y-%m}")
        return not meant.isdisjoint(self._rows.get(row["row"], ()))

    def _copies_of(self, month: str) -> Collection[str]:
        """The ids of posts of a month that carry the text of others."""
        names = [name for name in self._stories if name.startswith(f"{STORIES}/month={month}/")]
        tables = (_rows(self._folder / name, ("post_id", "role")) for name in names)
        return {row["post_id"] for rows in tables for row in rows if row["role"] != "report"}


def _without(part: Part, lacking: Collection[Among]) -> Part | None:
    """A part of a question without some filters, -x and ( ) around them included; None where nothing is left."""
    match part:
        case Both():
            wanted, unwanted = _each(part.wanted, lacking), _each(part.unwanted, lacking)
            return Both(wanted, unwanted) if wanted or unwanted else None
        case Either():
            parts = _each(part.parts, lacking)
            return Either(parts) if parts else None
    return None if part in lacking else part


def _each(parts: Iterable[Part], lacking: Collection[Among]) -> tuple[Part, ...]:
    return tuple(left for one in parts if (left := _without(one, lacking)) is not None)


def _lacking(among: Among, manifest: Manifest, stories: Collection[str]) -> str:
    """Why an archive cannot be asked by a filter; "" where it can."""
    if kinds_called(among.name) == (COPY,) and among.kind == "is":
        return "" if stories else "this archive has no stories; build it without --no-stories"
    return "" if manifest.rules.facts else "this archive has no facts; build another without --no-facts"


def _meant(among: Among, folder: Path) -> Iterator[str]:
    """What a filter looks for: ids of companies after "=", kinds."""
    if among.kind == "is":
        yield from kinds_called(among.name)
        return
    from broadsheet.annotate import find_companies

    for company in find_companies(_book(folder / BOOK), among.name):
        yield f"={company.id}"


def _book(path: Path) -> CompanyBook:
    try:
        return _read_book(path.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        cause = f"cannot be read: {getattr(error, 'strerror', None) or error}; build the archive again"
        raise ConfigError(str(path), cause) from error


def _found_in(path: Path) -> dict[int, set[str]]:
    """What was found in each row of posts: ids of companies after "=", statuses of claims, and "move"."""
    found: dict[int, set[str]] = {}
    for row in _rows(path, _COLUMNS):
        if row["kind"] == "mention" and row["company_id"]:
            found.setdefault(row["row"], set()).add(f"={row['company_id']}")
        elif row["kind"] == "claim":
            found.setdefault(row["row"], set()).add(row["status"])
        elif row["kind"] == "move":
            found.setdefault(row["row"], set()).add("move")
    return found


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=list(columns)):
                yield from batch.to_pylist()
    except (OSError, pyarrow.ArrowException) as error:
        raise ConfigError(str(path), f"cannot be read: {error}; build the archive again") from error
