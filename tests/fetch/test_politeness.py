"""What a server sees of many polls: fetching and deciding together, under a virtual clock."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.decide import decide_update
from broadsheet.fetch import Client, fetch_feed
from broadsheet.model import Feed, Known, Limits, ParsedEntry, ParsedFeed

if TYPE_CHECKING:
    from tests.fetch.conftest import Server

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DOCUMENT = ParsedFeed(format="rss-2.0", entries=(ParsedEntry(id="1", title="标题"),))


class Reader:
    """Polls feeds whenever they are due, in a time of its own."""

    def __init__(self, client: Client, limits: Limits) -> None:
        self.now = START
        self._client = client
        self._limits = limits

    async def poll(self, feed: Feed) -> Feed:
        """Ask, decide, and let time pass until the feed is due again."""
        answer = replace(await fetch_feed(feed, self._client, self._limits), received_at=self.now)
        parsed = DOCUMENT if answer.status == 200 else None
        polled = decide_update(Known(feed=feed), parsed, answer, self.now).feed
        self.now = max(self.now, polled.state.next_due or self.now)
        return polled


def conditions(server: "Server", number: int = -1) -> tuple[str | None, str | None]:
    headers = server.headers(number)
    return headers.get("if-none-match"), headers.get("if-modified-since")


async def test_validators_come_back_as_they_were_given_and_are_renewed(
    server: "Server", client: Client, limits: Limits
) -> None:
    reader, feed = Reader(client, limits), server.feed("/feed")
    server.says("/feed", b"1", ETag='W/"a  1"', Last_Modified="yesterday")
    feed = await reader.poll(feed)
    server.says("/feed", status=304)
    feed = await reader.poll(feed)
    assert conditions(server) == ('W/"a  1"', "yesterday")
    server.says("/feed", status=304, Last_Modified="today")
    feed = await reader.poll(feed)
    assert conditions(server) == ('W/"a  1"', "yesterday")
    server.says("/feed", b"2", ETag='"b"')
    feed = await reader.poll(feed)
    assert conditions(server) == ('W/"a  1"', "today")
    await reader.poll(feed)
    assert conditions(server) == ('"b"', None)


async def test_feeds_of_one_host_never_get_each_others_validators(
    server: "Server", client: Client, limits: Limits
) -> None:
    reader = Reader(client, limits)
    server.says("/a", b"a", ETag='"a"')
    server.says("/b", b"b", ETag='"b"')
    a, b = await reader.poll(server.feed("/a")), await reader.poll(server.feed("/b"))
    await reader.poll(b)
    await reader.poll(a)
    assert [conditions(server, number)[0] for number in range(4)] == [None, None, '"b"', '"a"']


async def test_a_feed_that_moved_is_asked_at_its_new_address_only(
    server: "Server", client: Client, limits: Limits
) -> None:
    reader, feed = Reader(client, limits), server.feed("/old")
    server.says("/old", status=301, Location="/new")
    server.says("/new", b"1", ETag='"new"', Cache_Control="max-age=21600")
    polls = 0
    while feed.address == server.address("/old"):
        feed = await reader.poll(feed)
        polls += 1
    assert reader.now - START >= timedelta(days=1)
    seen = len(server.requests)
    assert seen == 2 * polls
    await reader.poll(feed)
    assert [request.split(" ")[1] for request in server.requests[seen:]] == ["/new"]


async def test_a_temporary_redirect_is_followed_for_ever_and_asked_conditionally(
    server: "Server", client: Client, limits: Limits
) -> None:
    reader, feed = Reader(client, limits), server.feed("/old")
    server.says("/old", status=302, Location="/new")
    server.says("/new", b"1", ETag='"new"')
    for _ in range(30):
        feed = await reader.poll(feed)
    assert feed.address == server.address("/old")
    assert [conditions(server, number)[0] for number in (-2, -1)] == [None, '"new"']


async def test_a_throttled_feed_is_asked_once_and_conditionally_after_the_wait(
    server: "Server", client: Client, limits: Limits
) -> None:
    reader, feed = Reader(client, limits), server.feed("/feed")
    server.says("/feed", b"1", ETag='"a"')
    feed = await reader.poll(feed)
    before = reader.now
    server.says("/feed", status=429, Retry_After="86400")
    feed = await reader.poll(feed)
    assert reader.now - before >= timedelta(days=1)
    assert len(server.requests) == 2
    await reader.poll(feed)
    assert conditions(server) == ('"a"', None)
