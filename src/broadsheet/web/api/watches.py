"""Watches by the API: set, listed, what they heard, forgotten."""

from datetime import datetime
from typing import Annotated

from litestar import delete, get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from broadsheet.errors import NotFoundError
from broadsheet.fetch.addresses import shown
from broadsheet.model import Status, Watch, WatchChange
from broadsheet.pipeline.stories.watching import heard_of, set_watch
from broadsheet.store import Store
from broadsheet.web.api.claims import ClaimParty, parties_told
from broadsheet.web.api.shapes import WatchPath, faults
from broadsheet.web.house.given import TheHouse

UNKNOWN = "no watch has this id; /api/watches lists those there are"

Words = Annotated[str, Meta(min_length=1, max_length=200, description="Companies that a claim must all be about.")]
Hook = Annotated[str, Meta(pattern="^https?://", max_length=2000, description="Is told of every change, as JSON.")]
Secret = Annotated[
    str, Meta(min_length=1, max_length=200, description="Signs what is told, as WebSub does (sha256).")
]
Statuses = Annotated[tuple[Status, ...], Meta(max_length=20)]


class NewWatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to hear of: claims about all companies named, from now on; `statuses` narrows it to changes into these."""

    words: Words
    statuses: Statuses = ()
    webhook: Hook | None = None
    secret: Secret | None = None


class WatchLine(Struct, frozen=True, kw_only=True):
    """A watch that is set; `webhook` is told of every change, `signed` where with a secret, which is not shown."""

    id: str
    words: str
    parties: tuple[ClaimParty, ...]
    since: datetime
    statuses: tuple[Status, ...]
    webhook: str | None
    signed: bool


class HeardWatch(Struct, frozen=True, kw_only=True):
    """What a watch heard of since it was set, the newest first."""

    watch: WatchLine
    changes: tuple[WatchChange, ...]


@get("/api/watches", tags=["watches"], summary="List watches", responses=faults())
async def list_watches(house: TheHouse) -> list[WatchLine]:
    """List the watches that are set, in the order in which they were."""
    return [_line(watch) for watch in await house.desk.ask(lambda store: store.watches.all())]


@post("/api/watches", tags=["watches"], summary="Set a watch", responses=faults(413, 422))
async def add_watch(house: TheHouse, data: JSONBody[NewWatch]) -> WatchLine:
    """Set a watch; what changes from now on is in its feed, and told to its webhook."""
    now, secret = house.now(), data.secret if data.webhook else None
    line = _line(
        await house.desk.apart(lambda store: set_watch(store, data.words, now, data.statuses, data.webhook, secret))
    )
    await house.jobs.publish()
    return line


@get("/api/watches/{watch_id:str}", tags=["watches"], summary="Read what a watch heard", responses=faults(404))
async def one_watch(house: TheHouse, watch_id: WatchPath) -> HeardWatch:
    """Give what a watch heard of."""
    language = house.config.paper.language
    return await house.desk.apart(lambda store: _heard(store, watch_id, language))


@delete("/api/watches/{watch_id:str}", tags=["watches"], summary="Forget a watch", responses=faults(404))
async def remove_watch(house: TheHouse, watch_id: WatchPath) -> None:
    """Forget a watch; its feed goes from the site."""
    if not await house.desk.ask(lambda store: store.watches.remove(watch_id)):
        raise NotFoundError(watch_id, UNKNOWN)
    await house.jobs.publish()


def _heard(store: Store, watch_id: str, language: str) -> HeardWatch:
    watch = next((one for one in store.watches.all() if one.id == watch_id), None)
    if watch is None:
        raise NotFoundError(watch_id, UNKNOWN)
    heard = {one.watch_id: one.changes for one in heard_of(store, language)}
    return HeardWatch(watch=_line(watch), changes=heard[watch_id])


def _line(watch: Watch) -> WatchLine:
    return WatchLine(
        id=watch.id,
        words=watch.words,
        parties=parties_told(watch.parties),
        since=watch.since,
        statuses=watch.statuses,
        webhook=shown(watch.webhook) if watch.webhook else None,
        signed=watch.secret is not None,
    )
