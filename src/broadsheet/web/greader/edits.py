"""Marking by the API: read, starred, tags; and names of folders and tags.

Sources: https://github.com/mihaip/google-reader-api/tree/master/wiki (ApiEditTag, ApiMarkAllAsRead),
https://github.com/theoldreader/api (rename-tag, disable-tag), and how newsboat, NetNewsWire and Read You ask.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from litestar import MediaType, Request, Response, post
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import ConfigError
from broadsheet.model import Selection
from broadsheet.pipeline.subscriptions.settings import FeedChanges, change_feed
from broadsheet.store import Store
from broadsheet.web.greader.ids import Stream, read_stream
from broadsheet.web.greader.params import params_of
from broadsheet.web.greader.reading import everything, posts_named, shelf_of
from broadsheet.web.greader.shelf import choose
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.house import House

A_MICROSECOND: Final = timedelta(microseconds=1)


class Marking(Struct, frozen=True, kw_only=True):
    """What shall become of posts; None leaves a mark as it is."""

    read: bool | None = None
    starred: bool | None = None
    tags: Sequence[str] = ()
    untags: Sequence[str] = ()


@post("/reader/api/0/edit-tag", status_code=200)
async def edit_tag(request: Request[Any, Any, Any], house: TheHouse) -> Response[str]:
    """Mark the items `i`: put them in the streams `a`, and take them out of the streams `r`."""
    params = await params_of(request)
    marking = marking_of(map(read_stream, params.all("a")), map(read_stream, params.all("r")))
    names, now = params.all("i"), house.now()

    def mark(store: Store) -> None:
        posts = [post_id for _, post_id in posts_named(store, names)]
        store.reading.mark(posts, now, read=marking.read, starred=marking.starred)
        store.reading.tag(posts, add=marking.tags, remove=marking.untags)

    await house.desk.ask(mark)
    return done()


@post("/reader/api/0/mark-all-as-read", status_code=200)
async def mark_all_as_read(request: Request[Any, Any, Any], house: TheHouse) -> Response[str]:
    """Mark as read what is in the stream `s` and had come by `ts`."""
    params = await params_of(request)
    stream, before = read_stream(params.need("s")), params.moment("ts")
    await house.desk.ask(lambda store: _mark_all(store, house, stream, before or house.now()))
    return done()


@post("/reader/api/0/rename-tag", status_code=200)
async def rename_tag(request: Request[Any, Any, Any], house: TheHouse) -> Response[str]:
    """Call the folder or tag `s` what `dest` says."""
    params = await params_of(request)
    old, new = _label(params.need("s")), _label(params.need("dest"))
    await house.desk.ask(lambda store: _relabel(store, house, old, new))
    return done()


@post("/reader/api/0/disable-tag", status_code=200)
async def disable_tag(request: Request[Any, Any, Any], house: TheHouse) -> Response[str]:
    """Do without the folders or tags `s`; feeds and posts stay."""
    params = await params_of(request)
    labels = [_label(name) for name in params.all("s")]

    def forget(store: Store) -> None:
        for label in labels:
            _relabel(store, house, label, None)

    await house.desk.ask(forget)
    return done()


def marking_of(added: Iterable[Stream], removed: Iterable[Stream]) -> Marking:
    """Read what shall become of posts; streams that this reader does not have are passed over."""
    into, out_of = list(added), list(removed)
    kinds, left = {stream.kind for stream in into}, {stream.kind for stream in out_of}
    return Marking(
        read=True if "read" in kinds else False if "read" in left or "unread" in kinds else None,
        starred=True if "starred" in kinds else False if "starred" in left else None,
        tags=_names(into),
        untags=_names(out_of),
    )


def done() -> Response[str]:
    """Answer as the API does to what was done."""
    return Response("OK", media_type=MediaType.TEXT)


def _names(streams: Iterable[Stream]) -> tuple[str, ...]:
    return tuple(stream.name for stream in streams if stream.kind == "label")


def _label(text: str) -> str:
    stream = read_stream(text)
    if stream.kind != "label":
        raise ConfigError("s", f"{text!r} is no folder and no tag")
    return stream.name


def _mark_all(store: Store, house: House, stream: Stream, before: datetime) -> None:
    selection = choose(shelf_of(store, house), [stream]).selection
    if selection == Selection(feeds=selection.feeds):
        store.reading.mark_all(house.now(), feeds=selection.feeds, before=before)
        return
    unread = everything(store, replace(selection, unread=True, until=before + A_MICROSECOND))
    store.reading.mark([post_id for _, post_id in unread], house.now(), read=True)


def _relabel(store: Store, house: House, old: str, new: str | None) -> None:
    shelf = shelf_of(store, house)
    for feed in (inside := shelf.folders().get(old, ())):
        section = () if new is None else shelf.section(new)
        change_feed(store, feed.id, FeedChanges(section=section), house.now())
    if not inside:
        posts = [post_id for _, post_id in everything(store, Selection(tag=old))]
        store.reading.tag(posts, add=[] if new is None else [new], remove=[old])
