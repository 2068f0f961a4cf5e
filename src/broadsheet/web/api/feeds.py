"""Feeds by the API: how they are, looked at before they are followed, followed, changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from litestar import get, patch, post
from litestar.exceptions import ClientException
from litestar.params import JSONBody
from msgspec import Struct

from broadsheet.decide import say, say_failure
from broadsheet.errors import StoreError
from broadsheet.model import Feed, FullTextChoice, ParsedFeed, Standing, Subscription
from broadsheet.pipeline.means import means_of
from broadsheet.pipeline.subscriptions.follow import Preview, follow, newest, preview
from broadsheet.pipeline.subscriptions.settings import FeedChanges
from broadsheet.pipeline.subscriptions.settings import change_feed as change
from broadsheet.store import Store
from broadsheet.web.api.shapes import Address, FeedPath, Name, Section, faults
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.house import House


class Health(Struct, frozen=True, kw_only=True):
    """How polling a feed goes: `fault` and `advice` in the paper's language, null where all is well."""

    fault: str | None
    advice: str | None
    failures: int
    repairs: tuple[str, ...]
    last_polled: datetime | None
    last_status: int | None
    last_changed: datetime | None
    next_due: datetime | None


class FeedLine(Struct, frozen=True, kw_only=True):
    """A feed as its owner keeps it; `fulltext` null is what holds for the paper, `unread` counts posts."""

    id: str
    address: str
    name: str
    section: tuple[str, ...]
    link: str | None
    language: str | None
    fulltext: FullTextChoice | None
    standing: Standing
    added_at: datetime
    unread: int
    health: Health


class FeedAddress(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address to look at: a feed's, or that of a page that names one."""

    address: Address


class NewFeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed to follow; `section` is its path, `name` its owner's own name for it."""

    address: Address
    section: Section = ()
    name: Name | None = None


class FeedChoices(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall change; null leaves it. An empty name gives the feed its own back, "paper" the paper's choice."""

    name: Name | None = None
    section: Section | None = None
    fulltext: Literal["auto", "always", "never", "paper"] | None = None
    paused: bool | None = None


class Offer(Struct, frozen=True, kw_only=True):
    """A feed that a page names."""

    address: str
    name: str | None


class SeenEntry(Struct, frozen=True, kw_only=True):
    """An entry as its feed said it."""

    title: str | None
    link: str | None
    published: datetime | None


class SeenFeed(Struct, frozen=True, kw_only=True):
    """What an address would bring: a feed with its newest entries, or offers to choose from."""

    address: str
    title: str | None
    entries: tuple[SeenEntry, ...]
    offers: tuple[Offer, ...]


class FollowedFeed(Struct, frozen=True, kw_only=True):
    """What came of an address: the feed that is followed now, with so many new posts, or offers to choose from."""

    feed: FeedLine | None
    known: bool
    new: int
    offers: tuple[Offer, ...]


@get("/api/feeds", tags=["feeds"], summary="List feeds", responses=faults())
async def list_feeds(house: TheHouse) -> list[FeedLine]:
    """List every feed in the order in which they were added, and how polling them goes."""
    return await house.desk.ask(lambda store: _lines(store, store.feeds(), house))


@get("/api/feeds/{feed_id:str}", tags=["feeds"], summary="Read a feed", responses=faults(404))
async def one_feed(house: TheHouse, feed_id: FeedPath) -> FeedLine:
    """Give one feed."""
    return await house.desk.ask(lambda store: _lines(store, [store.feed(feed_id)], house)[0])


@post(
    "/api/feeds/preview", status_code=200, tags=["feeds"], summary="Look at a feed", responses=faults(404, 413, 422)
)
async def preview_feed(house: TheHouse, data: JSONBody[FeedAddress]) -> SeenFeed:
    """Ask an address once and say what following it would bring; nothing is kept."""
    means = means_of(house.config, house.clock)
    return _seen(await house.desk.apart(lambda _: preview(data.address, means)))


@post("/api/feeds", status_code=200, tags=["feeds"], summary="Follow a feed", responses=faults(404, 413, 422))
async def add_feed(house: TheHouse, data: JSONBody[NewFeed]) -> FollowedFeed:
    """Ask an address once, follow it, and keep what it brought, and publish that."""
    means = means_of(house.config, house.clock)
    wanted = Subscription(address=data.address, section=data.section, name=(data.name or "").strip() or None)

    def add(store: Store) -> FollowedFeed:
        done = follow(store, wanted, means)
        feed = _lines(store, [done.feed], house)[0] if done.feed else None
        return FollowedFeed(feed=feed, known=done.known, new=done.stored.new, offers=_offers(done.offers))

    done = await house.desk.apart(add)
    if done.feed and not done.known:
        await house.jobs.publish()
    return done


@patch("/api/feeds/{feed_id:str}", tags=["feeds"], summary="Change a feed", responses=faults(404, 409, 413))
async def change_feed(house: TheHouse, feed_id: FeedPath, data: JSONBody[FeedChoices]) -> FeedLine:
    """Change a feed's name, section, full text or rest."""
    changes = FeedChanges(title=data.name, section=data.section, fulltext=data.fulltext, paused=data.paused)
    now = house.now()

    def turn(store: Store) -> FeedLine:
        return _lines(store, [change(store, feed_id, changes, now)], house)[0]

    try:
        return await house.desk.ask(turn)
    except StoreError as error:
        raise ClientException(
            "this feed is being polled right now: try again in a minute", status_code=409
        ) from error


def _lines(store: Store, feeds: Sequence[Feed], house: House) -> list[FeedLine]:
    unread = store.reading.unread()
    return [_line(feed, unread.get(feed.id, 0), house) for feed in feeds]


def _line(feed: Feed, unread: int, house: House) -> FeedLine:
    state, translate = feed.state, house.theme.words.gettext
    return FeedLine(
        id=feed.id,
        address=feed.address,
        name=feed.label,
        section=feed.section,
        link=feed.link,
        language=feed.language,
        fulltext=feed.fulltext,
        standing=state.standing,
        added_at=feed.added_at,
        unread=unread,
        health=Health(
            fault=say_failure(state.failure, translate) if state.failure else None,
            advice=say(state.advice, translate) if state.advice else None,
            failures=state.failures,
            repairs=state.repairs,
            last_polled=state.last_polled,
            last_status=state.last_status,
            last_changed=state.last_changed,
            next_due=state.next_due,
        ),
    )


def _seen(found: Preview) -> SeenFeed:
    return SeenFeed(
        address=found.address,
        title=found.feed.title if found.feed else None,
        entries=_newest(found.feed) if found.feed else (),
        offers=_offers(found.offers),
    )


def _newest(feed: ParsedFeed) -> tuple[SeenEntry, ...]:
    return tuple(SeenEntry(title=one.title, link=one.link, published=one.published) for one in newest(feed))


def _offers(offers: Sequence[Subscription]) -> tuple[Offer, ...]:
    return tuple(Offer(address=offer.address, name=offer.name) for offer in offers)
