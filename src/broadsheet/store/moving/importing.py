"""A store made from a folder into which one was exported, on whichever engine that was."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import StoreError, StoreVersionError
from broadsheet.store.engines.catalogue import Table, described, highest, quoted
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moving.manifest import FILE_NAME, KeptFile, KeptTable, Manifest, read_manifest, read_rows
from broadsheet.store.moving.parcels import MOST_ROWS, Tally
from broadsheet.store.moving.state import ANEW, NOTE, Begun, Moving, Tell, begun, note, rows_of
from broadsheet.store.search.index import index_after, index_of

INDEXED_AT_ONCE = 500
"""Posts that go into the search index in one transaction: what a killed import does twice at the most."""


class Imported(Struct, frozen=True, kw_only=True):
    """What a store was made of; of its files, an earlier run had stored `kept`; `indexed` posts can be searched."""

    folder: str
    store: str
    tables: int
    rows: int
    files: int
    kept: int
    indexed: int


def import_store(engine: Engine, folder: Path, tell: Tell = lambda _: None) -> Imported:
    """Fill a new store from a folder, make its search index, and read all back to see that it is what was exported.

    Each file is one transaction, with a note of how far it is: a run that was killed is gone on with by running it
    again. Until it ends well, the note stands in the store.

    Raises:
        StoreError: the folder holds no finished export, or a damaged one; the store has something else in it; what it
            holds in the end is not what was exported.
        StoreVersionError: a newer Broadsheet made the export.
    """
    manifest = _finished(folder)
    found = described(engine)
    _require_fit(engine, found, folder, manifest)
    with engine.snapshot():
        kept = _stored(engine, manifest)
    _fill(engine, folder, manifest, kept, tell)
    _number_on(engine, found, manifest)
    indexed = _index(engine, manifest, tell)
    if engine.kind == "postgres":  # which would plan by what it knew of empty tables until it finds the time to look
        engine.script(f"ANALYZE {', '.join(map(quoted, (*found, 'search')))}")
    _check(engine, manifest, tell)
    engine.write("drop_meta", {"name": NOTE})
    return Imported(
        folder=str(folder),
        store=engine.name,
        tables=len(manifest.tables),
        rows=manifest.rows,
        files=len(manifest.files),
        kept=kept,
        indexed=indexed,
    )


def _finished(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None:
        cause = f"it has no {FILE_NAME}: name a folder that `broadsheet export store` wrote"
        raise StoreError(str(folder), cause)
    if not manifest.finished:
        cause = "its export was not finished: run `broadsheet export store` again, into the same folder"
        raise StoreError(str(folder), cause)
    return manifest


def _require_fit(engine: Engine, found: Mapping[str, Table], folder: Path, manifest: Manifest) -> None:
    schema = engine.version() or 0
    if manifest.schema > schema:
        cause = f"it has schema {manifest.schema}, of a newer Broadsheet; this one knows {schema}: install that one"
        raise StoreVersionError(str(folder), cause)
    if manifest.schema < schema:
        raise StoreError(
            str(folder),
            f"it has schema {manifest.schema}, and this Broadsheet {schema}: with this Broadsheet, export the store "
            "again that it was made from; any command brings that up to date first",
        )
    ours = {table.name: table.columns for table in found.values()}
    theirs = {table.name: table.columns for table in manifest.tables}
    if ours != theirs:
        odd = ", ".join(sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)))
        raise StoreError(str(folder), f"these tables are not as schema {schema} has them: {odd}")


def _stored(engine: Engine, manifest: Manifest) -> int:
    """Count the files that are stored already; a store with anything else in it is refused."""
    under_way = begun(engine)
    if under_way is None:
        full = next(
            (table.name for table in manifest.tables if any(rows_of(engine, table.name, table.columns))), None
        )
        if full:
            cause = f"it is not empty, table {full} has rows: name a new store, or {ANEW[engine.kind]}"
            raise StoreError(engine.name, f"{cause}; then run this again")
        return 0
    if under_way.export != manifest.digest:
        cause = f"an import of another export, {under_way.folder}, was begun here: go on with that"
        raise StoreError(engine.name, f"{cause}, or {ANEW[engine.kind]} and run this again")
    return under_way.files


def _fill(engine: Engine, folder: Path, manifest: Manifest, kept: int, tell: Tell) -> None:
    done = sum(file.rows for _, file in manifest.files[:kept])
    for place, (table, file) in enumerate(manifest.files[kept:], kept):
        rows = read_rows(folder, table, file)
        with engine.transaction():
            if _stored(engine, manifest) != place:
                raise StoreError(engine.name, "another process imports into it: wait for that to end")
            with _naming(folder, table, file):
                engine.put(table.name, table.columns, rows)
            note(engine, Begun(str(folder.absolute()), manifest.digest, place + 1))
        done += len(rows)
        tell(Moving(table.name, done, manifest.rows))


@contextmanager
def _naming(folder: Path, table: KeptTable, file: KeptFile) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise StoreError(str(folder / file.name), f"table {table.name} cannot be filled from it: {error}") from error


def _number_on(engine: Engine, found: Mapping[str, Table], manifest: Manifest) -> None:
    """Let numbers go on behind those that were given in the store that was exported."""
    last = {table.name: table.last or 0 for table in manifest.tables}
    with engine.transaction():
        numbered = [name for name, _ in engine.rows("last_numbers")]
        for name in numbered:
            most = max(last[name], highest(engine, found[name]))
            engine.rows("number_on", table=name, column=found[name].key[0], last=most)


def _index(engine: Engine, manifest: Manifest, tell: Tell) -> int:
    """Index the posts, some in each transaction; how many there are."""
    posts = sum(file.rows for table, file in manifest.files if table.name == "post")
    done, more = _index_more(engine)
    while more:
        tell(Moving("search index", done, posts))
        done, more = _index_more(engine)
    return done


def _index_more(engine: Engine) -> tuple[int, int]:
    """Index the next posts, and note it; how many are in the index then, and how many of them are new in it."""
    with engine.transaction():
        under_way = begun(engine)
        if under_way is None:
            return 0, 0
        if not under_way.posts:
            index_of(engine).clear()
        more, last = index_after(engine, under_way.last, INDEXED_AT_ONCE)
        done = under_way.posts + more
        note(engine, replace(under_way, posts=done, last=last))
        return done, more


def _check(engine: Engine, manifest: Manifest, tell: Tell) -> None:
    """Read everything back from the store, in one moment of it, and compare it with what was exported."""
    done = 0
    with engine.snapshot():
        for table in manifest.tables:
            wanted, found = table.tally(), Tally()
            for row in rows_of(engine, table.name, table.columns):
                found.add(row)
                if found.rows % MOST_ROWS == 0:
                    tell(Moving(f"check of {table.name}", done + found.rows, manifest.rows))
            if (found.rows, found.digest) != (wanted.rows, wanted.digest):
                raise StoreError(engine.name, _differs(engine, table.name, found, wanted))
            done += found.rows
    tell(Moving("check", done, manifest.rows))


def _differs(engine: Engine, table: str, found: Tally, wanted: Tally) -> str:
    what = f"has {found.rows} rows, and not {wanted.rows}" if found.rows != wanted.rows else "has other rows"
    return (
        f"table {table} {what}: something else wrote to the store meanwhile, or its disk is at fault. Stop what uses "
        f"the store, {ANEW[engine.kind]}, and run this again"
    )
