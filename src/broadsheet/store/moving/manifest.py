"""An exported store: a folder of parcels, and a manifest that says what each of them holds."""

from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from broadsheet.errors import StoreError
from broadsheet.store.moving.parcels import Tally, unpack
from broadsheet.wholefiles import write_whole

FORM = 1
FILE_NAME = "manifest.json"


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file: its name, rows and the sum of their digests; its bytes without compression, and as they stand there."""

    name: str
    rows: int
    digest: str
    bytes: int
    packed: int


class KeptTable(Struct, frozen=True, kw_only=True):
    """A table: the kinds of its columns, the files of its rows; `last` is the last number it gave, if known."""

    name: str
    columns: dict[str, str]
    last: int | None = None
    files: tuple[KeptFile, ...] = ()

    def tally(self) -> Tally:
        """Count and digest of all rows."""
        tally = Tally()
        for file in self.files:
            tally.add_sum(file.rows, file.digest)
        return tally


class Manifest(Struct, frozen=True, kw_only=True):
    """What an export holds: all tables in an order that references allow, as they were at a moment.

    `schema` is the number of the store's last migration. An export that was not `finished` is of no use but to be
    gone on with.
    """

    form: int = FORM
    schema: int
    store: str
    moment: datetime
    finished: bool
    tables: tuple[KeptTable, ...]

    @property
    def digest(self) -> str:
        """What one export is known by, wherever its folder is: 16 hexadecimal digits."""
        return blake2b(_encoded(self), digest_size=8).hexdigest()

    @property
    def rows(self) -> int:
        """How many rows all files have."""
        return sum(file.rows for _, file in self.files)

    @property
    def files(self) -> list[tuple[KeptTable, KeptFile]]:
        """All files, in the order in which they are read."""
        return [(table, file) for table in self.tables for file in table.files]


def _encoded(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it in place of the one before; OSError where that is refused."""
    write_whole(folder / FILE_NAME, _encoded(manifest))


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a folder, finished or not; None where there is none.

    Raises:
        StoreError: it cannot be read, or is of a form that this version does not know.
    """
    path = folder / FILE_NAME
    try:
        body = path.read_bytes()
        form = msgspec.json.decode(body, type=_Form).form
        if form == FORM:
            return msgspec.json.decode(body, type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(str(path), f"it cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        cause = f"it is damaged ({error}): export the store again, into another folder"
        raise StoreError(str(path), cause) from error
    raise StoreError(str(path), f"it is of form {form}, of a newer Broadsheet: use that one")


class _Form(Struct):
    form: int


def read_rows(folder: Path, table: KeptTable, file: KeptFile) -> list[list[object]]:
    """Read the rows of a file, which are those that the manifest says.

    Raises:
        StoreError: the file is not there or damaged.
    """
    path = folder / file.name
    advice = f"table {table.name} is not whole; copy the folder again, or export the store again, into another folder"
    try:
        rows = unpack(path.read_bytes(), file.bytes)
    except OSError as error:
        raise StoreError(str(path), f"it cannot be read ({error.strerror}): {advice}") from error
    except ValueError as error:
        raise StoreError(str(path), f"it is damaged ({error}): {advice}") from error
    tally = Tally()
    for row in rows:
        tally.add(row)
    if (tally.rows, tally.digest) != (file.rows, file.digest):
        raise StoreError(str(path), f"it is damaged (its rows are not those that were written): {advice}")
    return rows
