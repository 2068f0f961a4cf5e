"""The first step: what grouping reads of each file of posts, and their sketches, in the order of publication."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from broadsheet.model import PostText, Sketch
from broadsheet.scale.archive.kin.tables import POSTS, READ, SETTLED, Written, schema_of, write_table
from broadsheet.store.moments import to_us

PORTION: Final = 2000
"""Posts that are in memory at one time as texts."""

_COLUMNS: Final = ("unit", "row", "post_id", "feed_id", "published", "language", "title", "text")


class Posts(Struct, frozen=True, kw_only=True):
    """A file of posts to sketch, by its path in the archive; `of` sums up what its sketches are made of."""

    path: str
    of: str

    @property
    def name(self) -> str:
        """What the work is noted as."""
        return self.path


class Sketched(Struct, frozen=True, kw_only=True):
    """The file that came of it, and the first and the last moment of publication in it: microseconds since 1970."""

    file: Written
    since: int
    until: int

    @property
    def files(self) -> tuple[Written, ...]:
        """What came of it."""
        return (self.file,)


def sketch_file(folder: Path, posts: Posts) -> Sketched:
    """Sketch the posts of a file; a file of which no row is a post of today gives one without rows."""
    import pyarrow as pa

    found = [_table(portion) for portion in _portions(folder, posts.path)]
    table = pa.concat_tables([schema_of(READ).empty_table(), *found])
    table = table.sort_by([("published", "ascending"), ("post_id", "ascending")])
    moments = table.column("published").cast(pa.int64())
    file = write_table(folder, f"{READ}/{posts.path.removeprefix(f'{POSTS}/')}", table)
    return Sketched(
        file=file, since=moments[0].as_py() if file.rows else 0, until=moments[-1].as_py() if file.rows else -1
    )


def _portions(folder: Path, path: str) -> Iterator[list[PostText]]:
    from pyarrow import parquet

    settled: dict[tuple[str, int], dict[str, Any]] | None = None
    with parquet.ParquetFile(folder / path) as file:
        columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
        for batch in file.iter_batches(PORTION, columns=columns):
            rows = batch.to_pylist()
            if settled is None:
                settled = _settled(folder, {row["unit"] for row in rows if "unit" in row})
            yield [text for row in rows if (text := _text(row, settled))]


def _settled(folder: Path, units: set[str]) -> dict[tuple[str, int], dict[str, Any]]:
    """What is said of rows that are not the only ones of their entry."""
    from pyarrow import parquet

    path = folder / SETTLED
    if not path.exists() or not units:
        return {}
    table = parquet.read_table(path, filters=[("unit", "in", sorted(units))])
    return {(row["unit"], row["row"]): row for row in table.to_pylist()}


def _text(row: Mapping[str, Any], settled: Mapping[tuple[str, int], Mapping[str, Any]]) -> PostText | None:
    """Give a post as grouping reads it; None for a row that another stands above."""
    said = settled.get((row.get("unit", ""), row.get("row", 0)))
    if said and said["state"] != "current":
        return None
    named = said or row
    return PostText(
        post_id=named["post_id"],
        feed_id=row["feed_id"],
        published=named["published"].replace(tzinfo=UTC),
        language=row["language"],
        title=row["title"],
        text=row["text"],
    )


def _table(posts: Sequence[PostText]) -> Any:
    import pyarrow as pa

    from broadsheet.group import sketch_posts

    sketches = sketch_posts(posts)
    columns: dict[str, list[Any]] = {
        **{
            name: [getattr(post, name) for post in posts]
            for name in ("post_id", "feed_id", "language", "title", "text")
        },
        **{name: [getattr(one, name) for one in sketches] for name in ("exact", "bands", "sentences", "terms")},
        "published": [to_us(post.published) for post in posts],
    }
    schema = schema_of(READ)
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema)


def sketch_of(row: Mapping[str, Any]) -> Sketch:
    """Read the sketch of a row."""
    return Sketch(
        post_id=row["post_id"],
        feed_id=row["feed_id"],
        published=row["published"].replace(tzinfo=UTC),
        exact=row["exact"],
        bands=row["bands"],
        sentences=row["sentences"],
        terms=row["terms"],
    )
