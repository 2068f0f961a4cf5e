"""Subscriptions at hubs: asked for, verified, renewed, and what they tell noted (WebSub, W3C 2018)."""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from threading import Lock

import msgspec
from msgspec.structs import replace

from broadsheet.decide import Wish, when_told, wishes
from broadsheet.errors import FetchError, NotFoundError
from broadsheet.fetch import Client
from broadsheet.fetch.websub import ask_hub, is_signed, lease_s
from broadsheet.model import Feed, Policy, Push, host_of
from broadsheet.pipeline.means import Clock, Means
from broadsheet.store import Store

NOTE = "pushes"
MOST_ASKED = 120
"""So many hubs are asked at a time, one after another where it is the same hub: polls wait meanwhile."""
_READ = msgspec.json.Decoder(tuple[Push, ...])


def known_pushes(store: Store) -> dict[str, Push]:
    """Each feed's subscription at its hub, as it was kept last."""
    return {push.feed_id: push for push in _READ.decode(store.meta(NOTE) or "[]")}


class Pushes:
    """Every subscription at a hub; the callback's thread changes it while an update reads it.

    `callback` is the public address under which hubs reach us, ending in "/"; `wake` is called when one tells of
    news.
    """

    def __init__(self, store: Store, clock: Clock, callback: str, wake: Callable[[], None]) -> None:
        known = known_pushes(store).values()
        self._by_path = {push.path: push for push in known}
        self._told = {push.feed_id for push in known if push.heard_at}
        self._lock = Lock()
        self._clock = clock
        self._callback = callback
        self._wake = wake

    # What the callback is asked

    def verify(self, path: str, query: Mapping[str, str]) -> bool:
        """Answer a hub that asks whether we want what it is to tell (section 5.3); True where we do."""
        with self._lock:
            push = self._by_path.get(path)
            if push is None or query.get("hub.topic") != push.topic:
                return False
            if query.get("hub.mode") == "denied":
                self._by_path[path] = replace(push, since=None, until=None)
            if query.get("hub.mode") != "subscribe" or not query.get("hub.challenge"):
                return query.get("hub.mode") == "denied"
            now = self._clock()
            until = now + timedelta(seconds=lease_s(query.get("hub.lease_seconds")))
            self._by_path[path] = replace(push, since=now, until=until)
            return True

    def knows(self, path: str) -> bool:
        """Tell whether a path is the end of a callback of ours."""
        with self._lock:
            return path in self._by_path

    def hear(self, path: str, signature: str, body: bytes) -> None:
        """Take note of a notification, if it bears our signature."""
        with self._lock:
            push = self._by_path.get(path)
            if push is None or not is_signed(push.secret, signature, body):
                return
            self._by_path[path] = replace(push, heard_at=self._clock())
            self._told.add(push.feed_id)
        self._wake()

    # What an update asks

    def by_feed(self) -> dict[str, Push]:
        """Each feed's subscription, as it is now."""
        with self._lock:
            return {push.feed_id: push for push in self._by_path.values()}

    def told_of(self, store: Store, policy: Policy) -> list[str]:
        """The feeds to poll now because their hub told of news; those asked a moment ago stay for later."""
        pushes, now = self.by_feed(), self._clock()
        with self._lock:
            when = {told: when_told(_feed(store, told), pushes.get(told), now, policy) for told in self._told}
            self._told = {told for told in when if when[told] == "later"}
        return sorted(told for told in when if when[told] == "now")

    def is_waiting(self) -> bool:
        """Tell whether a hub told of news that is not polled yet."""
        return bool(self._told)

    # What hubs are asked

    async def ask_hubs(self, feeds: Sequence[Feed], means: Means) -> None:
        """Ask for subscriptions that are missing or nearly over, some at a time; forget those nobody follows."""
        self._forget_all_but({feed.id for feed in feeds})
        wanted = list(islice(wishes(feeds, self.by_feed(), means.clock()), MOST_ASKED))
        if wanted:
            async with means.connect(means.limits, means.connections, means.per_host) as client:
                await asyncio.gather(*(self._ask(wish, client, means) for wish in wanted))

    def save(self, store: Store) -> None:
        """Keep what is known for the next start."""
        note = msgspec.json.encode(sorted(self.by_feed().values(), key=lambda push: push.feed_id)).decode()
        if note != store.meta(NOTE):
            store.set_meta(NOTE, note)

    async def _ask(self, wish: Wish, client: Client, means: Means) -> None:
        push = self._noted(wish)
        async with means.pace.turn(host_of(push.hub)):
            try:
                await ask_hub(push, self._callback + push.path, client, means.limits)
            except FetchError:
                return  # the feed is polled as if it named no hub, and the hub asked again in a day

    def _noted(self, wish: Wish) -> Push:
        """Note a subscription before the hub is asked: it may verify before it answers."""
        now, before = self._clock(), wish.before
        if before and (before.hub, before.topic) == (wish.hub, wish.topic):
            push = replace(before, asked_at=now)
        else:
            push = Push(
                feed_id=wish.feed.id,
                hub=wish.hub,
                topic=wish.topic,
                path=secrets.token_urlsafe(24),
                secret=secrets.token_urlsafe(32),
                asked_at=now,
            )
        with self._lock:
            if before and before.path != push.path:
                self._by_path.pop(before.path, None)
            self._by_path[push.path] = push
        return push

    def _forget_all_but(self, followed: Iterable[str]) -> None:
        kept = frozenset(followed)
        with self._lock:
            self._by_path = {path: push for path, push in self._by_path.items() if push.feed_id in kept}


def _feed(store: Store, feed_id: str) -> Feed | None:
    try:
        return store.feed(feed_id)
    except NotFoundError:
        return None
