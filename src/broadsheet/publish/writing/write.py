"""Putting a site in its place: only what changed is printed, and readers see all of it or nothing."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from broadsheet.errors import PublishError
from broadsheet.model import Page, WriteReport
from broadsheet.publish.writing.formes import Formes, claim, flip
from broadsheet.publish.writing.imagefiles import ImageFiles, put_images
from broadsheet.publish.writing.manifest import Held, Manifest, drop_manifest, read_manifest, write_manifest
from broadsheet.publish.writing.tree import Tree

_SAFE_PATH = re.compile(r"(?:(?!\.{1,2}/)[^/\0]+/)*(?!\.{1,2}\Z)[^/\0]+")


def write_site(pages: Iterable[Page], folder: Path, images: ImageFiles | None = None) -> WriteReport:
    """Make `folder` a link to a tree of exactly these pages, rendering only those whose digest is new.

    The files of `images` stand in it too; only new ones are put there, whatever their number.

    The link flips between two whole trees kept beside it, so a build that is killed at any moment leaves the site as
    it was, and the next one completes it. Work and writes are in proportion to what changed.

    Raises:
        PublishError: the folder is somebody else's, cannot be written, or the disk is full; the site stands.
    """
    try:
        with claim(Path(folder)) as formes:
            return _publish(_plan(pages), formes, images)
    except OSError as error:
        cause = (
            f"{error.strerror or error}; the site stands as it was. Make room or mend the rights, then build again"
        )
        raise PublishError(str(error.filename or folder), cause) from error


def _plan(pages: Iterable[Page]) -> dict[str, Page]:
    """Gather the pages by path.

    Raises:
        PublishError: a path leads out of the site, or two pages have the same one.
    """
    planned: dict[str, Page] = {}
    for page in pages:
        if not _SAFE_PATH.fullmatch(page.path):
            raise PublishError(page.path, "is not a path inside the site")
        if planned.setdefault(page.path, page) is not page:
            raise PublishError(page.path, "is the path of two pages")
    return planned


def _publish(pages: Mapping[str, Page], formes: Formes, images: ImageFiles | None) -> WriteReport:
    held = _held(formes)
    if formes.live and _differing(pages, held) == [] and len(pages) == len(held):
        return WriteReport(folder=str(formes.folder), unchanged=len(pages))
    printed = _print(pages, held, formes, images)
    flipped = flip(formes)
    with suppress(OSError):  # the site is out; this only spares the next build work
        _mirror(flipped, held, printed.manifest, images)
    return WriteReport(
        folder=str(formes.folder),
        written=printed.written,
        unchanged=len(pages) - printed.written,
        removed=len(held.keys() - pages.keys()),
        bytes_written=printed.bytes_written,
    )


def _held(formes: Formes) -> Manifest:
    """Read what the served tree holds; nothing where that is not known."""
    if formes.live is None or not formes.tree(formes.live).is_dir():
        return {}
    return read_manifest(formes.manifest(formes.live)) or {}


def _differing(pages: Mapping[str, Page], held: Manifest) -> list[str]:
    return [path for path, page in pages.items() if path not in held or held[path].digest != page.digest]


class Printed(Struct, frozen=True, kw_only=True):
    """What bringing a tree up to date came to."""

    manifest: Manifest
    written: int
    bytes_written: int


def _print(pages: Mapping[str, Page], held: Manifest, formes: Formes, images: ImageFiles | None) -> Printed:
    """Bring the idle tree up to date, on the disk: shared with the served tree or else rendered."""
    manifest_file = formes.manifest(formes.idle)
    source = formes.tree(formes.live or formes.idle)
    with Tree(formes.tree(formes.idle)) as tree:
        manifest = _standing(tree, manifest_file)
        mark = _put_images(tree, formes, images, known=bool(manifest))
        tree.remove(manifest.keys() - pages.keys())
        manifest = {path: manifest[path] for path in manifest.keys() & pages.keys()}
        fresh: list[Held] = []
        for path in _differing(pages, manifest):
            known = held.get(path)
            if known is None or known.digest != pages[path].digest or not tree.take(path, source, known.size):
                known = Held(pages[path].digest, tree.write(path, pages[path].render()))
                fresh.append(known)
            manifest[path] = known
    os.sync()
    mark()
    write_manifest(manifest_file, manifest)
    return Printed(manifest=manifest, written=len(fresh), bytes_written=sum(file.size for file in fresh))


def _standing(tree: Tree, manifest_file: Path) -> Manifest:
    """Take over what the idle tree holds, and forget that we knew: from here on it is changing."""
    standing = read_manifest(manifest_file)
    if standing is None:
        tree.clear()
    drop_manifest(manifest_file)
    return standing or {}


def _mirror(formes: Formes, held: Manifest, wanted: Manifest, images: ImageFiles | None) -> None:
    """Bring the tree that was served until now up to date too, so that the next build starts from two alike."""
    manifest_file = formes.manifest(formes.idle)
    source = formes.tree(formes.live or formes.idle)
    with Tree(formes.tree(formes.idle)) as tree:
        if not held:
            tree.clear()
        drop_manifest(manifest_file)
        mark = _put_images(tree, formes, images, known=bool(held))
        tree.remove(held.keys() - wanted.keys())
        if all(tree.take(path, source, file.size) for path, file in wanted.items() if held.get(path) != file):
            mark()
            write_manifest(manifest_file, wanted)


def _put_images(tree: Tree, formes: Formes, images: ImageFiles | None, *, known: bool) -> Callable[[], object]:
    """Put new images into the idle tree; call what is returned to note it, before its manifest is written."""
    if images is None:
        return lambda: None
    file = formes.mark(formes.idle)
    return partial(file.write_text, put_images(tree, images, file, known=known), "ascii")
