"""Which units the sources of an archive are cut into: files, bounded slices of files, and handfuls of small files."""

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from broadsheet.errors import NotFoundError

UnitKind: TypeAlias = Literal["warc", "post-files", "feed-files", "lines", "table"]

SLICE: Final = 64 * 1024 * 1024
"""Bytes of a large file that are one unit."""

HANDFUL: Final = 1000
"""Small files that are one unit at the most; a quarter of that is usual."""

_SAMPLE: Final = 64 * 1024
_MASK: Final = 255
_POSTS: Final = (".md", ".markdown", ".html", ".htm")
_FEEDS: Final = (".xml", ".rss", ".atom", ".rdf", ".json")
_ENDINGS: Final[dict[str, UnitKind]] = {
    ".warc": "warc",
    ".warc.gz": "warc",
    ".parquet": "table",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".jsonl.gz": "lines",
    ".ndjson.gz": "lines",
    **dict.fromkeys(_POSTS, "post-files"),
    **dict.fromkeys(_FEEDS, "feed-files"),
}


class Part(Struct, frozen=True):
    """A file as it can be opened, and as it is called: below the source that was named, so the same everywhere."""

    path: str
    name: str


class Unit(Struct, frozen=True, kw_only=True):
    """A piece of work of bounded size; `name` is a digest of what it is.

    `start` and `end` are bytes of a large file: the records that begin there are its own. A table has all its rows in
    one unit.
    """

    name: str
    kind: UnitKind
    parts: tuple[Part, ...]
    start: int = 0
    end: int = 0

    @property
    def source(self) -> str:
        """What to call it to a person."""
        first = self.parts[0].name
        return first if len(self.parts) == 1 else f"{first} and {len(self.parts) - 1} more"


class Unreadable(Struct, frozen=True):
    """A file or folder that cannot be read or is of no kind that is known, and why."""

    path: str
    cause: str


def plan(sources: Sequence[Path], slice_bytes: int = SLICE) -> Iterator[Unit | Unreadable]:
    """Cut sources into units, in the order of their names; a folder is read whole.

    The same files make the same units, wherever they lie; a unit that is met twice is given once. Files of no known
    kind in a folder are passed over; one that was named is refused.

    Raises:
        NotFoundError: a source is not there.
    """
    for source in sources:
        if not source.exists():
            raise NotFoundError(str(source), "no such file or folder")
    met: set[str] = set()
    for source in sources:
        for unit in _units_of(source, slice_bytes):
            if isinstance(unit, Unreadable) or unit.name not in met:
                yield unit
            if isinstance(unit, Unit):
                met.add(unit.name)


def _units_of(source: Path, slice_bytes: int) -> Iterator[Unit | Unreadable]:
    if not source.is_dir():
        yield from _units_of_file(Part(str(source), source.name), slice_bytes)
        return
    small: dict[UnitKind, list[Part]] = {"post-files": [], "feed-files": []}
    for found in _walk(source, source):
        if isinstance(found, Unreadable):
            yield found
            continue
        kind = _kind_of(found.name)
        if kind in small:
            small[kind].append(found)
        elif kind:
            yield from _units_of_file(found, slice_bytes)
    for kind, parts in small.items():
        for handful in _handfuls(parts):
            yield from _handful(kind, handful)


def _walk(root: Path, folder: Path) -> Iterator[Part | Unreadable]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(str(folder), f"the folder cannot be read: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path)
        elif entry.is_file():
            yield Part(entry.path, path.relative_to(root).as_posix())


def _kind_of(name: str) -> UnitKind | None:
    lower = name.lower()
    return next((kind for ending, kind in _ENDINGS.items() if lower.endswith(ending)), None)


def _units_of_file(part: Part, slice_bytes: int) -> Iterator[Unit | Unreadable]:
    kind = _kind_of(part.name)
    if kind is None:
        known = " ".join(_ENDINGS)
        yield Unreadable(part.path, f"not a kind of file that an archive is made of; there are {known}")
        return
    if kind in ("post-files", "feed-files"):
        yield from _handful(kind, [part])
        return
    try:
        size, digest = _sampled(part)
    except OSError as error:
        yield _unreadable(part, error)
        return
    whole = kind == "table" or (kind == "lines" and part.name.lower().endswith(".gz"))
    plain = kind == "warc" and not part.name.lower().endswith(".gz")
    step = max(size, 1) if whole or plain else slice_bytes
    for start in range(0, max(size, 1), step):
        end = min(start + step, size)
        yield Unit(name=_name(kind, [digest, f"{start}-{end}"]), kind=kind, parts=(part,), start=start, end=end)


def _handfuls(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Part files so that one more changes one handful: a name says by itself whether it ends one."""
    handful: list[Part] = []
    for part in parts:
        handful.append(part)
        if len(handful) == HANDFUL or not blake2b(part.name.encode("utf-8", "surrogateescape")).digest()[0] & _MASK:
            yield handful
            handful = []
    if handful:
        yield handful


def _handful(kind: UnitKind, parts: Sequence[Part]) -> Iterator[Unit | Unreadable]:
    known: list[Part] = []
    said: list[str] = []
    for part in parts:
        try:
            said += [part.name, _sampled(part)[1]]
            known.append(part)
        except OSError as error:
            yield _unreadable(part, error)
    if known:
        yield Unit(name=_name(kind, said), kind=kind, parts=tuple(known))


def _unreadable(part: Part, error: OSError) -> Unreadable:
    return Unreadable(part.path, f"cannot be read: {error.strerror or error}")


def _sampled(part: Part) -> tuple[int, str]:
    """Digest the size of a file, how it begins and how it ends: the whole of a small one."""
    with Path(part.path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = blake2b(str(size).encode(), digest_size=16)
        digest.update(file.read(_SAMPLE))
        file.seek(max(_SAMPLE, size - _SAMPLE))
        digest.update(file.read(_SAMPLE))
    return size, digest.hexdigest()


def _name(kind: UnitKind, said: Sequence[str]) -> str:
    joined = "\0".join((kind, *said)).encode("utf-8", "surrogateescape")
    return blake2b(joined, digest_size=10).hexdigest()
