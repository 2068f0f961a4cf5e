"""Post files into the store, and out of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from broadsheet.errors import FeedError, NotFoundError, PublishError
from broadsheet.model import Batch, ImageCopy, Post, WriteReport
from broadsheet.parse import parse_postfile
from broadsheet.pipeline.imported import imported_batch
from broadsheet.publish.pictures import picture_addresses
from broadsheet.publish.postfiles import PostFileOut, render_postfile, write_postfiles
from broadsheet.publish.postimages import image_files, show_copies
from broadsheet.store import Store

SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm"})
GROUP = 200

Refuse = Callable[[PublishError], None]
Kept = Callable[[Post], Mapping[str, ImageCopy]]


class Refused(Struct, frozen=True, kw_only=True):
    """A file that is no post file, and why."""

    path: str
    cause: str


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import did, counted in files and posts."""

    files: int = 0
    new: int = 0
    edited: int = 0
    known: int = 0
    refused: tuple[Refused, ...] = ()


def import_posts(store: Store, paths: Sequence[Path], now: datetime) -> ImportReport:
    """Keep post files as feeds, entries and posts like any others; a folder is read whole.

    A section and source become one feed that is never polled. Files that are no post files are refused by name.

    Raises:
        NotFoundError: a path is not there.
    """
    for path in paths:
        if not path.exists():
            raise NotFoundError(str(path), "no such file or folder")
    refused: list[Refused] = []
    files = new = edited = trivial = 0
    for group in _groups(_files(paths)):
        batches = list(_batches(store, group, now, refused.append))
        stored = store.apply(batches)
        files += len(group)
        new, edited, trivial = new + stored.new, edited + stored.edited, trivial + stored.trivial
    return ImportReport(
        files=files, new=new, edited=edited, known=files - len(refused) - new - edited, refused=tuple(refused)
    )


def export_posts(store: Store, folder: Path, form: str, images: Path | None = None) -> WriteReport:
    """Write every post as one file under a stable name; only what changed is written.

    `images` is the folder of the archive: posts show its copies, and those that they show are put beside them.

    Raises:
        ConfigError: no such form.
        PublishError: the folder cannot be written, or a post has no file that reads back as it is; the others have.
    """
    faults: list[PublishError] = []
    files = (
        _rendered(store, form, faults.append) if images is None else _with_images(store, form, faults, images, folder)
    )
    report = write_postfiles(files, folder)
    if faults:
        raise faults[0]
    return report


def _rendered(store: Store, form: str, refuse: Refuse, kept: Kept | None = None) -> Iterator[PostFileOut]:
    feeds = {feed.id: feed for feed in store.feeds()}
    for post in (store.post(ref.id) for ref in store.refs()):
        shown = show_copies(post, kept(post), form) if kept else post
        try:
            yield render_postfile(shown, feeds[post.feed_id], store.revisions(post.id)[-1], form)
        except PublishError as fault:
            refuse(fault)


def _with_images(
    store: Store, form: str, faults: list[PublishError], images: Path, folder: Path
) -> Iterator[PostFileOut]:
    """Render posts with the copies that the archive has, and after them these copies, each once."""
    shown: dict[str, ImageCopy] = {}

    def kept(post: Post) -> Mapping[str, ImageCopy]:
        copies = store.images.copies(picture_addresses(post))
        found = {url: copy for url, copy in copies.items() if copy.hash in shown or (images / copy.path()).is_file()}
        shown.update({copy.hash: copy for copy in found.values()})
        return found

    yield from _rendered(store, form, faults.append, kept)
    yield from image_files(shown.values(), images, folder)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
            continue
        yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())


def _groups(files: Iterator[Path]) -> Iterator[list[Path]]:
    group: list[Path] = []
    for file in files:
        group.append(file)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def _batches(store: Store, files: list[Path], now: datetime, refuse: Callable[[Refused], None]) -> Iterator[Batch]:
    for file in files:
        try:
            read = parse_postfile(file.read_bytes(), file.name)
        except (FeedError, OSError) as error:
            refuse(Refused(path=str(file), cause=_cause(error, file)))
            continue
        batch = imported_batch(read, now)
        store.add_feed(batch.feed)
        yield batch


def _cause(error: FeedError | OSError, file: Path) -> str:
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror}"
    return str(error).removeprefix(f"{file.name}: ")
