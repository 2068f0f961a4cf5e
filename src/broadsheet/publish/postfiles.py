"""Post files out: every post as a file that its owner's generator, or the next century, can read."""

import errno
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec import Struct

from broadsheet.errors import ConfigError, PublishError
from broadsheet.model import Feed, Original, Post, WriteReport
from broadsheet.parse.postfiles import CLASSIC_MEDIA_TYPE
from broadsheet.publish.formats import astro, classic, eleventy, hexo, hugo, jekyll, zola

PostFileOut = tuple[str, bytes]


class Form(Struct, frozen=True):
    """How one kind of post file is named and written."""

    file_name: Callable[[Post], str]
    render: Callable[[Post, Feed], str]


FORMS: Final = {
    "classic": Form(classic.file_name, classic.render),
    "hexo": Form(hexo.file_name, hexo.render),
    "hugo": Form(hugo.file_name, hugo.render),
    "jekyll": Form(jekyll.file_name, jekyll.render),
    "zola": Form(zola.file_name, zola.render),
    "astro": Form(astro.file_name, astro.render),
    "eleventy": Form(eleventy.file_name, eleventy.render),
}

_NAME_BYTES: Final = 255
_BAD: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]|[. ]\Z|\A\.')
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_CAUSES: Final = {
    errno.ENOSPC: "the disk is full: make room and export again, what is written stays",
    errno.EDQUOT: "your quota on this disk is used up: make room and export again",
    errno.EACCES: "no right to write here: choose another folder or change its rights",
    errno.EPERM: "no right to write here: choose another folder or change its rights",
    errno.EROFS: "this file system is read-only: choose another folder",
    errno.ENOTDIR: "a file stands where a folder is needed: choose another folder",
    errno.EEXIST: "a file stands where a folder is needed: choose another folder",
    errno.EISDIR: "a folder stands where the file belongs: move it away",
}


def render_postfile(post: Post, feed: Feed, original: Original | None, form: str) -> PostFileOut:
    """Write one post as a file: its name, which the title has no part in, and its bytes (UTF-8, no BOM, LF).

    The classic form of a post that came in as a classic file is that file, byte for byte.

    Args:
        post: the post in its current revision.
        feed: its feed, for the section.
        original: what the current revision was made from.
        form: one of `FORMS`.

    Raises:
        ConfigError: no such form.
    """
    if form not in FORMS:
        cause = f"there is no form {form!r}: choose one of {', '.join(FORMS)}"
        raise ConfigError("format", cause)
    kind = FORMS[form]
    name = kind.file_name(post)
    if form == "classic" and original is not None and original.media_type == CLASSIC_MEDIA_TYPE:
        return name, original.body
    return name, kind.render(post, feed).encode("utf-8", "replace")


def write_postfiles(files: Iterable[PostFileOut], folder: Path) -> WriteReport:
    """Put files into a folder; a file that is already there with the same bytes is left alone, and none is removed.

    Raises:
        PublishError: a name that leads out of the folder or fits no file system, or a folder that cannot be written.
    """
    written = unchanged = size = 0
    for name, body in files:
        if _write(folder, name, body):
            written, size = written + 1, size + len(body)
        else:
            unchanged += 1
    return WriteReport(folder=str(folder), written=written, unchanged=unchanged, bytes_written=size)


def _write(folder: Path, name: str, body: bytes) -> bool:
    target = folder / _checked(folder, name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise PublishError(str(target), "a link leads out of the folder: remove it or choose another folder")
        if target.is_file() and target.stat().st_size == len(body) and target.read_bytes() == body:
            return False
        _replace(target, body)
    except OSError as error:
        raise PublishError(error.filename or str(target), _cause(error)) from error
    return True


def _replace(target: Path, body: bytes) -> None:
    fresh = target.with_name(f".broadsheet-{os.getpid()}.tmp")
    try:
        fresh.write_bytes(body)
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _checked(folder: Path, name: str) -> PurePosixPath:
    parts = name.split("/")
    if any(not part or _BAD.search(part) or _DEVICE.fullmatch(part) for part in parts):
        cause = "not a name for a post file: it must stay in the folder and be a name on every system"
        raise PublishError(f"{folder}: {name!r}", cause)
    if any(len(part.encode("utf-8", "replace")) > _NAME_BYTES for part in parts):
        cause = f"a name longer than {_NAME_BYTES} bytes fits no file system"
        raise PublishError(f"{folder}: {name!r}", cause)
    return PurePosixPath(name)


def _cause(error: OSError) -> str:
    return _CAUSES.get(error.errno or 0, error.strerror or str(error))
