"""How big the store is, and whether it is sound."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from broadsheet.errors import StoreError
from broadsheet.store.sqlite import Sqlite


class Sizes(Struct, frozen=True, kw_only=True):
    """What the store holds: `bytes` by part (originals, posts, index, file, log), `counts` by kind of row."""

    bytes: Mapping[str, int]
    counts: Mapping[str, int]


def sizes(engine: Sqlite, path: Path) -> Sizes:
    """Measure the store."""
    parts = {part: _number(engine, f"bytes_of_{part}") for part in ("originals", "posts", "index")}
    log = path.with_name(f"{path.name}-wal")
    parts["file"] = path.stat().st_size
    parts["log"] = log.stat().st_size if log.exists() else 0
    row = engine.row("counts") or (0, 0, 0, 0)
    return Sizes(bytes=parts, counts=dict(zip(("feeds", "posts", "originals", "indexed"), row, strict=True)))


def _number(engine: Sqlite, query: str) -> int:
    row = engine.row(query)
    return int(row[0]) if row else 0


def check(engine: Sqlite) -> list[str]:
    """Look for damage; each line names what is wrong, and a sound store has none."""
    problems = [f"the file is damaged: {line}" for (line,) in engine.rows("quick_check") if line != "ok"]
    problems += [f"a row of {table} belongs to nothing" for table, *_ in engine.rows("foreign_key_check")]
    try:
        engine.rows("check_index")
    except StoreError as error:
        problems.append(f"the search index is damaged: {error}")
    problems += [f"post {post} is not in the search index" for (post,) in engine.rows("not_indexed")]
    if strays := _number(engine, "indexed_without_post"):
        problems.append(f"{strays} texts of the search index have no post")
    problems += [f"post {post} lacks the original of a revision" for (post,) in engine.rows("revisions_missing")]
    return problems
