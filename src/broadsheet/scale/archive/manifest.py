"""What an archive says of itself: which units are whole, with the digests of their files, and by which rules."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from broadsheet.errors import ConfigError, NotFoundError, PublishError
from broadsheet.wholefiles import write_whole

VERSION: Final = 1
"""The version of the form of an archive; raised when an older Broadsheet could not read it."""

FILE: Final = "manifest.json"
_UNITS: Final = "units"
_PIECE: Final = 1024 * 1024


class Rules(Struct, frozen=True, kw_only=True, array_like=False):
    """By which rules the rows were made: all units of an archive are made by the same.

    `facts` is a digest of the rules of facts and `book` one of the company book; both None where no facts are kept.
    `zone` (IANA) is where days begin.
    """

    broadsheet: str
    facts: str | None = None
    book: str | None = None
    zone: str = "UTC"


class UnitRecord(Struct, frozen=True, kw_only=True):
    """A unit that is whole: what it held, in counts, and its files by their path in the archive, with their digests.

    `digest` is of the source's own bytes as they were planned; `reasons` counts what was rejected by its reason.
    """

    unit: str
    source: str
    kind: str
    start: int
    end: int
    documents: int
    posts: int
    facts: int
    rejected: int
    reasons: dict[str, int]
    files: dict[str, str]


class Manifest(Struct, frozen=True, kw_only=True):
    """An archive as a whole; `settled` is the digest of its table of entries that were met more than once.

    `tables` are files that later steps made of all units together, by name, with their digests.
    """

    version: int = VERSION
    rules: Rules
    units: tuple[UnitRecord, ...] = ()
    tables: dict[str, str] = {}

    def files(self, table: str) -> list[str]:
        """The whole files of a table ("posts", "facts", "feeds", "rejected"), in order of their paths."""
        return sorted(path for unit in self.units for path in unit.files if path.startswith(f"{table}/"))


_read_manifest: Final = msgspec.json.Decoder(Manifest).decode
_read_record: Final = msgspec.json.Decoder(UnitRecord).decode
_encode: Final = msgspec.json.Encoder(order="deterministic").encode


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of an archive.

    Raises:
        NotFoundError: there is no archive in this folder.
        ConfigError: it is damaged, or was written by a newer Broadsheet.
    """
    path = folder / FILE
    try:
        found = _read_manifest(path.read_bytes())
    except FileNotFoundError as error:
        cause = "no archive is here; `broadsheet archive build SOURCE --out DIR` makes one"
        raise NotFoundError(str(folder), cause) from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror or error}") from error
    except msgspec.MsgspecError as error:
        raise ConfigError(str(path), f"is no manifest of an archive: {error}") from error
    if found.version > VERSION:
        raise ConfigError(str(path), "was written by a newer Broadsheet; read it with that one")
    return found


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in place of the one before, whole.

    Raises:
        PublishError: it cannot be written.
    """
    ordered = msgspec.structs.replace(manifest, units=tuple(sorted(manifest.units, key=lambda one: one.unit)))
    write_small(folder / FILE, msgspec.json.format(_encode(ordered), indent=1) + b"\n")


def write_small(path: Path, content: bytes) -> None:
    """Write a small file whole.

    Raises:
        PublishError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise PublishError(str(path), f"cannot be written: {error.strerror or error}") from error


def record_path(folder: Path, unit: str) -> Path:
    """Where the record of a unit stands; it is written last, and makes the unit whole."""
    return folder / _UNITS / f"{unit}.json"


def save_record(folder: Path, record: UnitRecord) -> None:
    """Note that a unit is whole.

    Raises:
        PublishError: it cannot be written.
    """
    write_small(record_path(folder, record.unit), _encode(record) + b"\n")


def records(folder: Path) -> dict[str, UnitRecord]:
    """Read the records of all units that are whole, by name; a damaged one is taken for absent."""
    found: dict[str, UnitRecord] = {}
    for path in sorted((folder / _UNITS).glob("*.json")):
        try:
            found[path.stem] = _read_record(path.read_bytes())
        except (msgspec.MsgspecError, OSError):
            continue
    return found


def damaged_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Name the files that are not what the manifest says, or not there."""
    promised: dict[str, str] = dict(manifest.tables)
    for unit in manifest.units:
        promised |= unit.files
    for path, digest in sorted(promised.items()):
        try:
            if file_digest(folder / path) != digest:
                yield path
        except OSError:
            yield path


def file_digest(path: Path) -> str:
    """Digest a file: 32 hex digits of BLAKE2b."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold an archive while it is written, against a second build of it.

    Raises:
        ConfigError: another build is at it.
        PublishError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise PublishError(str(folder), f"cannot be written: {error.strerror or error}") from error
    with lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except OSError as error:
            raise ConfigError(str(folder), "another build is at work on this archive; wait for it to end") from error
        yield


def require_same_rules(folder: Path, before: Rules, now: Rules) -> None:
    """Refuse to mix rows of different rules in one archive.

    Raises:
        ConfigError: the rules differ, with what differs.
    """
    old: Mapping[str, object] = msgspec.structs.asdict(before)
    new: Mapping[str, object] = msgspec.structs.asdict(now)
    differing = [name for name in old if old[name] != new[name]]
    if differing:
        cause = f"was made by other rules ({', '.join(differing)} differ); choose another --out and build all anew"
        raise ConfigError(str(folder), cause)
