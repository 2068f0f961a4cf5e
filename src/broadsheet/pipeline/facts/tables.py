"""All facts as tables of Apache Parquet: a folder with one file for each kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from broadsheet.errors import ConfigError, PublishError
from broadsheet.pipeline.facts.rows import KINDS, STEP, columns, fact_rows
from broadsheet.wholefiles import Fresh

if TYPE_CHECKING:
    from broadsheet.store import Store

FILES: Final = {kind: f"{field}.parquet" for field, kind in KINDS.items()} | {STEP: "steps.parquet"}
"""The file of each kind of row."""

WHOLE: Final = "_SUCCESS"
"""A file without content, as Hadoop and Spark write it: while it is there, all tables are of one export."""

GROUP = 10_000
"""Rows of a kind that are in memory at one time: those of a row group."""

_WORDS: Final = frozenset({"feed", "company", "company_id", "security", "outlet", "party", "root", "price_source"})
"""Columns whose few values stand in many rows, beside those of fixed words."""


def write_tables(store: "Store", folder: Path, since: datetime | None = None) -> int:
    """Write the rows of `fact_rows` into a folder, in place of the tables that it has; returns how many there are.

    Columns are named and typed alike in every export, empty ones too: moments in UTC, dates, dictionaries of words.
    The same facts give the same bytes. A reader sees whole tables only.

    Raises:
        ConfigError: pyarrow is not installed.
        PublishError: the folder cannot be written.
    """
    types = _arrow_types()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            fresh = {kind: stack.enter_context(Fresh(folder / name)) for kind, name in FILES.items()}
            count = _write(fact_rows(store, since), fresh, types)
            (folder / WHOLE).unlink(missing_ok=True)
            for one in fresh.values():
                one.put()
        (folder / WHOLE).touch()
    except OSError as error:
        raise PublishError(str(folder), f"cannot be written: {error.strerror or error}") from error
    return count


def _write(rows: Iterable[dict[str, object]], files: Mapping[str, Fresh], schemas: Mapping[str, Any]) -> int:
    from pyarrow import Table, parquet

    with ExitStack() as stack:
        writers = {
            kind: stack.enter_context(parquet.ParquetWriter(files[kind].file, schema, compression="zstd"))
            for kind, schema in schemas.items()
        }
        waiting: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
        count = 0
        for row in rows:
            count += 1
            kind = str(row["kind"])
            waiting[kind].append(row)
            if len(waiting[kind]) == GROUP:
                writers[kind].write_table(Table.from_pylist(waiting.pop(kind), schemas[kind]))
        for kind, rest in waiting.items():
            writers[kind].write_table(Table.from_pylist(rest, schemas[kind]))
        return count


def _arrow_types() -> dict[str, Any]:
    try:
        import pyarrow
    except ImportError as error:
        cause = "parquet needs pyarrow, which is not installed: pip install 'broadsheet[parquet]'"
        raise ConfigError("--format", cause) from error
    words = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    plain = {
        str: pyarrow.string(),
        int: pyarrow.int32(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        date: pyarrow.date32(),
        datetime: pyarrow.timestamp("us", "UTC"),
    }

    def arrow(column: str, hint: Any) -> Any:
        parts = [part for part in get_args(hint) if part is not type(None)]
        if get_origin(hint) is tuple:
            return pyarrow.list_(pyarrow.field("item", pyarrow.string()))
        if get_origin(hint) is Literal or column in _WORDS:
            return words
        return arrow(column, parts[0]) if parts else plain[hint]

    return {
        kind: pyarrow.schema([(name, arrow(name, hint)) for name, hint in found.items()])
        for kind, found in columns().items()
    }
