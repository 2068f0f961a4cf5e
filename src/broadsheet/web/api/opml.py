"""Reading lists by the API: OPML in and out, as it is."""

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.exceptions import ClientException
from litestar.openapi.spec import Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.openapi.spec.media_type import OpenAPIMediaType
from msgspec import Struct

from broadsheet.parse import parse_opml, write_opml
from broadsheet.pipeline.subscribe import subscribe
from broadsheet.web.api.shapes import faults
from broadsheet.web.given import TheHouse

LARGEST_LIST: Final = 5 * 1024 * 1024
"""Bytes of a reading list."""


class Imported(Struct, frozen=True, kw_only=True):
    """How many feeds of a list were new."""

    added: int


class ListIn(Operation):
    """Says that a reading list comes as it is (OPML)."""

    def __post_init__(self) -> None:
        text = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, max_length=LARGEST_LIST))
        self.request_body = RequestBody(content={"text/x-opml": text}, required=True)


@get("/api/opml", tags=["feeds"], summary="Give a reading list", media_type="text/x-opml", responses=faults())
async def export_list(house: TheHouse) -> Response[bytes]:
    """Give all feeds as a reading list (OPML 2.0)."""
    title, now = house.config.paper.title, house.now()
    body = await house.desk.ask(lambda store: write_opml(store.feeds(), title, now))
    return Response(body, media_type="text/x-opml")


@post(
    "/api/opml",
    status_code=200,
    tags=["feeds"],
    summary="Take a reading list",
    operation_class=ListIn,
    responses=faults(413, 422),
)
async def import_list(request: Request[Any, Any, Any], house: TheHouse) -> Imported:
    """Follow every feed of a reading list (OPML), sent as it is; they are asked in their turn."""
    body = await request.body()
    if len(body) > LARGEST_LIST:
        raise ClientException(f"the list is larger than {LARGEST_LIST // 1024 // 1024} MB", status_code=413)
    wanted = parse_opml(body)
    now = house.now()
    return Imported(added=await house.desk.ask(lambda store: subscribe(store, wanted, now)))
