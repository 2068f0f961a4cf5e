"""The published site as the server reads it: files by their path, the small ones kept in memory."""

import re
from collections import OrderedDict
from hashlib import blake2b
from mimetypes import types_map
from pathlib import Path
from typing import Final

from msgspec import Struct

CACHE_BYTES: Final = 32 * 1024 * 1024
LARGEST_CACHED: Final = 512 * 1024
TYPES: Final = {
    **types_map,
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_HASHED: Final = re.compile(r"static/.+-[0-9a-f]{10}\.[a-z]+|img/.+")
POST: Final = re.compile(rb'data-post="(\d{8}-[0-9a-f]{10})"')
"""How a page says which post an element stands for."""


class File(Struct, frozen=True, kw_only=True):
    """One file of the site: `tag` is its entity tag without quotes, `posts` are those whose cards a page shows.

    `lasts` says that its address is made from its content, so that it may be kept for ever.
    """

    path: str
    content: bytes
    type: str
    tag: str
    posts: tuple[str, ...] = ()
    lasts: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a page, on which a reader's own marks are shown."""
        return self.path.endswith(".html")


class EditionFiles:
    """The files of the published site; a file that a build replaced is read anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: OrderedDict[str, tuple[tuple[int, int, int], File]] = OrderedDict()
        self._bytes = 0

    def mark(self) -> tuple[int, int]:
        """Tell one edition from the next, by the file that every build of something new replaces."""
        try:
            seen = (self._folder / "index.html").stat()
        except OSError:
            return (0, 0)
        return (seen.st_ino, seen.st_mtime_ns)

    def find(self, path: str) -> File | None:
        """Read the file at a path of the site, "" and folders being their index; None where there is none."""
        if any(part in {"..", "."} or "\0" in part for part in path.split("/")):
            return None
        path = f"{path}index.html" if not path or path.endswith("/") else path
        try:
            found = (self._folder / path).stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            return self._known(path, seen) or self._read(path, seen)
        except (OSError, ValueError):
            return None

    def is_folder(self, path: str) -> bool:
        """Say whether a path without its closing "/" is that of a page."""
        return not path.endswith("/") and self.find(f"{path}/") is not None

    def _known(self, path: str, seen: tuple[int, int, int]) -> File | None:
        kept = self._kept.get(path)
        if kept is None or kept[0] != seen:
            return None
        self._kept.move_to_end(path)
        return kept[1]

    def _read(self, path: str, seen: tuple[int, int, int]) -> File:
        content = (self._folder / path).read_bytes()
        kind = TYPES.get(Path(path).suffix.lower(), "application/octet-stream")
        shown = POST.findall(content) if path.endswith(".html") else ()
        file = File(
            path=path,
            content=content,
            type=kind,
            tag=blake2b(content, digest_size=10).hexdigest(),
            posts=tuple(dict.fromkeys(post.decode() for post in shown)),
            lasts=_HASHED.fullmatch(path) is not None,
        )
        self._keep(file, seen)
        return file

    def _keep(self, file: File, seen: tuple[int, int, int]) -> None:
        if older := self._kept.pop(file.path, None):
            self._bytes -= len(older[1].content)
        if len(file.content) > LARGEST_CACHED:
            return
        self._kept[file.path] = (seen, file)
        self._bytes += len(file.content)
        while self._bytes > CACHE_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1][1].content)
