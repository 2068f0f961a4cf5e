"""What stands in the tables of kin, and how their files come to be whole: columns, rows and digests."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from msgspec import Struct

from broadsheet.model import Edge, Story
from broadsheet.scale.archive.manifest import file_digest
from broadsheet.wholefiles import Fresh

POSTS, SETTLED = "posts", "settled.parquet"
COPIES, EDGES, STORIES = "copies", "edges", "stories"
READ, ROUNDS, LINKS, MEMBERS = "kin/read", "kin/rounds", "kin/links", "kin/members"
"""Folders of an archive: what it has for readers, and what one step leaves for the next."""

GROUP: Final = 2000
"""Rows of a group: what is read of a time reaches to the bounds of groups."""


class Written(Struct, frozen=True, kw_only=True):
    """A file that is whole: its path in the archive, its rows, the digest of its bytes."""

    path: str
    rows: int
    digest: str


def schema_of(table: str) -> Any:
    """Give the columns of a table, by the name of its folder, as a schema of Apache Arrow."""
    import pyarrow as pa

    text, moment = pa.string(), pa.timestamp("us", "UTC")
    reasons = pa.struct([("kind", text), ("words", pa.list_(text)), ("weight", pa.float64())])
    carried = [("relation", text), ("share", pa.float64())]
    columns = {
        READ: [
            ("post_id", text), ("feed_id", text), ("published", moment), ("language", text), ("title", text),
            ("text", text), ("exact", pa.binary()), ("bands", pa.binary()), ("sentences", pa.binary()),
            ("terms", pa.binary()),
        ],
        ROUNDS: [("post_id", text), ("published", moment)],
        COPIES: [("post_id", text), ("published", moment), ("source", text), *carried, ("words", text)],
        EDGES: [
            ("first", text), ("second", text), ("published", moment), ("relation", text), ("score", pa.float64()),
            ("share", pa.float64()), ("reasons", pa.list_(reasons)),
        ],
        STORIES: [
            ("story_id", text), ("place", pa.int32()), ("post_id", text), ("published", moment), ("role", text),
            ("source", text), ("share", pa.float64()), ("title", pa.bool_()),
        ],
    }  # fmt: skip
    return pa.schema(columns[table])


def copy_row(edge: Edge, published: datetime) -> dict[str, Any]:
    """Write an edge of which the later post carries the earlier as a row of copies."""
    return {
        "post_id": edge.second,
        "published": published,
        "source": edge.first,
        "relation": edge.relation,
        "share": edge.share,
        "words": next((word for reason in edge.reasons for word in reason.words), None),
    }


def edge_row(edge: Edge, published: datetime) -> dict[str, Any]:
    """Write an edge as a row; it stands in the month in which its later post was published."""
    return {
        "first": edge.first,
        "second": edge.second,
        "published": published,
        "relation": edge.relation,
        "score": edge.score,
        "share": edge.share,
        "reasons": [{"kind": one.kind, "words": list(one.words), "weight": one.weight} for one in edge.reasons],
    }


def story_rows(story: Story, published: Mapping[str, datetime]) -> list[dict[str, Any]]:
    """Write a story as rows, one for each of its posts."""
    return [
        {
            "story_id": story.id,
            "place": place,
            "post_id": member.post_id,
            "published": published[member.post_id],
            "role": member.role,
            "source": member.source,
            "share": member.share,
            "title": member.post_id == story.title_of,
        }
        for place, member in enumerate(story.members)
    ]


def write_months(
    folder: Path, table: str, name: str, rows: Iterable[tuple[datetime, dict[str, Any]]]
) -> list[Written]:
    """Write rows to `TABLE/month=YYYY-MM/NAME.parquet`, each to the month of the moment that stands before it."""
    months: dict[str, list[dict[str, Any]]] = {}
    for moment, row in rows:
        months.setdefault(f"{moment:%Y-%m}", []).append(row)
    return [
        write_table(folder, f"{table}/month={month}/{name}.parquet", _table_of(table, months[month]))
        for month in sorted(months)
    ]


def _table_of(table: str, rows: Sequence[dict[str, Any]]) -> Any:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema_of(table))


def write_table(folder: Path, path: str, table: Any) -> Written:
    """Write a table as a file of the archive: it has its name when it is whole and on the disk."""
    from pyarrow import parquet

    def write(file: Any) -> None:
        parquet.write_table(table, file, row_group_size=GROUP, compression="zstd", compression_level=1)

    return Written(path=path, rows=table.num_rows, digest=_write(folder / path, write))


def write_numbers(folder: Path, path: str, numbers: Any) -> Written:
    """Write an array of numpy as a file of the archive."""
    import numpy as np

    return Written(path=path, rows=len(numbers), digest=_write(folder / path, lambda file: np.save(file, numbers)))


def _write(path: Path, write: Any) -> str:
    """Write a file under a name that nobody else uses: who was given up may be at work on the same one yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Fresh(path, mark=uuid4().hex) as fresh:
        write(fresh.file)
        fresh.put()
    return file_digest(path)


def sum_up(*digests: str) -> str:
    """Make one digest of several."""
    return blake2b(" ".join(digests).encode(), digest_size=16).hexdigest()
