"""The reader's own lists: what is unread, starred, tagged or noted, newest first, a page at a time."""

from collections.abc import Mapping, Sequence
from typing import Final

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from broadsheet.model import Card, Feed, Marks, Selection
from broadsheet.store import Store
from broadsheet.web.access.doors import Visitor
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page

PAGE: Final = 50


class Wanted(Struct, frozen=True, kw_only=True):
    """Which posts a list shows; `after` is the last post of the page before."""

    kind: str
    tag: str | None = None
    feed: str | None = None
    after: str | None = None


class Listed(Struct, frozen=True, kw_only=True):
    """One page of a list, and what stands beside it: how many are unread in each feed, and all tags."""

    cards: Sequence[Card]
    marks: Mapping[str, Marks]
    feeds: Mapping[str, Feed]
    unread: Mapping[str, int]
    tags: Sequence[tuple[str, int]]
    more: str | None


@get("/my/unread/", include_in_schema=False)
async def unread(
    house: TheHouse, visitor: TheVisitor, feed: FromQuery[str | None] = None, after: FromQuery[str | None] = None
) -> Response[bytes]:
    """List what was not read yet, of one feed where it is named."""
    return await _print(house, visitor, Wanted(kind="unread", feed=feed, after=after))


@get("/my/starred/", include_in_schema=False)
async def starred(house: TheHouse, visitor: TheVisitor, after: FromQuery[str | None] = None) -> Response[bytes]:
    """List what was starred."""
    return await _print(house, visitor, Wanted(kind="starred", after=after))


@get("/my/notes/", include_in_schema=False)
async def noted(house: TheHouse, visitor: TheVisitor, after: FromQuery[str | None] = None) -> Response[bytes]:
    """List posts with a note."""
    return await _print(house, visitor, Wanted(kind="notes", after=after))


@get("/my/tags/{tag:str}/", include_in_schema=False)
async def tagged(
    house: TheHouse, visitor: TheVisitor, tag: FromPath[str], after: FromQuery[str | None] = None
) -> Response[bytes]:
    """List what bears a tag."""
    return await _print(house, visitor, Wanted(kind="tags", tag=tag, after=after))


async def _print(house: House, visitor: Visitor, wanted: Wanted) -> Response[bytes]:
    now = house.now()
    listed = await house.desk.ask(lambda store: _list(store, wanted))
    folder = f"my/tags/{wanted.tag}" if wanted.tag else f"my/{wanted.kind}"
    path = f"{folder}/index.html"
    context = {"wanted": wanted, "listed": listed, "now": now, "spoken": _spoken(listed.feeds)}
    return print_page(house, visitor, "my-list.html", path, context, marks=listed.marks)


def _list(store: Store, wanted: Wanted) -> Listed:
    selection = Selection(
        unread=wanted.kind == "unread",
        starred=wanted.kind == "starred",
        noted=wanted.kind == "notes",
        tag=wanted.tag,
        feeds=(wanted.feed,) if wanted.feed else None,
    )
    rows = store.reading.listed(selection, after=wanted.after, limit=PAGE + 1)
    ids = [row.post_id for row in rows[:PAGE]]
    return Listed(
        cards=store.cards(ids),
        marks=store.reading.marks(ids),
        feeds={feed.id: feed for feed in store.feeds()},
        unread=store.reading.unread(),
        tags=store.reading.tags(),
        more=ids[-1] if len(rows) > PAGE else None,
    )


def _spoken(feeds: Mapping[str, Feed]) -> object:
    return lambda card: card.language or feeds[card.feed_id].language
