"""Watches in the reader: what each heard of last, setting one, and taking it back."""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from broadsheet.errors import NotFoundError
from broadsheet.fetch.addresses import shown
from broadsheet.model import Heard, Status, Watch
from broadsheet.pipeline.stories.watching import heard_of, set_watch
from broadsheet.store import Store
from broadsheet.web.house.answers import see_other
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page
from broadsheet.web.reader.marking import Form

HERE: Final = "/my/watches/"
SHOWN: Final = 10
"""Changes that are shown of each watch; its feed has more."""

STATUSES: Final[tuple[Status, ...]] = get_args(Status)


class Set(Struct, frozen=True, kw_only=True):
    """A watch that is set, what it heard, its webhook as pages may show it, and whether its feed is published yet."""

    watch: Watch
    heard: Heard
    webhook: str | None
    has_feed: bool


@get("/my/watches/", include_in_schema=False)
async def watches_page(house: TheHouse, visitor: TheVisitor) -> Response[bytes]:
    """Show every watch with what it heard of last."""
    watches = await house.desk.apart(lambda store: _all(store, house))
    context = {"watches": watches, "statuses": STATUSES, "shown": SHOWN}
    return print_page(house, visitor, "my-watches.html", "my/watches/index.html", context)


@post("/my/watches/add", status_code=303, include_in_schema=False)
async def add(house: TheHouse, data: Form) -> Response[bytes]:
    """Set a watch on `words`; `on-STATUS` narrows it, `webhook` is told of every change, signed with `secret`."""
    now, hook = house.now(), data.get("webhook", "").strip()
    words, secret = " ".join(data.get("words", "").split()), data.get("secret", "").strip()
    made = await house.desk.apart(
        lambda store: set_watch(store, words, now, statuses_of(data), hook or None, (hook and secret) or None)
    )
    await house.jobs.publish()
    return see_other(f"{HERE}#w{made.id}")


@post("/my/watches/{watch_id:str}", status_code=303, include_in_schema=False)
async def remove(house: TheHouse, watch_id: FromPath[str]) -> Response[bytes]:
    """Take a watch back, and its feed from the site."""
    if not await house.desk.ask(lambda store: store.watches.remove(watch_id)):
        raise NotFoundError(watch_id, "no watch has this id; it may have been taken back already")
    await house.jobs.publish()
    return see_other(HERE)


def statuses_of(fields: Mapping[str, str]) -> Sequence[Status]:
    """Read which statuses are ticked; none is all of them."""
    return [status for status in STATUSES if fields.get(f"on-{status}") == "1"]


def _all(store: Store, house: House) -> list[Set]:
    heard = {one.watch_id: one for one in heard_of(store, house.config.paper.language)}
    folder = house.config.site_folder / "w"
    return [
        Set(
            watch=watch,
            heard=heard[watch.id],
            webhook=watch.webhook and shown(watch.webhook),
            has_feed=(folder / watch.id / "feed.xml").is_file(),
        )
        for watch in reversed(store.watches.all())
    ]
