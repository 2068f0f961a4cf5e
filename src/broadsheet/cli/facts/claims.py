"""The ledger on the terminal: claims that were made, and where each stands by now."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import print_json

if TYPE_CHECKING:
    from broadsheet.config import Config
    from broadsheet.model import LedgerEntry
    from broadsheet.store import Store


def claims(
    context: typer.Context,
    open_only: Annotated[bool, typer.Option("--open", help="Only what nothing has settled yet.")] = False,
    company: Annotated[
        str | None, typer.Option("--company", metavar="NAME", help="Only claims about this company.")
    ] = None,
    silent: Annotated[
        int,
        typer.Option("--silent", min=0, metavar="DAYS", help="Only claims of which nothing was told for so long."),
    ] = 0,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 20,
    json: JSON_OPTION = False,
) -> None:
    """List claims, those told of last first. Each says who said it, who confirmed or denied it, and why it stands."""
    from broadsheet.pipeline.stories.claims import find_claims

    config = paper_config(context)
    with paper_store(config) as store:
        before = now() - timedelta(days=silent) if silent else None
        found = find_claims(store, company, open_only=open_only, before=before, limit=limit)
        if json:
            print_json(found)
            return
        _tell_unknown(store, company)
        if not found and (company or open_only or silent):
            print("no claim is so; `broadsheet claims` lists those there are")
        else:
            _print_claims(config, store, found)


def _tell_unknown(store: "Store", company: str | None) -> None:
    """Say of each name that is asked for and is nobody's, where errors go."""
    from broadsheet.pipeline.stories.watching import parties_of
    from broadsheet.store.search.find import NO_COMPANY

    for party in parties_of(store, company) if company else ():
        if party.company_id is None:
            print(f"{party.name} means {NO_COMPANY}", file=sys.stderr)


def _print_claims(config: "Config", store: "Store", found: "list[LedgerEntry]") -> None:
    from broadsheet.cli.facts.claimlines import claim_lines
    from broadsheet.group.ledger.words import Words

    words, feeds = Words(config.paper.language), {feed.id: feed for feed in store.feeds()}
    if not found:
        print("no claims: they come of posts that say what a company did or will do")
    for entry in found:
        for line in claim_lines(entry, words, feeds, now()):
            print(line)
