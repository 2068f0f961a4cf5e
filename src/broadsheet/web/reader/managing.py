"""Feeds as their owner keeps them: looked at before they are followed, named, filed, paused; lists in and out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from msgspec import Struct

from broadsheet.decide import say_failure
from broadsheet.errors import ConfigError
from broadsheet.model import Feed, Subscription
from broadsheet.parse import parse_opml, write_opml
from broadsheet.pipeline.means import means_of
from broadsheet.pipeline.subscriptions.follow import follow, newest, preview
from broadsheet.pipeline.subscriptions.settings import FeedChanges, change_feed
from broadsheet.pipeline.subscriptions.subscribe import section_path, subscribe
from broadsheet.store import Store
from broadsheet.web.house.answers import see_other
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.printing import print_page
from broadsheet.web.reader.marking import Form

HERE: Final = "/my/feeds/"
LARGEST_LIST: Final = 5 * 1024 * 1024
"""Bytes of a reading list."""

Upload = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]


class Line(Struct, frozen=True, kw_only=True):
    """One feed: how many of its posts are unread, and what is wrong with it, in the paper's language."""

    feed: Feed
    unread: int
    fault: str | None


class Counts(Struct, frozen=True, kw_only=True):
    """How much there is to manage: feeds, those with a fault, watches, and lists of companies."""

    feeds: int
    faults: int
    watches: int
    lists: int


@get("/my/", include_in_schema=False)
async def manage_page(house: TheHouse, visitor: TheVisitor) -> Response[bytes]:
    """Show all that can be managed, each with how much there is of it."""
    counts = await house.desk.ask(_counts)
    return print_page(house, visitor, "my-manage.html", "my/index.html", {"counts": counts})


@get("/my/feeds/", include_in_schema=False)
async def feeds_page(house: TheHouse, visitor: TheVisitor) -> Response[bytes]:
    """Show every feed with what can be chosen for it."""
    lines = await house.desk.ask(lambda store: _lines(store, house.theme.words.gettext))
    sections = sorted({" / ".join(line.feed.section) for line in lines} - {""})
    context = {"lines": lines, "sections": sections}
    return print_page(house, visitor, "my-feeds.html", "my/feeds/index.html", context)


@post("/my/feeds/preview", status_code=200, include_in_schema=False)
async def preview_page(house: TheHouse, visitor: TheVisitor, data: Form) -> Response[bytes]:
    """Ask an address once and show what following it would bring."""
    address, section = data.get("address", ""), data.get("section", "")
    if not address.strip():
        raise ConfigError("address", "is empty; type that of a feed, or of a page that names one")
    means = means_of(house.config, house.clock)
    seen = await house.desk.apart(lambda _: preview(address, means))
    context = {"seen": seen, "entries": newest(seen.feed) if seen.feed else (), "section": section}
    return print_page(house, visitor, "my-preview.html", "my/feeds/preview/index.html", context)


@post("/my/feeds/add", status_code=303, include_in_schema=False)
async def add(house: TheHouse, data: Form) -> Response[bytes]:
    """Follow a feed, and publish what it brought."""
    section = section_path(data.get("section", ""))
    wanted = Subscription(address=data.get("address", ""), section=section, name=data.get("name", "").strip() or None)
    means = means_of(house.config, house.clock)
    done = await house.desk.apart(lambda store: follow(store, wanted, means))
    if done.feed is None:
        raise ConfigError(wanted.address, "is a page that offers several feeds: choose one of them")
    await house.jobs.publish()
    return see_other(f"{HERE}#f{done.feed.id}")


@post("/my/feeds/{feed_id:str}", status_code=303, include_in_schema=False)
async def change(house: TheHouse, feed_id: FromPath[str], data: Form) -> Response[bytes]:
    """Change a feed's name, section, full text or rest; what the form does not hold stays."""
    paused = {"1": True, "0": False}.get(data.get("paused", ""))
    changes = FeedChanges(
        title=data.get("title"),
        section=section_path(data["section"]) if "section" in data else None,
        fulltext=data.get("fulltext"),
        paused=paused,
    )
    now = house.now()
    await house.desk.ask(lambda store: change_feed(store, feed_id, changes, now))
    return see_other(f"{HERE}#f{feed_id}")


@post("/my/feeds/import", status_code=303, include_in_schema=False)
async def import_list(house: TheHouse, data: Upload) -> Response[bytes]:
    """Follow every feed of a reading list (OPML); they are asked in their turn."""
    _, body = await upload_of(data, "list", LARGEST_LIST)
    wanted = parse_opml(body)
    now = house.now()
    await house.desk.ask(lambda store: subscribe(store, wanted, now))
    return see_other(HERE)


@get("/my/feeds.opml", include_in_schema=False)
async def export_list(house: TheHouse) -> Response[bytes]:
    """Give all feeds as a reading list (OPML 2.0)."""
    title, now = house.config.paper.title, house.now()
    body = await house.desk.ask(lambda store: write_opml(store.feeds(), title, now))
    headers = {"Content-Disposition": 'attachment; filename="feeds.opml"'}
    return Response(body, media_type="text/x-opml", headers=headers)


async def upload_of(data: Mapping[str, Any], field: str, largest: int) -> tuple[str, bytes]:
    """Read a file that a form brings: its name, and its bytes, `largest` of them at the most.

    Raises:
        ConfigError: there is none, or it is larger.
    """
    file = data.get(field)
    if not isinstance(file, UploadFile) or not file.filename:
        raise ConfigError(field, "is missing; choose a file")
    body = await file.read(largest + 1)
    if len(body) > largest:
        raise ConfigError(file.filename, f"is larger than {largest // 1024 // 1024} MB")
    return file.filename, body


def _counts(store: Store) -> Counts:
    feeds = store.feeds()
    return Counts(
        feeds=len(feeds),
        faults=sum(feed.state.failure is not None for feed in feeds),
        watches=len(store.watches.all()),
        lists=len(store.companies.lists()),
    )


def _lines(store: Store, translate: Callable[[str], str]) -> list[Line]:
    unread: Mapping[str, int] = store.reading.unread()
    found: Sequence[Feed] = sorted(store.feeds(), key=lambda feed: (feed.section, feed.label))
    return [
        Line(
            feed=feed,
            unread=unread.get(feed.id, 0),
            fault=say_failure(feed.state.failure, translate) if feed.state.failure else None,
        )
        for feed in found
    ]
