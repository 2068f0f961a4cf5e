"""Hubs: which to ask, when to ask again, and whether to believe their silence (WebSub, W3C 2018)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from broadsheet.decide.links import link_targets
from broadsheet.model import Feed, FeedState, ParsedFeed, Policy, Push, Response

RETRY = timedelta(days=1)
RETRY_RENEWAL = timedelta(hours=1)
RENEW_AT = 0.8
"""A lease is renewed when so much of it is over."""
HEARD_WITHIN = timedelta(hours=1)
"""News that a poll finds so long after a notification, or after the lease began, counts as told by the hub."""


class Wish(NamedTuple):
    """A subscription to ask for: where, for what, and what is known of the one before."""

    feed: Feed
    hub: str
    topic: str
    before: Push | None


def hubs_of(parsed: ParsedFeed, answer: Response) -> tuple[str, ...]:
    """Every hub that an answer names, those of its Link header first (section 4)."""
    linked = link_targets(answer.headers.get("link", ""), "hub", answer.final_address)
    named = (hub for hub in (*linked, *parsed.hubs) if hub.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(named))


def topic_of(parsed: ParsedFeed, answer: Response) -> str | None:
    """The address under which hubs know a feed: what it calls itself; None where it does not say (section 4)."""
    linked = link_targets(answer.headers.get("link", ""), "self", answer.final_address)
    return next(iter(linked), parsed.self_link)


def tells(push: Push | None, state: FeedState, now: datetime) -> bool:
    """Tell whether a hub can be trusted to tell of news: its lease lives, and none went unheard since it began."""
    if push is None or push.since is None or push.until is None or push.until <= now:
        return False
    return state.unheard_at is None or state.unheard_at < push.since


def last_unheard(push: Push | None, state: FeedState, found_news: bool, now: datetime) -> datetime | None:
    """When a poll last found news by itself of which the hub should have told."""
    if not found_news or push is None or push.since is None or push.until is None:
        return state.unheard_at
    if not push.since + HEARD_WITHIN < now < push.until:
        return state.unheard_at
    return now if push.heard_at is None or now - push.heard_at > HEARD_WITHIN else state.unheard_at


def wishes(feeds: Iterable[Feed], pushes: Mapping[str, Push], now: datetime) -> Iterator[Wish]:
    """The subscriptions to ask for now: new ones, and those whose leases are nearly over.

    Where a hub did not keep its word, the next that the feed names has its turn.
    """
    for feed in feeds:
        state, push = feed.state, pushes.get(feed.id)
        if not state.hubs or state.failures or state.standing != "active":
            continue
        if push is None or _is_time(push, now):
            topic = state.topic or feed.address
            yield Wish(feed, _hub(push, state, now), topic, push)


def when_told(
    feed: Feed | None, push: Push | None, now: datetime, policy: Policy
) -> Literal["now", "later", "never"]:
    """When to poll a feed whose hub told of news: never where it was polled since, fails, or is not followed."""
    if feed is None or push is None or push.heard_at is None:
        return "never"
    state = feed.state
    if state.standing != "active" or state.failures:
        return "never"
    if state.last_polled is None:
        return "now"
    if state.last_polled >= push.heard_at:
        return "never"
    return "now" if now - state.last_polled >= timedelta(seconds=policy.by_hand_s) else "later"


def _is_time(push: Push, now: datetime) -> bool:
    if push.since is None or push.until is None or push.until <= now:
        return now - push.asked_at >= RETRY
    renew = push.since + (push.until - push.since) * RENEW_AT
    return now >= renew and now - push.asked_at >= RETRY_RENEWAL


def _hub(push: Push | None, state: FeedState, now: datetime) -> str:
    hubs = state.hubs
    if push is None or push.hub not in hubs:
        return hubs[0]
    return push.hub if tells(push, state, now) else hubs[(hubs.index(push.hub) + 1) % len(hubs)]
