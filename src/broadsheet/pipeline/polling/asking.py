"""Asking: each feed in its host's turn, an RSSHub route at the first instance that is well."""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

from msgspec.structs import replace

from broadsheet.decide import Instance, after_answer, instances_for, is_route, judge, known_instances, route_url
from broadsheet.errors import FetchError
from broadsheet.fetch import Client, fetch_feed
from broadsheet.model import Failure, Feed, Response, host_of
from broadsheet.pipeline.means import Means

NO_INSTANCE = "no RSSHub instance is known to ask: name some in fetch.rsshub"
ALL_REST = "every RSSHub instance failed a moment ago and rests; fetch.rsshub may name more"

Answer = Response | Failure


class Asker:
    """Asks with one client for many feeds; `instances` is what it knows of RSSHub instances by now.

    `is_unwanted` is asked when a feed has its turn, which it may have waited for.
    """

    def __init__(
        self,
        client: Client,
        means: Means,
        instances: Iterable[Instance] = (),
        is_unwanted: Callable[[Feed], bool] = lambda _: False,
    ) -> None:
        self.instances = known_instances(means.rsshub, instances, means.clock())
        self._client = client
        self._means = means
        self._is_unwanted = is_unwanted
        self._seats = means.seats or asyncio.Semaphore(means.connections)

    async def ask(self, feed: Feed) -> Answer | None:
        """Ask for a feed once; None where nobody is to be asked for it now."""
        if is_route(feed.address):
            return await self._ask_for_route(feed)
        return await self._ask_in_turn(feed, partial(self._is_unwanted, feed))

    async def _ask_for_route(self, feed: Feed) -> Answer | None:
        """Ask one instance after another, each at most once, until one is well."""
        if self._is_unwanted(feed):
            return None
        failed: list[Answer] = []
        for instance in instances_for(feed.address, self.instances, self._means.clock()):
            there = replace(feed, address=route_url(instance, feed.address))
            answer = await self._ask_in_turn(there, partial(self._rests, instance))
            if answer is None:
                continue
            self._learn(instance, feed.address, answer)
            if judge(answer) == "well":
                return answer
            failed.append(answer)
        if not failed:
            message = ALL_REST if self.instances else NO_INSTANCE
            return Failure(reason="no-instance", message=message, at=self._means.clock())
        return next((answer for answer in failed if judge(answer) == "route"), failed[-1])

    async def _ask_in_turn(self, feed: Feed, is_unwanted: Callable[[], bool]) -> Answer | None:
        async with self._means.pace.turn(host_of(feed.address), self._seats):
            return None if is_unwanted() else await self._ask(feed)

    async def _ask(self, feed: Feed) -> Answer:
        try:
            answer = await fetch_feed(feed, self._client, self._means.limits)
            return replace(answer, received_at=self._means.clock())
        except FetchError as error:
            return Failure(reason=error.reason, message=error.cause, at=self._means.clock())

    def _rests(self, instance: str) -> bool:
        """Another route may have found out meanwhile, while this one waited for its turn."""
        return any(one.address == instance and one.until for one in self.instances)

    def _learn(self, instance: str, route: str, answer: Answer) -> None:
        now = self._means.clock()
        self.instances = tuple(
            after_answer(one, route, answer, now) if one.address == instance else one for one in self.instances
        )


async def ask_once(feed: Feed, means: Means) -> Response:
    """Ask for one feed alone.

    Raises:
        FetchError: it gives no whole answer.
    """
    async with means.connect(means.limits, 1, 1) as client:
        answer = await Asker(client, means).ask(feed)
    if isinstance(answer, Failure):
        raise FetchError(feed.address, answer.reason, answer.message)
    if answer is None:
        raise FetchError(feed.address, "held", "its host wants to be left alone")
    return answer
