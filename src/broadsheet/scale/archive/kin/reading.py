"""Rows of some time, out of many files: of groups of rows that lie outside it nothing is read."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

from broadsheet.scale.archive.kin.tables import READ, schema_of

_TEXTS: Final = ("post_id", "feed_id", "published", "language", "title", "text")


def read_between(folder: Path, paths: Sequence[str], since: int, until: int, columns: Sequence[str]) -> Any:
    """Read the rows published between two moments, in microseconds since 1970, both included; in no order."""
    return _read(folder, paths, _between(since, until), columns)


def read_texts(folder: Path, paths: Sequence[str], since: int, until: int, wanted: Collection[str]) -> Any:
    """Read the texts of some of the posts published between two moments."""
    import pyarrow as pa
    from pyarrow import compute

    inside = compute.field("post_id").isin(pa.array(sorted(wanted), pa.string()))
    return _read(folder, paths, _between(since, until) & inside, _TEXTS)


def _between(since: int, until: int) -> Any:
    import pyarrow as pa
    from pyarrow import compute

    moment = pa.timestamp("us", "UTC")
    published = compute.field("published")
    return (published >= pa.scalar(since, moment)) & (published <= pa.scalar(until, moment))


def _read(folder: Path, paths: Sequence[str], wanted: Any, columns: Sequence[str]) -> Any:
    """Read with one thread and few groups ahead: memory is that of what is found."""
    from pyarrow import dataset

    if not paths:
        return schema_of(READ).empty_table().select(list(columns))
    files = dataset.dataset([str(folder / path) for path in paths], schema_of(READ), "parquet", partitioning=None)
    return files.to_table(
        list(columns), wanted, use_threads=False, batch_readahead=1, fragment_readahead=1, batch_size=2000
    )
