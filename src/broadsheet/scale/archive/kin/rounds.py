"""The second step: all posts in the order of publication, ten thousand in a round, as a newspaper compares them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct

from broadsheet.scale.archive.kin.reading import read_between
from broadsheet.scale.archive.kin.sketching import Sketched
from broadsheet.scale.archive.kin.tables import ROUNDS, Written, sum_up, write_table

_SPAN = 32
"""Files that are read at one time are those of so many equal parts of all time."""


class Round(Struct, frozen=True, kw_only=True):
    """Posts that are compared at one time with each other and with those before them.

    `begin` and `end` are places in the order of all posts; `first` and `last` are moments of publication in
    microseconds since 1970, `first_id` is the first post; `near` are the files that have posts of its window, `of`
    sums up what is compared.
    """

    number: int
    begin: int
    end: int
    first: int
    first_id: str
    last: int
    near: tuple[str, ...]
    of: str
    file: Written

    @property
    def name(self) -> str:
        """What its files are called."""
        return name_of(self.number)


def name_of(number: int) -> str:
    """Name the files of a round."""
    return f"round-{number:05}"


def plan_rounds(folder: Path, read: Sequence[Sketched], window: int, size: int) -> Iterator[Round]:
    """Write the order of all posts, round by round.

    Args:
        folder: the archive.
        read: the files of sketches.
        window: how far before a post others are compared with it, in microseconds.
        size: posts in a round; the last has fewer.
    """
    for number, table in enumerate(_cut(_in_order(folder, read), size)):
        moments = table.column("published").cast("int64")
        first, last = moments[0].as_py(), moments[-1].as_py()
        near = [one for one in read if one.file.rows and one.since <= last and one.until >= first - window]
        file = write_table(folder, f"{ROUNDS}/{name_of(number)}.parquet", table)
        yield Round(
            number=number,
            begin=number * size,
            end=number * size + table.num_rows,
            first=first,
            first_id=table.column("post_id")[0].as_py(),
            last=last,
            near=tuple(one.file.path for one in near),
            of=sum_up(file.digest, *(one.file.digest for one in near)),
            file=file,
        )


def _in_order(folder: Path, read: Sequence[Sketched]) -> Iterator[Any]:
    """The ids and moments of all posts in order, in parts that follow each other."""
    files = [one for one in read if one.file.rows]
    if not files:
        return
    since, until = min(one.since for one in files), max(one.until for one in files) + 1
    bounds = [since + (until - since) * part // _SPAN for part in range(_SPAN + 1)]
    for begin, end in pairwise(bounds):
        inside = [one.file.path for one in files if one.since < end and one.until >= begin]
        table = read_between(folder, inside, begin, end - 1, ("post_id", "published"))
        yield table.sort_by([("published", "ascending"), ("post_id", "ascending")])


def _cut(parts: Iterator[Any], size: int) -> Iterator[Any]:
    """Cut what follows each other into tables of so many rows; the last has what is left."""
    import pyarrow as pa

    rest: Any = None
    for part in parts:
        rest = pa.concat_tables([rest, part]) if rest is not None else part
        while rest.num_rows >= size:
            yield rest.slice(0, size).combine_chunks()
            rest = rest.slice(size)
    if rest is not None and rest.num_rows:
        yield rest.combine_chunks()
