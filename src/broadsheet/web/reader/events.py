"""Server-sent events: a new edition, and what a running update says (HTML Standard, section 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from litestar import Response, get, post
from litestar.response import ServerSentEvent, ServerSentEventMessage

from broadsheet.errors import StoreError
from broadsheet.store import Store
from broadsheet.web.house.answers import see_other
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page

LOOK_EVERY_S: Final = 0.5
HEARTBEAT_S: Final = 20.0
"""A line that says nothing, often enough for proxies, which end silent connections."""


@get("/my/events", include_in_schema=False)
async def events(house: TheHouse) -> ServerSentEvent:
    """Tell of news as they come.

    `posts` with how many were stored, `edition` with how many of them are new in it, `line` and `done` of an update.
    """
    return ServerSentEvent(told(house))


@get("/my/update/", include_in_schema=False)
async def update_page(house: TheHouse, visitor: TheVisitor) -> Response[bytes]:
    """Show what the last update said, and what the running one says."""
    return print_page(house, visitor, "my-update.html", "my/update/index.html", {"job": house.jobs.last})


@post("/my/update", status_code=303, include_in_schema=False)
async def update(house: TheHouse) -> Response[bytes]:
    """Poll what is due, publish it, and keep its images, beside the server."""
    await house.jobs.update()
    return see_other("/my/update/")


async def watch_paper(house: House) -> None:
    """Tell who listens when posts came into the store, whoever stored them, and when the paper was published anew."""
    mark = house.edition.mark()
    count = shown = await house.desk.ask(_count)
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        try:
            if await house.desk.has_news():
                before, count = count, await house.desk.ask(_count)
                if count > before:
                    house.wire.tell("posts", str(count - before))
        except StoreError:
            continue  # the next look may find it again; who asks for a page is told
        if (seen := house.edition.mark()) != mark:
            house.wire.tell("edition", str(max(count - shown, 0)))
            mark, shown = seen, count


async def told(house: House) -> AsyncIterator[ServerSentEventMessage]:
    """Give what is sent to one listener: at once that he is heard, then news, or a sign of life."""
    yield ServerSentEventMessage(event="hello", data="")
    async for news in house.wire.news(HEARTBEAT_S):
        if news is None:
            yield ServerSentEventMessage(comment="")
        else:
            yield ServerSentEventMessage(event=news.kind, data=news.text)


def _count(store: Store) -> int:
    return store.reading.count()
