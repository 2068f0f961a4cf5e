"""The company book by the API: found by name, code or id; and one company with who owns whom."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from broadsheet.model import Company, CompanyTie
from broadsheet.store import Store
from broadsheet.web.api.claims import LedgerClaim, claim_of
from broadsheet.web.api.shapes import Limit, faults
from broadsheet.web.house.given import TheHouse

SHOWN = 20
"""Claims and posts of a company; lists tell all."""

Wanted = Annotated[
    str, QueryParameter(min_length=1, max_length=100, description="A name, a code, or words of a name.")
]
CompanyPath = Annotated[str, PathParameter(min_length=1, max_length=100, description="The id of a company.")]


class WholeCompany(Struct, frozen=True, kw_only=True):
    """A company: `sources` are the lists that tell of it, each with since when; claims and posts are the newest."""

    company: Company
    ties: tuple[CompanyTie, ...]
    sources: dict[str, datetime]
    claims: tuple[LedgerClaim, ...]
    posts: tuple[str, ...]


@get("/api/companies", tags=["companies"], summary="Find companies", responses=faults())
async def find_companies(house: TheHouse, q: Wanted, limit: Limit = 20) -> list[Company]:
    """Find the companies of an id, else of a code, else of a name, else those with these words in a name."""
    found = await house.desk.ask(lambda store: store.companies.find(q))
    return list(found[:limit])


@get("/api/companies/{company_id:str}", tags=["companies"], summary="Read a company", responses=faults(404))
async def one_company(house: TheHouse, company_id: CompanyPath) -> WholeCompany:
    """Give one company: its names through time, its listings, its ties, and what is claimed of it."""
    return await house.desk.ask(lambda store: _whole(store, company_id, house.config.paper.language))


def _whole(store: Store, company_id: str, language: str) -> WholeCompany:
    company = store.companies.company(company_id)
    ties = store.companies.book().ties
    claims = store.ledger.of_company(company_id)[:SHOWN]
    return WholeCompany(
        company=company,
        ties=tuple(tie for tie in ties if company_id in (tie.company, tie.other)),
        sources=store.companies.sources(company),
        claims=tuple(claim_of(entry, language) for entry in claims),
        posts=tuple(store.facts.posts_of(company_id, SHOWN)),
    )
