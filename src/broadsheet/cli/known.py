"""What a paper knows besides its posts: the company book, prices, and whether its facts are of today's rules."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from broadsheet.cli.printing import moment
from broadsheet.model import BookState, KeptList, PricesState
from broadsheet.store import Store


class Known(Struct, frozen=True, kw_only=True):
    """What a paper knows; `book` is None where it was not read, `outdated` counts posts."""

    lists: tuple[KeptList, ...]
    prices: PricesState
    outdated: int
    book: BookState | None = None


def known(store: Store, *, whole: bool) -> Known:
    """Gather what a paper knows; the book itself is read only for the whole of it."""
    from broadsheet.pipeline.facts.finding import count_outdated

    return Known(
        lists=tuple(store.companies.lists()),
        prices=store.prices.state(),
        outdated=count_outdated(store),
        book=store.companies.state() if whole else None,
    )


def known_lines(known: Known) -> Iterator[str]:
    """Say it in lines; what there is nothing of is left out."""
    doubted = known.book.doubted if known.book else {}
    if known.book:
        yield f"companies: {known.book.companies} with {known.book.securities} securities"
    for one in known.lists:
        yield (
            f"list {one.source}: {one.companies} companies, imported {moment(one.imported_at)}"
            f"{_doubts(doubted.get(one.source, ()))}"
        )
    if known.prices.since and known.prices.until:
        yield f"prices: {known.prices.securities} securities, {known.prices.since} to {known.prices.until}"
    if known.outdated:
        yield (
            f"! {known.outdated} posts were read with older rules or another company book: "
            "`broadsheet rework --facts` reads them again"
        )


def _doubts(doubted: Sequence[str]) -> str:
    return f", {len(doubted)} doubted, the first: {doubted[0]}" if doubted else ""
