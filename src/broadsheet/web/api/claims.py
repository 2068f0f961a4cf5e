"""The ledger by the API: claims that were made, who said what of them, and where each stands by now."""

from datetime import datetime, timedelta
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from broadsheet.errors import NotFoundError
from broadsheet.model import Event, Grounds, LedgerEntry, Party, PastAgreement, Stage, Status, Step
from broadsheet.pipeline.stories.claims import find_claims
from broadsheet.store import Store
from broadsheet.web.api.shapes import ClaimPath, Limit, faults
from broadsheet.web.house.given import TheHouse

About = Annotated[
    str | None, QueryParameter(min_length=1, max_length=200, description="Only claims about this company.")
]
Open = Annotated[bool, QueryParameter(name="open", description="Only what nothing has settled yet.")]
Silence = Annotated[
    int, QueryParameter(ge=0, le=36_500, description="Only claims of which nothing was told for so many days.")
]


class ClaimParty(Struct, frozen=True, kw_only=True):
    """Whom a claim is about; `company` is its id in the company book, null where it is not in it."""

    name: str
    company: str | None


class LedgerClaim(Struct, frozen=True, kw_only=True):
    """One claim and its life; `quote` is as first said, `why` tells in the paper's language why it stands there."""

    id: str
    event: Event
    parties: tuple[ClaimParty, ...]
    quote: str
    status: Status
    stage: Stage
    is_open: bool
    why: str
    first_at: datetime
    last_at: datetime
    roots: tuple[str, ...]
    stories: tuple[str, ...]
    hedges: tuple[str, ...]
    steps: tuple[Step, ...]
    past: tuple[PastAgreement, ...]
    grounds: Grounds


@get("/api/claims", tags=["claims"], summary="List claims", responses=faults())
async def list_claims(
    house: TheHouse,
    *,
    open_only: Open = False,
    company: About = None,
    silent: Silence = 0,
    limit: Limit = 20,
) -> list[LedgerClaim]:
    """List claims, those told of last first."""
    before = house.now() - timedelta(days=silent) if silent else None
    language = house.config.paper.language

    def find(store: Store) -> list[LedgerClaim]:
        found = find_claims(store, company, open_only=open_only, before=before, limit=limit)
        return [claim_of(entry, language) for entry in found]

    return await house.desk.ask(find)


@get("/api/claims/{claim_id:str}", tags=["claims"], summary="Read a claim", responses=faults(404))
async def one_claim(house: TheHouse, claim_id: ClaimPath) -> LedgerClaim:
    """Give one claim with all its steps."""
    found = await house.desk.ask(lambda store: store.ledger.entries([claim_id]))
    if not found:
        raise NotFoundError(claim_id, "no claim has this id; /api/claims lists them")
    return claim_of(found[0], house.config.paper.language)


def claim_of(entry: LedgerEntry, language: str) -> LedgerClaim:
    """Tell a claim; its reasons in the language of the paper."""
    from broadsheet.group.ledger.words import Words

    return LedgerClaim(
        id=entry.id,
        event=entry.event,
        parties=parties_told(entry.parties),
        quote=entry.claim.quote,
        status=entry.status,
        stage=entry.stage,
        is_open=entry.is_open,
        why=Words(language).why(entry),
        first_at=entry.first_at,
        last_at=entry.last_at,
        roots=entry.roots,
        stories=entry.stories,
        hedges=entry.hedges,
        steps=entry.steps,
        past=entry.past,
        grounds=entry.grounds,
    )


def parties_told(parties: tuple[Party, ...]) -> tuple[ClaimParty, ...]:
    """Name parties, and the company of each."""
    return tuple(ClaimParty(name=party.name, company=party.company_id) for party in parties)
