"""Reading by the API: feeds, folders, counts, streams and items.

Sources: https://github.com/mihaip/google-reader-api/tree/master/wiki (ApiStreamContents, ApiStreamItemsIds,
ApiStreamItemsContents), FreshRSS (p/api/greader.php), and newsboat, which reads feeds as Atom where FeedHQ had them.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.handlers import route
from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.model import Marks, Selection, iso
from broadsheet.publish.addresses import web_link
from broadsheet.store import Store
from broadsheet.web.greader.ids import ALL, numbers_in, read_stream
from broadsheet.web.greader.items import (
    Item,
    Json,
    stream_json,
    subscriptions_json,
    tags_json,
    unread_json,
)
from broadsheet.web.greader.params import Params, params_of
from broadsheet.web.greader.shelf import Chosen, Shelf, choose
from broadsheet.web.house.answers import path_of
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.house import House

PAGE: Final = 20
MOST_ITEMS: Final = 1000
MOST_IDS: Final = 10_000
"""What readers ask for at the most (Read You, NetNewsWire); with more, they would believe that they have all."""

EVERY: Final = 1 << 40
EITHER_WAY: Final[dict[str, Any]] = {"http_method": ["GET", "POST"], "opt": {"needs": "read"}, "status_code": 200}
"""How streams may be asked for: FreshRSS looks at no method, and long lists of items fit no address."""

JSON: Final = "application/json; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"


class Numbered(Struct, frozen=True, kw_only=True):
    """A page of a stream: numbers and ids of its posts, and where the next one goes on."""

    posts: Sequence[tuple[int, str]]
    more: str | None = None


@get("/reader/api/0/subscription/list")
async def subscription_list(house: TheHouse) -> Response[bytes]:
    """List the feeds."""
    return _json(await house.desk.ask(lambda store: subscriptions_json(shelf_of(store, house))))


@get("/reader/api/0/tag/list")
async def tag_list(house: TheHouse) -> Response[bytes]:
    """List folders and tags."""
    return _json(await house.desk.ask(lambda store: tags_json(shelf_of(store, house), store.reading.tags())))


@get("/reader/api/0/unread-count")
async def unread_count(house: TheHouse) -> Response[bytes]:
    """Count what is unread."""
    return _json(await house.desk.ask(lambda store: unread_json(shelf_of(store, house), store.reading.unread())))


@route(["/reader/api/0/stream/contents", "/reader/api/0/stream/contents/{stream:path}"], **EITHER_WAY)
async def stream_contents(request: Request[Any, Any, Any], house: TheHouse) -> Response[bytes]:
    """Read the items of a stream, which is named in the path or by `s`: the newest first, with `r=o` the oldest."""
    params = await params_of(request)
    name = named_in(request, "/stream/contents/") or params.first("s", ALL)

    def read(store: Store) -> Json:
        shelf = shelf_of(store, house)
        page = page_of(store, chosen_by(shelf, (name,), params), params, MOST_ITEMS)
        return stream_json(name, items_of(store, house, shelf, page.posts), house.now(), page.more)

    return _json(await house.desk.ask(read))


@route("/reader/api/0/stream/items/ids", **EITHER_WAY)
async def stream_item_ids(request: Request[Any, Any, Any], house: TheHouse) -> Response[bytes]:
    """List the ids of the items of a stream, `s`, in decimal."""
    params = await params_of(request)

    def read(store: Store) -> Json:
        names = params.all("s") or (ALL,)
        page = page_of(store, chosen_by(shelf_of(store, house), names, params), params, MOST_IDS)
        listed = [{"id": str(number)} for number, _ in page.posts]
        return {"itemRefs": listed} | ({"continuation": page.more} if page.more else {})

    return _json(await house.desk.ask(read))


@route("/reader/api/0/stream/items/contents", **EITHER_WAY)
async def stream_item_contents(request: Request[Any, Any, Any], house: TheHouse) -> Response[bytes]:
    """Read items by their ids, `i`, in the order asked; those that are not there are left out."""
    params = await params_of(request)

    def read(store: Store) -> Json:
        found = items_of(store, house, shelf_of(store, house), posts_named(store, params.all("i")))
        return stream_json(ALL, found, house.now(), None)

    return _json(await house.desk.ask(read))


@get("/reader/atom/{stream:path}")
async def atom(request: Request[Any, Any, Any], house: TheHouse) -> Response[bytes]:
    """Read a stream as Atom: categories say what was read, as Google Reader had it (newsboat: rss/atomparser.cpp)."""
    params = await params_of(request)
    name = named_in(request, "/reader/atom/")

    def read(store: Store) -> bytes:
        shelf = shelf_of(store, house)
        page = page_of(store, chosen_by(shelf, (name,), params), params, MOST_ITEMS)
        items = items_of(store, house, shelf, page.posts)
        title = items[0].feed.label if name.startswith("feed/") and items else name
        context = {"name": name, "title": title, "items": items, "now": iso(house.now()), "iso": iso}
        return house.theme.render("greader.xml", "reader/atom", context)

    return Response(await house.desk.ask(read), media_type=ATOM)


def shelf_of(store: Store, house: House) -> Shelf:
    """Take the paper's feeds from the store."""
    return Shelf(feeds={feed.id: feed for feed in store.feeds()}, unfiled=house.theme.words.gettext("Unfiled"))


def named_in(request: Request[Any, Any, Any], before: str) -> str:
    """Read the stream that the path names: as it was sent, for an address of a feed has slashes of its own."""
    return path_of(request).partition(before)[2]


def chosen_by(shelf: Shelf, names: Iterable[str], params: Params) -> Chosen:
    """Choose posts as a request's fields say: `it` and `xt` name streams, `ot` and `nt` bound when posts came."""
    wanted = [read_stream(name) for name in (*names, *params.all("it"))]
    unwanted = [read_stream(name) for name in params.all("xt")]
    return choose(shelf, wanted, unwanted, since=params.seconds("ot"), until=params.seconds("nt"))


def page_of(store: Store, chosen: Chosen, params: Params, most: int) -> Numbered:
    """List a page of what was chosen: `n` posts in the order `r`, behind the post `c`."""
    size = params.count("n", PAGE, most)
    without = {row.post_id for selection in chosen.without for row in store.reading.listed(selection, limit=EVERY)}
    rows = store.reading.listed(
        chosen.selection,
        oldest_first=params.first("r") == "o",
        after=_last(store, params.first("c")),
        limit=size + 1 + len(without),
    )
    left = [(row.number, row.post_id) for row in rows if row.post_id not in without]
    return Numbered(posts=left[:size], more=str(left[size - 1][0]) if len(left) > size else None)


def everything(store: Store, selection: Selection) -> Sequence[tuple[int, str]]:
    """List all posts of a selection by number and id."""
    return [(row.number, row.post_id) for row in store.reading.listed(selection, limit=EVERY)]


def posts_named(store: Store, names: Sequence[str]) -> list[tuple[int, str]]:
    """Find posts by the ids of items, by number and id; those that are not there are left out."""
    possible = [numbers_in(name) for name in names]
    known = store.reading.numbers(list({number for numbers in possible for number in numbers}))
    sure = (next((number for number in numbers if number in known), None) for numbers in possible)
    return [(number, known[number]) for number in dict.fromkeys(sure) if number is not None]


def items_of(store: Store, house: House, shelf: Shelf, posts: Sequence[tuple[int, str]]) -> list[Item]:
    """Take posts from the store, with their marks."""
    marks = store.reading.marks([post_id for _, post_id in posts])
    found = []
    for number, post_id in posts:
        post = store.post(post_id)
        feed = shelf.feeds[post.feed_id]
        found.append(
            Item(
                number=number,
                post=post,
                feed=feed,
                folder=shelf.folder(feed),
                marks=marks.get(post_id, Marks()),
                link=web_link(post.link) or f"{house.theme.paper.address}p/{post_id}/",
            )
        )
    return found


def _last(store: Store, text: str) -> str | None:
    if not text:
        return None
    try:
        return store.reading.numbers([int(text)])[int(text)]
    except (ValueError, KeyError) as error:
        raise ConfigError("c", f"{text[:40]!r} is no post that a page ended with: begin again") from error


def _json(said: Json) -> Response[bytes]:
    return Response(msgspec.json.encode(said), media_type=JSON)
