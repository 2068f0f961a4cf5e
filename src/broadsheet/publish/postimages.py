"""Images in post files: as they are at their outlets, or as the copies that stand beside the posts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from broadsheet.model import ImageCopy, Post
from broadsheet.publish.pictures import FOLDER, copy_address, with_copies
from broadsheet.publish.postfiles import FORMS, PostFileOut


def show_copies(post: Post, copies: Mapping[str, ImageCopy], form: str) -> Post:
    """Let a post show copies, by the address of each image; images without a copy stay as they are.

    `form` is one of `FORMS`: what is read as it is finds the copies beside the file, what a generator makes a site of
    at the top of that site.
    """
    base = FORMS[form].top if form in FORMS else ""
    address = post.image and copy_address(post.image, copies, base)
    image = replace(post.image, url=address) if post.image and address else post.image
    return replace(post, html=with_copies(post.html, copies, base, variants=False), image=image)


def image_files(copies: Iterable[ImageCopy], archive: Path, folder: Path) -> Iterator[PostFileOut]:
    """Read those copies from an archive that a folder of post files has not yet; each file is named by its hash."""
    for copy in copies:
        name = FOLDER + copy.path()
        there = folder / name
        if not (there.is_file() and there.stat().st_size == copy.size):
            yield name, (archive / copy.path()).read_bytes()
