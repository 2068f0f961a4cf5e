"""A store written into a folder, from which a store on any engine can be made."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import StoreError
from broadsheet.store.engines.catalogue import Table, count, tables
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moving.manifest import KeptFile, KeptTable, Manifest, read_manifest, write_manifest
from broadsheet.store.moving.parcels import Parcel, parcels
from broadsheet.store.moving.state import Moving, Tell, require_whole, rows_of
from broadsheet.wholefiles import write_whole

SUFFIX = ".msgpack.zst"


class Exported(Struct, frozen=True, kw_only=True):
    """What an export holds; `kept` of its files an earlier run had written, and their rows were still the same."""

    folder: str
    store: str
    tables: int
    rows: int
    files: int
    bytes: int
    kept: int


def export_store(engine: Engine, folder: Path, now: datetime, tell: Tell = lambda _: None) -> Exported:
    """Write every table but the search index into a folder, as they are at one moment; others may write meanwhile.

    A run that was killed is gone on with by running it again: everything is read again, for it must be of one moment,
    and a file is written where its rows are not those that were written before.

    Raises:
        StoreError: the folder holds something else or cannot be written, or an import into the store is not finished.
    """
    earlier = _earlier(folder)
    with _writing(folder), engine.snapshot():
        require_whole(engine)
        found = tables(engine)
        draft = _Draft(folder, _plan(engine, found, now), earlier)
        done, total = 0, sum(count(engine, table.name) for table in found)
        for table in found:
            for parcel in parcels(rows_of(engine, table.name, table.columns, table.key)):
                draft.add(table.name, parcel)
                done += parcel.tally.rows
                tell(Moving(table.name, done, total))
            draft.forget_rest(table.name)
        return draft.finish()


def _earlier(folder: Path) -> Manifest | None:
    """Read what an earlier run left; a folder of something else, or of a finished export, is refused."""
    manifest = read_manifest(folder)
    if manifest and manifest.finished:
        cause = (
            f"it holds a finished export, of {manifest.moment:%Y-%m-%d %H:%M} UTC: name another, or delete this one"
        )
        raise StoreError(str(folder), cause)
    if manifest is None and folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir()):
        raise StoreError(str(folder), "it is not empty, and no export that was begun: name a new folder")
    return manifest


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        cause = f"it cannot be written ({error.strerror}): make room or mend the rights, then run it again"
        raise StoreError(str(folder), f"{cause}; what is written stays") from error


def _plan(engine: Engine, found: Sequence[Table], now: datetime) -> Manifest:
    last: dict[str, int] = dict(engine.rows("last_numbers"))
    planned = (KeptTable(name=table.name, columns=table.columns, last=last.get(table.name)) for table in found)
    schema = engine.version() or 0
    return Manifest(schema=schema, store=engine.name, moment=now, finished=False, tables=tuple(planned))


class _Draft:
    """An export that is being written: its manifest names what this run wrote, and what an earlier one left."""

    def __init__(self, folder: Path, plan: Manifest, earlier: Manifest | None) -> None:
        self._folder = folder
        self._plan = plan
        self._files: dict[str, list[KeptFile]] = {table.name: [] for table in plan.tables}
        self._rest = {table.name: {file.name: file for file in table.files} for table in _tables(earlier)}
        self._kept = 0
        self._write()

    def add(self, table: str, parcel: Parcel) -> None:
        """Write a file with the next rows of a table, unless they are in one that is there."""
        files = self._files[table]
        name = f"{table}-{len(files) + 1:05}-{parcel.tally.digest[:8]}{SUFFIX}"
        known = self._rest.get(table, {}).pop(name, None)
        if known and known.digest == parcel.tally.digest and _size(self._folder / name) == known.packed:
            files.append(known)
            self._kept += 1
            return
        body = parcel.pack()
        write_whole(self._folder / name, body)
        rows, digest = parcel.tally.rows, parcel.tally.digest
        files.append(KeptFile(name=name, rows=rows, digest=digest, bytes=parcel.bytes, packed=len(body)))
        self._write()

    def forget_rest(self, table: str) -> None:
        """Leave out what an earlier run wrote of a table and this one did not."""
        self._rest.pop(table, None)

    def finish(self) -> Exported:
        """Clear away what is of no use any more, then declare the export finished."""
        self._rest.clear()
        whole = replace(self._manifest(), finished=True)
        named = {file.name for _, file in whole.files}
        for path in [*self._folder.glob(f"*{SUFFIX}"), *self._folder.glob(f".*{SUFFIX}.new")]:
            if path.name not in named:
                path.unlink()
        write_manifest(self._folder, whole)
        return Exported(
            folder=str(self._folder),
            store=whole.store,
            tables=len(whole.tables),
            rows=whole.rows,
            files=len(named),
            bytes=sum(file.packed for _, file in whole.files),
            kept=self._kept,
        )

    def _write(self) -> None:
        write_manifest(self._folder, self._manifest())

    def _manifest(self) -> Manifest:
        written = (
            replace(table, files=(*self._files[table.name], *self._rest.get(table.name, {}).values()))
            for table in self._plan.tables
        )
        return replace(self._plan, tables=tuple(written))


def _tables(manifest: Manifest | None) -> Sequence[KeptTable]:
    return manifest.tables if manifest else ()


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
