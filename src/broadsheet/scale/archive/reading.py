"""An archive read again: its posts as they stand after settling, a portion at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from broadsheet.errors import ConfigError
from broadsheet.scale.archive.manifest import Manifest, load_manifest
from broadsheet.scale.archive.rows import Row
from broadsheet.scale.archive.settling import FILE, Settled

PORTION: Final = 1000
"""Rows that are in memory at one time, about."""

Places = Mapping[tuple[str, int], Settled]
"""What rows of posts came to be, by unit and row; those that are not here are current as they are."""


def settled(folder: Path) -> Places:
    """Read which rows of posts are not the only one of their entry."""
    from pyarrow import parquet

    rows = parquet.read_table(folder / FILE, partitioning=None).to_pylist() if (folder / FILE).exists() else []
    made = (Settled(**row | {"published": row["published"].replace(tzinfo=UTC)}) for row in rows)
    return {(one.unit, one.row): one for one in made}


def read_posts(
    folder: Path,
    columns: Sequence[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    newest_first: bool = False,
) -> Iterator[list[Row]]:
    """Give the posts of an archive, each in its newest revision, portion by portion; the months in their order.

    A row has the `columns` asked for, all where none are named, beside `unit`, `row`, `post_id` and `published`: the
    last two as they were settled. `since` and `until` bound the months that are read, not the rows. Inside a month,
    rows stand in the order of units.

    Raises:
        NotFoundError: there is no archive in this folder.
        ConfigError: a file that the manifest names is not there, or is damaged.
    """
    manifest, places = load_manifest(folder), settled(folder)
    for name in months(manifest, since, until, newest_first=newest_first):
        for rows in portions(folder / name, columns):
            current = [row for row in (placed(row, places) for row in rows) if row]
            if current:
                yield current


def feed_rows(folder: Path) -> dict[str, Row]:
    """Give the feeds of an archive by id, each as it was seen first.

    Raises:
        NotFoundError: there is no archive in this folder.
        ConfigError: a file that the manifest names is not there, or is damaged.
    """
    found: dict[str, Row] = {}
    for name in load_manifest(folder).files("feeds"):
        for row in (row for rows in _portions(folder / name, None) for row in rows):
            known = found.get(row["feed_id"])
            if known is None or (row["added_at"], row["unit"]) < (known["added_at"], known["unit"]):
                found[row["feed_id"]] = row
    return found


def months(
    manifest: Manifest, since: datetime | None = None, until: datetime | None = None, *, newest_first: bool = False
) -> list[str]:
    """Name the files of posts of the months from `since` on that begin before `until`, month by month."""
    first, last = (f"posts/month={day:%Y-%m}" if day else "" for day in (since, until))
    files = [name for name in manifest.files("posts") if name.rpartition("/")[0] >= first]
    chosen = [name for name in files if not last or name.rpartition("/")[0] <= last]
    return sorted(chosen, key=lambda name: name.rpartition("/")[0], reverse=newest_first)


def portions(path: Path, columns: Sequence[str] | None = None) -> Iterator[list[Row]]:
    """Give the rows of one file, a portion at a time.

    Raises:
        ConfigError: it is not there, or is damaged.
    """
    wanted = None if columns is None else list(dict.fromkeys(("unit", "row", "post_id", "published", *columns)))
    return _portions(path, wanted)


def _portions(path: Path, columns: list[str] | None) -> Iterator[list[Row]]:
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(PORTION, columns=columns):
                yield [_utc(row) for row in batch.to_pylist()]
    except (OSError, pyarrow.ArrowException) as error:
        cause = f"cannot be read: {error}; remove its unit's record below units/ and build again"
        raise ConfigError(str(path), cause) from error


def placed(row: Row, places: Places) -> Row | None:
    """Give a row its settled id and date; None where it is not the newest revision of its post."""
    place = places.get((row["unit"], row["row"]))
    if place is None:
        return row
    return named(row, place) if place.state == "current" else None


def named(row: Row, place: Settled) -> Row:
    """Give a row what was settled of it: id and date of its post, and why it was made, where it has these columns."""
    told = {"post_id": place.post_id, "published": place.published, "reason": place.reason}
    return row | {name: value for name, value in told.items() if name in row}


def _utc(row: dict[str, Any]) -> Row:
    return {name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for name, value in row.items()}
