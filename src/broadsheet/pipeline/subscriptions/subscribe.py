"""Subscriptions become feeds; apart from `follow`, for a reading list is kept without asking anybody."""

import re
from collections.abc import Iterable
from datetime import datetime

from broadsheet.model import Feed, Subscription, feed_id
from broadsheet.store import Store

_FEED_SCHEME = re.compile(r"feed:(?://(?=[^/])|(?=https?://))", re.IGNORECASE)


def subscribe(store: Store, wanted: Iterable[Subscription], now: datetime) -> int:
    """Follow every address that is not followed yet; returns how many were added. Nothing is polled."""
    return store.add_feeds(new_feed(subscription, now) for subscription in wanted)


def new_feed(wanted: Subscription, now: datetime) -> Feed:
    """Make the feed that a subscription asks for."""
    return Feed(
        id=feed_id(wanted.address),
        address=wanted.address,
        section=wanted.section,
        name=wanted.name,
        link=wanted.link,
        added_at=now,
    )


def section_path(text: str) -> tuple[str, ...]:
    """Read a section as a person writes it: its parts are separated by slashes."""
    return tuple(part.strip() for part in text.split("/") if part.strip())


def typed_address(text: str) -> str:
    """Give the address that a person means: without spaces around it, and `feed://` is http."""
    address = text.strip()
    scheme = _FEED_SCHEME.match(address)
    if scheme:
        rest = address[scheme.end() :]
        return rest if rest.lower().startswith(("http://", "https://")) else f"http://{rest}"
    return address
