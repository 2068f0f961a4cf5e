"""What stands in the tables of an archive: the columns of each and their types, the same in every file.

An archive is a folder: `posts/month=YYYY-MM/UNIT.parquet`, `facts/month=YYYY-MM/UNIT.parquet`,
`feeds/UNIT.parquet`, `rejected/UNIT.parquet`, and `manifest.json`, which names every file that is whole.
A unit is one source file or a bounded part of one. A row is named by its `unit` and its number in that, `row`.
`settled.parquet` says which rows of posts are no posts of their own, because their entry was met before.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, get_args, get_origin, get_type_hints

from broadsheet.errors import ConfigError
from broadsheet.model import Claim, DateMention, Mention, MoveReport, Origin, Reply

Kind: TypeAlias = Literal["string", "strings", "int", "float", "bool", "moment", "bytes"]
"""The type of a column: a moment is in microseconds UTC, an int has 64 bits."""

Columns: TypeAlias = Mapping[str, Kind]

ROW: Final[Columns] = {"unit": "string", "row": "int"}

POSTS: Final[Columns] = {
    **ROW,
    "post_id": "string",
    "feed_id": "string",
    "entry_id": "string",
    "published": "moment",
    "updated": "moment",
    "seen_at": "moment",
    "reason": "string",
    "title": "string",
    "text": "string",
    "html": "string",
    "summary": "string",
    "link": "string",
    "language": "string",
    "image": "string",
    "authors": "strings",
    "categories": "strings",
    "digest": "string",
    "entry_digest": "string",
    "details": "string",
    "original": "bytes",
    "media_type": "string",
    "base_url": "string",
    "source": "string",
    "offset": "int",
}
"""One row for each revision that a unit has, in the unit's order.

`text` is as in `CleanEntry`, `image` the address of the picture that leads, `authors` their names. `details` is
JSON: what else a revision has. `source` is the file as it was named, `offset` where the record begins in it: in
bytes, or in rows of a table.
"""

FEEDS: Final[Columns] = {
    "unit": "string",
    "feed_id": "string",
    "address": "string",
    "title": "string",
    "link": "string",
    "language": "string",
    "section": "strings",
    "format": "string",
    "added_at": "moment",
}

REJECTED: Final[Columns] = {
    "unit": "string",
    "source": "string",
    "offset": "int",
    "address": "string",
    "length": "int",
    "reason": "string",
    "cause": "string",
}
"""What became no post: `reason` is one stable word, `cause` says it to a person; `length` in bytes, if known."""

SETTLED: Final[Columns] = {
    **ROW,
    "state": "string",
    "post_id": "string",
    "published": "moment",
    "revision": "int",
    "reason": "string",
}
"""Rows of posts that are not the only row of their entry.

`state` is "current" for the newest revision of a post, "older" for one before it, "again" for one that says nothing
new. `post_id` and `published` are those of the entry's first row, `revision` counts from 1, `reason` is why it was
made. A row that is not here is current, and the first.
"""

FACT_KINDS: Final[Mapping[str, tuple[str, type]]] = {
    "mention": ("mentions", Mention),
    "move": ("moves", MoveReport),
    "claim": ("claims", Claim),
    "response": ("responses", Reply),
    "origin": ("origins", Origin),
    "date": ("dates", DateMention),
}
"""Each kind of fact with its field in `Annotations` and its type."""

_NAMED: Final = {("date", "value"): "date", ("move", "unit"): "value_unit"}


def fact_column(kind: str, field: str) -> str:
    """Name the column of a field as the field, but that two things never share one.

    The words of a fact are its `surface`, the value of a date is `date`, the unit of a move `value_unit`.
    """
    return "surface" if field == "quote" else _NAMED.get((kind, field), field)


def _kind_of(hint: Any) -> Kind:
    parts = [part for part in get_args(hint) if part is not type(None)]
    if get_origin(hint) is tuple:
        return "strings"
    if get_origin(hint) is Literal:
        return "string"
    if parts:
        return _kind_of(parts[0])
    plain: dict[Any, Kind] = {str: "string", int: "int", float: "float", bool: "bool", datetime: "moment"}
    return plain[hint]


def _fact_columns() -> dict[str, Kind]:
    found: dict[str, Kind] = {
        **ROW,
        "post_id": "string",
        "feed_id": "string",
        "published": "moment",
        "kind": "string",
    }
    for kind, (_, fact) in FACT_KINDS.items():
        found |= {fact_column(kind, name): _kind_of(hint) for name, hint in get_type_hints(fact).items()}
    return found


FACTS: Final[Columns] = _fact_columns()
"""One row for each fact, in the order of its post's text, kind by kind; what its kind does not have is null."""


def arrow_schema(columns: Columns) -> Any:
    """Give columns as a schema of Apache Arrow.

    Raises:
        ConfigError: pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        cause = "needs pyarrow, which is not installed: pip install 'broadsheet[archive]'"
        raise ConfigError("archive", cause) from error
    types: dict[Kind, Any] = {
        "string": pyarrow.string(),
        "strings": pyarrow.list_(pyarrow.field("item", pyarrow.string())),
        "int": pyarrow.int64(),
        "float": pyarrow.float64(),
        "bool": pyarrow.bool_(),
        "moment": pyarrow.timestamp("us", "UTC"),
        "bytes": pyarrow.binary(),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
