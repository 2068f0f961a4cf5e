"""Subscribing by the API: follow, rename, move and let rest.

Sources: https://github.com/mihaip/google-reader-api/blob/master/wiki/ApiSubscriptionEdit.wiki,
https://github.com/theoldreader/api (quickadd), FreshRSS (p/api/greader.php: subscriptionEdit, quickadd).
"""

from itertools import zip_longest
from typing import Any

from litestar import Request, Response, post
from msgspec import Struct

from broadsheet.errors import ConfigError, FetchError, NotFoundError
from broadsheet.model import Feed, Subscription
from broadsheet.pipeline.means import means_of
from broadsheet.pipeline.subscriptions.follow import follow
from broadsheet.pipeline.subscriptions.settings import FeedChanges, change_feed
from broadsheet.store import Store
from broadsheet.web.greader.edits import done
from broadsheet.web.greader.ids import FEED, read_stream
from broadsheet.web.greader.items import Json
from broadsheet.web.greader.params import Params, params_of
from broadsheet.web.greader.reading import shelf_of
from broadsheet.web.greader.shelf import Shelf
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.house import House


class Edit(Struct, frozen=True, kw_only=True):
    """What shall become of a subscription: its title and section, None for what stays."""

    name: str
    title: str | None = None
    section: tuple[str, ...] | None = None


@post("/reader/api/0/subscription/edit", status_code=200)
async def subscription_edit(request: Request[Any, Any, Any], house: TheHouse) -> Response[str]:
    """Do `ac` (subscribe, unsubscribe, edit) with the feeds `s`, called `t`, put in `a` or taken out of `r`.

    Unsubscribing lets a feed rest: its posts stay, and whoever subscribes again wakes it.
    """
    params = await params_of(request)
    action = params.need("ac")
    if action not in {"subscribe", "unsubscribe", "edit"}:
        raise ConfigError("ac", f"{action!r} is nothing that can be done: subscribe, unsubscribe or edit")
    params.need("s")

    def change(store: Store) -> None:
        for edit in _edits(shelf_of(store, house), params):
            if action == "subscribe":
                subscribe(store, house, edit)
            else:
                paused = True if action == "unsubscribe" else None
                changes = FeedChanges(title=edit.title, section=edit.section, paused=paused)
                change_feed(store, edit.name, changes, house.now())

    await house.desk.apart(change)
    return done()


@post("/reader/api/0/subscription/quickadd", status_code=200)
async def quickadd(request: Request[Any, Any, Any], house: TheHouse) -> Json:
    """Subscribe to the address `quickadd`; where that cannot be, say why."""
    params = await params_of(request)
    address = params.need("quickadd").removeprefix(FEED)
    try:
        feed = await house.desk.apart(lambda store: subscribe(store, house, Edit(name=address)))
    except (ConfigError, FetchError, NotFoundError) as error:
        return {"query": address, "numResults": 0, "error": str(error)}
    return {"query": address, "numResults": 1, "streamId": FEED + feed.id, "streamName": feed.label}


def subscribe(store: Store, house: House, edit: Edit) -> Feed:
    """Follow a feed as `broadsheet add` does, or wake one that is followed already.

    Raises:
        ConfigError: the address is not one that can be asked, or a page that names several feeds.
        FetchError: the address gives no usable answer.
        NotFoundError: it is neither a feed nor a page that names one.
    """
    wanted = Subscription(address=_address(store, edit.name), section=edit.section or (), name=edit.title)
    followed = follow(store, wanted, means_of(house.config, house.clock))
    if followed.feed is None:
        offers = ", ".join(offer.address for offer in followed.offers)
        raise ConfigError(edit.name, f"offers several feeds, subscribe to one of them: {offers}")
    if not followed.known:
        return followed.feed
    changes = FeedChanges(title=edit.title, section=edit.section, paused=False)
    return change_feed(store, followed.feed.id, changes, house.now())


def _address(store: Store, name: str) -> str:
    """Find the address of a feed that is named by its id, by a reader that unsubscribed and thinks better of it."""
    return next((feed.address for feed in store.feeds() if feed.id == name), name)


def _edits(shelf: Shelf, params: Params) -> list[Edit]:
    streams = [read_stream(name) for name in params.all("s")]
    if wrong := [stream for stream in streams if stream.kind != "feed"]:
        raise ConfigError("s", f"a stream of kind {wrong[0].kind!r} cannot be subscribed to: use feed/ADDRESS")
    section = _section(shelf, params)
    titles = params.all("t")[: len(streams)]
    return [
        Edit(name=stream.name, title=title, section=section)
        for stream, title in zip_longest(streams, titles, fillvalue=None)
        if stream
    ]


def _section(shelf: Shelf, params: Params) -> tuple[str, ...] | None:
    for field in ("a", "r"):
        for label in (stream.name for stream in map(read_stream, params.all(field)) if stream.kind == "label"):
            return shelf.section(label) if field == "a" else ()
    return None
