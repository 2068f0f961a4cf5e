"""Follow one address, which is asked exactly once: a feed, or a page that names one."""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import ConfigError, FeedError, FetchError, NotFoundError
from broadsheet.model import Feed, Known, ParsedEntry, ParsedFeed, Response, Stored, Subscription, Task
from broadsheet.parse import find_feeds, parse_feed, tells_comments
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.polling.asking import ask_once
from broadsheet.pipeline.subscriptions.subscribe import new_feed, typed_address
from broadsheet.pipeline.workers.process import process
from broadsheet.store import Store

NO_FEED_NAMED = (
    "this web page names no feed; look on it for a link that says RSS, Atom or feed, and add the address of that"
)
SHOWN_ENTRIES = 10
_NEVER = datetime.min.replace(tzinfo=UTC)
_HOST = re.compile(r"[^\s/:?#@]+\.[^\s/:?#@.]+(?::\d+)?(?:[/?#]|\Z)")


class Followed(Struct, frozen=True, kw_only=True):
    """What came of one address: the feed that is followed now, or the feeds its page offers to choose from.

    `known` says that the feed was followed already; nothing was stored then.
    """

    feed: Feed | None = None
    known: bool = False
    stored: Stored = Stored()
    offers: tuple[Subscription, ...] = ()


class Preview(Struct, frozen=True, kw_only=True):
    """What an address would bring: a feed, or the feeds that its page offers."""

    address: str
    feed: ParsedFeed | None = None
    offers: tuple[Subscription, ...] = ()


def follow(store: Store, wanted: Subscription, means: Means) -> Followed:
    """Ask one address once; follow it where it is a feed, or the only feed of articles that its page names.

    A feed that is followed already is not asked.

    Raises:
        ConfigError: the address is not one that can be asked.
        FetchError: the address gives no usable answer.
        NotFoundError: it is neither a feed nor a page that names one.
    """
    wanted = replace(wanted, address=typed_address(wanted.address))
    if known := _known(store, wanted.address):
        return Followed(feed=known, known=True)
    answer = _answer(wanted.address, means)
    offers = _offers(answer)
    articles = [offer for offer in offers if not tells_comments(offer)] or offers
    if len(articles) == 1:
        return _follow_only(store, replace(wanted, address=articles[0].address), means)
    if offers:
        return Followed(offers=offers)
    return _keep(store, wanted, answer, means)


def preview(address: str, means: Means) -> Preview:
    """Ask an address once and say what following it would bring; nothing is stored.

    Raises:
        ConfigError: the address is not one that can be asked.
        FetchError: the address gives no usable answer.
        FeedError: what it gives is neither a feed nor a page that names one.
    """
    answer = _answer(typed_address(address), means)
    offers = _offers(answer)
    if offers:
        return Preview(address=answer.final_address, offers=offers)
    parsed = parse_feed(answer.body, answer.headers.get("content-type"), answer.final_address)
    return Preview(address=typed_address(address), feed=parsed)


def newest(feed: ParsedFeed) -> Sequence[ParsedEntry]:
    """Choose what of a feed shows whether one wants it: its ten newest entries, those without a date last."""
    return sorted(feed.entries, key=_age, reverse=True)[:SHOWN_ENTRIES]


def _age(entry: ParsedEntry) -> datetime:
    return entry.published or entry.updated or _NEVER


def _follow_only(store: Store, wanted: Subscription, means: Means) -> Followed:
    """Follow what a page names; whatever that turns out to be, no third address is asked."""
    if known := _known(store, wanted.address):
        return Followed(feed=known, known=True)
    return _keep(store, wanted, _answer(wanted.address, means), means)


def _keep(store: Store, wanted: Subscription, answer: Response, means: Means) -> Followed:
    now = means.clock()
    known = Known(feed=new_feed(wanted, now))
    task = Task(known=known, response=answer, policy=means.policy, fulltext=means.fulltext, now=now)
    batch = process(task)
    failure = batch.feed.state.failure
    if batch.outcome == "failed" and failure:
        raise NotFoundError(wanted.address, NO_FEED_NAMED if failure.reason == "html" else failure.message)
    stored = store.apply([batch])
    return Followed(feed=batch.feed, stored=stored)


def _known(store: Store, address: str) -> Feed | None:
    try:
        return store.feed(address)
    except NotFoundError:
        return None


def _answer(address: str, means: Means) -> Response:
    try:
        answer = asyncio.run(ask_once(new_feed(Subscription(address=address), means.clock()), means))
    except FetchError as error:
        if error.reason == "bad-address":
            meant = f"; perhaps https://{address}" if _HOST.match(address) else ""
            raise ConfigError(error.address or "ADDRESS", error.cause + meant) from error
        raise
    if answer.status >= 400:
        raise FetchError(address, "status", f"the server answered {answer.status}; look at it in a browser")
    return answer


def _offers(answer: Response) -> tuple[Subscription, ...]:
    """The feeds a page names; none where the answer is itself a feed, or neither."""
    kind = answer.headers.get("content-type")
    try:
        parse_feed(answer.body, kind, answer.final_address)
    except FeedError as error:
        if error.reason == "html":
            return find_feeds(answer.body, kind, answer.final_address)
    return ()
