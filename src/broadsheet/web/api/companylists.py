"""Lists of companies by the API: those that lie over the book, a new one, tried or kept, and one taken away."""

from datetime import datetime
from typing import Annotated, Any, Final

from litestar import Request, delete, get, post
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from broadsheet.model import BookReport
from broadsheet.store import Store
from broadsheet.web.api.documents import body_of, taking
from broadsheet.web.api.shapes import faults
from broadsheet.web.house.given import TheHouse
from broadsheet.web.reader.companies import LARGEST_LIST

DOCUMENT: Final = "application/octet-stream"

Source = Annotated[
    str,
    QueryParameter(min_length=1, max_length=100, description="Whose list it is: it replaces the one before of it."),
]

Kept = Annotated[str, QueryParameter(min_length=1, max_length=200, description="Whose list it is.")]


class CompanyLists(Struct, frozen=True, kw_only=True):
    """A list that the paper keeps: whose it is, when it came, how many companies it names, whether by hand."""

    source: str
    imported_at: datetime
    companies: int
    own: bool


@get("/api/company-lists", tags=["companies"], summary="List company lists", responses=faults())
async def company_lists(house: TheHouse) -> list[CompanyLists]:
    """List the lists that lie over the company book, those written by hand last."""
    found = await house.desk.ask(lambda store: store.companies.lists())
    return [
        CompanyLists(source=one.source, imported_at=one.imported_at, companies=one.companies, own=one.own)
        for one in found
    ]


@post(
    "/api/company-lists",
    status_code=200,
    tags=["companies"],
    summary="Take a company list",
    operation_class=taking(DOCUMENT, LARGEST_LIST),
    responses=faults(413, 422),
)
async def lay_list(
    request: Request[Any, Any, Any], house: TheHouse, source: Source, dry_run: FromQuery[bool] = False
) -> BookReport:
    """Lay a list over the book, sent as it is (CSV, JSON or TOML), and say what that did; a dry run keeps nothing."""
    from broadsheet.annotate import read_companies

    body, now = await body_of(request, LARGEST_LIST), house.now()

    def lay(store: Store) -> BookReport:
        listed = read_companies(body, source)
        return (store.companies.weigh if dry_run else store.companies.keep)(listed, listed.source or source, now)

    return await house.desk.apart(lay)


@delete(
    "/api/company-lists",
    status_code=200,
    tags=["companies"],
    summary="Take a company list away",
    responses=faults(404),
)
async def forget_list(house: TheHouse, source: Kept, dry_run: FromQuery[bool] = False) -> BookReport:
    """Take a list from the book, and say what that did; a dry run leaves it there."""

    def forget(store: Store) -> BookReport:
        return (store.companies.weigh_forgetting if dry_run else store.companies.forget)(source)

    return await house.desk.apart(forget)
