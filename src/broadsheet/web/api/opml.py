"""Reading lists by the API: OPML in and out, as it is."""

from typing import Any, Final

from litestar import Request, Response, get, post
from msgspec import Struct

from broadsheet.parse import parse_opml, write_opml
from broadsheet.pipeline.subscriptions.subscribe import subscribe
from broadsheet.web.api.documents import body_of, taking
from broadsheet.web.api.shapes import faults
from broadsheet.web.house.given import TheHouse
from broadsheet.web.reader.managing import LARGEST_LIST

DOCUMENT: Final = "text/x-opml"


class Imported(Struct, frozen=True, kw_only=True):
    """How many feeds of a list were new."""

    added: int


@get("/api/opml", tags=["feeds"], summary="Give a reading list", media_type=DOCUMENT, responses=faults())
async def export_list(house: TheHouse) -> Response[bytes]:
    """Give all feeds as a reading list (OPML 2.0)."""
    title, now = house.config.paper.title, house.now()
    body = await house.desk.ask(lambda store: write_opml(store.feeds(), title, now))
    return Response(body, media_type=DOCUMENT)


@post(
    "/api/opml",
    status_code=200,
    tags=["feeds"],
    summary="Take a reading list",
    operation_class=taking(DOCUMENT, LARGEST_LIST),
    responses=faults(413, 422),
)
async def import_list(request: Request[Any, Any, Any], house: TheHouse) -> Imported:
    """Follow every feed of a reading list (OPML), sent as it is; they are asked in their turn."""
    wanted = parse_opml(await body_of(request, LARGEST_LIST))
    now = house.now()
    return Imported(added=await house.desk.ask(lambda store: subscribe(store, wanted, now)))
