"""Entries that several units hold: which row is their post, which are older revisions, and which say nothing new.

A store decides this as entries arrive: the same words again change nothing, other words make the next revision of the
post, and its id and date stay those of the first. Units know nothing of each other, so that is decided here, for the
whole archive, in the order in which rows were seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from broadsheet.decide.digests import differing_parts
from broadsheet.errors import PublishError
from broadsheet.scale.archive.manifest import Manifest, file_digest
from broadsheet.scale.archive.schema import SETTLED, arrow_schema
from broadsheet.wholefiles import Fresh

FILE: Final = "settled.parquet"
PART: Final = 5_000_000
"""Rows whose keys are in memory at one time, about."""

_KEYS: Final = (
    "unit",
    "row",
    "feed_id",
    "entry_id",
    "post_id",
    "published",
    "seen_at",
    "entry_digest",
    "digest",
    "reason",
)


class Sight(Struct, frozen=True):
    """A row of posts as far as settling looks at it."""

    unit: str
    row: int
    feed_id: str
    entry_id: str
    post_id: str
    published: datetime
    seen_at: datetime
    entry_digest: str
    digest: str
    reason: str


class Settled(Struct, frozen=True, kw_only=True):
    """What a row of posts came to be; as in the table `settled`."""

    unit: str
    row: int
    state: str
    post_id: str
    published: datetime
    revision: int
    reason: str


def settle(folder: Path, manifest: Manifest, part: int = PART) -> str:
    """Write `settled.parquet` anew from all whole files of posts; returns its digest.

    Raises:
        PublishError: it cannot be written.
    """
    from pyarrow import Table, parquet

    schema = arrow_schema(SETTLED)
    path = folder / FILE
    files = [folder / name for name in manifest.files("posts")]
    parts = 1 + sum(unit.posts for unit in manifest.units) // part
    try:
        with Fresh(path) as fresh:
            with parquet.ParquetWriter(fresh.file, schema, compression="zstd") as writer:
                for number in range(parts):
                    rows = list(settled_of(_doubtful(files, number, parts)))
                    writer.write_table(Table.from_pylist([_as_row(one) for one in rows], schema))
            fresh.put()
        return file_digest(path)
    except OSError as error:
        raise PublishError(str(path), f"cannot be written: {error.strerror or error}") from error


def settled_of(sights: Iterable[Sight]) -> Iterator[Settled]:
    """Decide what rows came to be, in the order of their names; rows that stand for themselves are not named."""
    entries: dict[tuple[str, str], list[Sight]] = {}
    for sight in sights:
        entries.setdefault((sight.feed_id, sight.entry_id), []).append(sight)
    for rows in entries.values():
        rows.sort(key=lambda one: (one.seen_at, one.unit, one.row))
    names = _names(entries)
    found = [one for key, rows in entries.items() for one in _entry(rows, names[key])]
    yield from sorted(found, key=lambda one: (one.unit, one.row))


def _entry(rows: Sequence[Sight], name: str) -> Iterator[Settled]:
    first = rows[0]
    if len(rows) == 1 and name == first.post_id:
        return
    revisions = [(first, first.reason)]
    said = first.entry_digest
    again: list[tuple[Sight, int]] = []
    for row in rows[1:]:
        if row.entry_digest == said or row.digest == revisions[-1][0].digest:
            again.append((row, len(revisions)))
        else:
            revisions.append((row, _reason(row, said)))
        said = row.entry_digest
    for number, (row, reason) in enumerate(revisions, 1):
        state = "current" if number == len(revisions) else "older"
        yield _settled(row, state, number, name, first, reason)
    for row, number in again:
        yield _settled(row, "again", number, name, first, row.reason)


def _reason(row: Sight, before: str) -> str:
    """Say why there is another revision; a post file says no more than that it was imported."""
    return (
        row.reason if row.reason == "imported" else f"edited: {', '.join(differing_parts(before, row.entry_digest))}"
    )


def _settled(row: Sight, state: str, number: int, name: str, first: Sight, reason: str) -> Settled:
    return Settled(
        unit=row.unit,
        row=row.row,
        state=state,
        post_id=name,
        published=first.published,
        revision=number,
        reason=reason,
    )


def _names(entries: Mapping[tuple[str, str], Sequence[Sight]]) -> dict[tuple[str, str], str]:
    """Give each entry the id of its post; where two have one id, the later one's is lengthened, as a store does."""
    taken: set[str] = set()
    names: dict[tuple[str, str], str] = {}
    for key, rows in sorted(entries.items(), key=lambda item: (item[1][0].seen_at, item[0])):
        name = rows[0].post_id
        size = 0
        while name in taken:
            size += 1
            digits = blake2b("\0".join(key).encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
            name = rows[0].post_id + digits
        taken.add(name)
        names[key] = name
    return names


def _doubtful(files: Sequence[Path], number: int, parts: int) -> Iterator[Sight]:
    """Read the rows of one part of all entries whose entry or whose id is met more than once.

    Parts are made by the last ten digits of ids: they are a digest of the entry, so that all rows of one entry, and
    all entries of one id, are in one part.
    """
    import pyarrow

    tables = [_keys(path, number, parts) for path in files]
    if not tables:
        return
    keys = pyarrow.concat_tables(tables)
    twice = _twice(keys, ["feed_id", "entry_id"]) | _twice(keys, ["post_id"])
    for index in sorted(twice):
        yield Sight(**_plain({name: keys[name][index].as_py() for name in _KEYS}))


def _keys(path: Path, number: int, parts: int) -> Any:
    import pyarrow
    from pyarrow import parquet

    table = parquet.read_table(path, columns=list(_KEYS), partitioning=None)
    if parts == 1:
        return table
    return table.filter(
        pyarrow.array([int(name[-10:], 16) % parts == number for name in table["post_id"].to_pylist()])
    )


def _twice(keys: Any, names: list[str]) -> set[int]:
    """Give the places of rows that share these columns with another row."""
    import pyarrow
    from pyarrow import compute

    numbered = keys.select(names).append_column("at", pyarrow.array(range(len(keys))))
    grouped = numbered.group_by(names, use_threads=False).aggregate([("at", "count"), ("at", "list")])
    shared = grouped.filter(compute.greater(grouped["at_count"], 1))
    return {index for found in shared["at_list"].to_pylist() for index in found}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    from datetime import UTC

    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for name, value in values.items()
    }


def _as_row(one: Settled) -> dict[str, Any]:
    return {name: getattr(one, name) for name in SETTLED}
