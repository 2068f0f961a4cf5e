"""The tables of one unit, written in bounded memory; no file has its name before all of it is on the disk."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from broadsheet.model import Feed
from broadsheet.scale.archive.documents import Rejected
from broadsheet.scale.archive.making import Made
from broadsheet.scale.archive.manifest import file_digest
from broadsheet.scale.archive.rows import Row
from broadsheet.scale.archive.schema import FACTS, FEEDS, POSTS, REJECTED, Columns, arrow_schema
from broadsheet.store.sound import sound
from broadsheet.wholefiles import Fresh

HELD: Final = 48 * 1024 * 1024
"""Bytes of rows, about, that wait to be written; above that the largest table of them goes into its file."""

ROWS: Final = 10_000
"""Rows of a table that wait at the most."""

_TABLES: Final[Mapping[str, Columns]] = {"posts": POSTS, "facts": FACTS, "feeds": FEEDS, "rejected": REJECTED}
_ROW_BYTES: Final = 400


class UnitTables:
    """The tables of one unit while they are written; a context manager that leaves nothing behind where it fails."""

    def __init__(self, folder: Path, unit: str) -> None:
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self._folder = folder
        self._unit = unit
        self._stack = ExitStack()
        self._open: dict[str, _Table] = {}
        self._waiting: defaultdict[str, list[Row]] = defaultdict(list)
        self._sizes: Counter[str] = Counter()
        self._feeds: dict[str, Feed] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, made: Made) -> None:
        """Add the rows of one document."""
        if made.posts:
            self._feeds.setdefault(made.feed.id, made.feed)
        for post, facts in zip(made.posts, made.facts, strict=True):
            place = {"unit": self._unit, "row": self.counts["posts"]}
            month = f"month={post['published']:%Y-%m}"
            size = len(post["text"]) + len(post["html"]) + len(post["original"])
            self._add("posts", month, place | post, size)
            for fact in facts:
                self._add("facts", month, sound_row(place | fact), 0)

    def reject(self, one: Rejected) -> None:
        """Keep what became no post aside."""
        self.reasons[one.reason] += 1
        row = {name: getattr(one, name) for name in REJECTED if name != "unit"}
        self._add("rejected", "", sound_row({"unit": self._unit} | row), len(one.cause))

    def finish(self) -> dict[str, str]:
        """Write what waits and put every file in its place; returns their paths in the archive with their digests."""
        for feed in self._feeds.values():
            self._add("feeds", "", sound_row(_feed_row(self._unit, feed)), 0)
        for path in list(self._waiting):
            self._write(path)
        for table in self._open.values():
            table.put()
        return {path: file_digest(self._folder / path) for path in sorted(self._open)}

    def _add(self, table: str, month: str, row: Row, size: int) -> None:
        path = "/".join(part for part in (table, month, f"{self._unit}.parquet") if part)
        self.counts[table] += 1
        self._waiting[path].append(row)
        self._sizes[path] += size + _ROW_BYTES
        if len(self._waiting[path]) >= ROWS:
            self._write(path)
        while self._sizes.total() > HELD:
            self._write(self._sizes.most_common(1)[0][0])

    def _write(self, path: str) -> None:
        if path not in self._open:
            columns = _TABLES[path.partition("/")[0]]
            self._open[path] = self._stack.enter_context(_Table(self._folder / path, columns))
        self._open[path].write(self._waiting.pop(path))
        del self._sizes[path]


class _Table:
    """One file of Parquet on its way to its name."""

    def __init__(self, path: Path, columns: Columns) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fresh = Fresh(path)
        self._schema = arrow_schema(columns)
        self._writer: Any = None

    def __enter__(self) -> Self:
        from pyarrow import parquet

        self._fresh.__enter__()
        self._writer = parquet.ParquetWriter(self._fresh.file, self._schema, compression="zstd")
        return self

    def write(self, rows: list[Row]) -> None:
        """Write rows as one row group."""
        from pyarrow import Table

        self._writer.write_table(Table.from_pylist(rows, self._schema))

    def put(self) -> None:
        """Give the file its name."""
        self._writer.close()
        self._fresh.put()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._writer.is_open:
                self._writer.close()
        except OSError:  # the disk that is full already: what wrote to it has failed, and says so
            self._writer.is_open = False  # else it would try once more when it is forgotten
        finally:
            self._fresh.__exit__(kind, error, trace)


def sound_row(row: Row) -> Row:
    """Put what UTF-8 cannot hold right in the texts of a row."""
    return {name: sound(list(value) if isinstance(value, tuple) else value) for name, value in row.items()}


def _feed_row(unit: str, feed: Feed) -> Row:
    return {
        "unit": unit,
        "feed_id": feed.id,
        "address": feed.address,
        "title": feed.title,
        "link": feed.link,
        "language": feed.language,
        "section": list(feed.section),
        "format": feed.state.format,
        "added_at": feed.added_at,
    }
