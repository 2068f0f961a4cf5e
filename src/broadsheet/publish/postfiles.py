"""Post files out: every post as a file that its owner's generator, or the next century, can read."""

import errno
import os
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final
from unicodedata import normalize

from msgspec import Struct

from broadsheet.clean import visible_text
from broadsheet.errors import ConfigError, FeedError, PublishError
from broadsheet.model import Feed, Original, Post, WriteReport
from broadsheet.parse.formats.postfiles import CLASSIC_MEDIA_TYPE, parse_postfile
from broadsheet.publish.formats import astro, classic, eleventy, hexo, hugo, jekyll, markdown, zola
from broadsheet.publish.formats.document import harmless, one_line

PostFileOut = tuple[str, bytes]


class Form(Struct, frozen=True):
    """How one kind of post file is named and written.

    `flat` where every value is under a key of its own; `top` is the way from a post to the folder of images.
    """

    file_name: Callable[[Post], str]
    render: Callable[[Post, Feed], str]
    flat: bool = True
    top: str = "/"


FORMS: Final = {
    "classic": Form(classic.file_name, classic.render, top=""),
    "hexo": Form(hexo.file_name, hexo.render),
    "hugo": Form(hugo.file_name, hugo.render),
    "jekyll": Form(jekyll.file_name, jekyll.render),
    "zola": Form(zola.file_name, zola.render, flat=False),
    "astro": Form(astro.file_name, astro.render),
    "eleventy": Form(eleventy.file_name, eleventy.render),
    "markdown": Form(markdown.file_name, markdown.render, top=""),
}

_NAME_BYTES: Final = 255
_BAD: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]|[. ]\Z|\A[. ]|\A\Z|[\ud800-\udfff]')
_LEFT_OUT: Final = re.compile(r"[\u2028\u2029\ufeff\ufffe\uffff]")
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\xb9\xb2\xb3])\s*(?:\..*)?", re.IGNORECASE
)
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
        PublishError: the file does not say what the post says when it is read again.
    """
    if form not in FORMS:
        cause = f"there is no form {form!r}: choose one of {', '.join(FORMS)}"
        raise ConfigError("format", cause)
    kind = FORMS[form]
    name = kind.file_name(post)
    if form == "classic" and original is not None and original.media_type == CLASSIC_MEDIA_TYPE:
        return name, original.body
    body = kind.render(post, feed).encode("utf-8", "replace")
    if _words(post.title) or visible_text(post.html):
        _read_back(name, body, post, feed.section if kind.flat else None)
    return name, body


def _read_back(name: str, body: bytes, post: Post, section: Sequence[str] | None) -> None:
    """Read a file as an import would: title, moment, section and text are those of the post."""
    try:
        read = parse_postfile(body, name)
    except FeedError as error:
        raise PublishError(post.id, f"cannot be written as {name}: {error}") from error
    text, html = read.entry.content or "", harmless(post.html).strip()
    same = {
        "title": _words(read.entry.title or "") == _words(post.title),
        "date": _second(read.entry.published) == _second(post.published),
        "section": section is None or _words("\n".join(read.section)) == _words("\n".join(section)),
        "text": text.strip() == html if name.endswith(".html") else bool(text) >= bool(html),
    }
    wrong = [key for key, holds in same.items() if not holds]
    if wrong:
        cause = (
            f"cannot be written as {name}: read back, its {' and '.join(wrong)} would not be the post's: report this"
        )
        raise PublishError(post.id, cause)


def _second(moment: datetime | None) -> datetime | None:
    """Leave out the fraction of a second, for which not every form has a place."""
    return moment and moment.replace(microsecond=0)


def _words(text: str) -> list[str]:
    """Split a header's value, without what the classic form leaves out or writes as an entity."""
    return _LEFT_OUT.sub("", one_line(text)).replace("&#123;", "{").replace("&#125;", "}").split()


def write_postfiles(files: Iterable[PostFileOut], folder: Path) -> WriteReport:
    """Put files into a folder; a file that is already there with the same bytes is left alone, and none is removed.

    Raises:
        PublishError: a name leads out of the folder, is taken or fits no file system, or the folder cannot be
            written.
    """
    written = unchanged = size = 0
    taken: set[str] = set()
    for name, body in files:
        if name.casefold() in taken:
            raise PublishError(f"{folder}: {name!r}", "two post files of one name, on a system that ignores case")
        taken.add(name.casefold())
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
    if name != normalize("NFC", name) or any(_BAD.search(part) or _DEVICE.fullmatch(part) for part in parts):
        cause = "not a name for a post file: it must stay in the folder and be a name on every system"
        raise PublishError(f"{folder}: {name!r}", cause)
    if any(len(part.encode("utf-8", "replace")) > _NAME_BYTES for part in parts):
        cause = f"a name longer than {_NAME_BYTES} bytes fits no file system"
        raise PublishError(f"{folder}: {name!r}", cause)
    return PurePosixPath(name)


def _cause(error: OSError) -> str:
    return _CAUSES.get(error.errno or 0, error.strerror or str(error))
