"""The files of the archive in a tree of the site: shared by hard links, only those that are new."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from broadsheet.model import NewCopies
from broadsheet.publish.pictures import FOLDER
from broadsheet.publish.writing.tree import Tree


class ImageFiles(Struct, frozen=True, kw_only=True):
    """The archive: its `folder`, and what it holds `since` a mark ("": from the beginning)."""

    folder: Path
    since: Callable[[str], NewCopies]


def put_images(tree: Tree, images: ImageFiles, mark: Path, *, known: bool) -> str:
    """Share what came to the archive after the mark that the file `mark` holds; returns the new one.

    Unless the tree is `known` to hold what the mark says, everything is shared. Files that the archive lost are left
    out, and looked for again at the next build: somebody may bring them back.
    """
    before = mark.read_text("ascii", "replace") if known and mark.is_file() else ""
    new = images.since(before)
    lost = False
    for copy in new.copies:
        for kind in (copy.kind, *copy.variants):
            there = tree.share(FOLDER + copy.path(kind), images.folder / copy.path(kind))
            lost = lost or (kind == copy.kind and not there)
    return before if lost else new.mark
