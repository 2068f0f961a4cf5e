"""Price lists into the store, from files and from vendors."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from broadsheet.market import question_for, read_answer
from broadsheet.market.importing import ReadBars
from broadsheet.market.sources import PriceSource
from broadsheet.model import KeptBars
from broadsheet.store import Store


class PricesReport(Struct, frozen=True, kw_only=True):
    """What an import did, counted in bars; `refused` and `doubtful` lines say where they stand."""

    lists: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    conflicting: int = 0
    refused: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def keep_prices(store: Store, lists: Iterable[tuple[str, ReadBars]]) -> PricesReport:
    """Keep the bars of lists, each with the name that messages call it."""
    kept: list[KeptBars] = []
    refused: list[str] = []
    doubtful: list[str] = []
    for name, read in lists:
        kept.append(store.prices.keep(read.bars))
        refused += [f"{name}: {line}" for line in read.refused]
        doubtful += [f"{name}: {line}" for line in read.doubtful]
    return PricesReport(
        lists=len(kept),
        new=sum(one.new for one in kept),
        changed=sum(one.changed for one in kept),
        known=sum(one.known for one in kept),
        conflicting=sum(one.conflicting for one in kept),
        refused=tuple(refused),
        doubtful=tuple(doubtful),
    )


def ask_for_prices(
    source: PriceSource, securities: Sequence[str], since: date, until: date
) -> Iterable[tuple[str, ReadBars]]:
    """Ask a vendor for the bars of securities, one after the other.

    Raises:
        ConfigError: a code is none, the vendor's library is not installed, or its answer has no bars.
        FetchError: the vendor refused.
    """
    from broadsheet.fetch.prices import ask_prices

    for security in securities:
        question = question_for(source, security, since, until)
        yield question.security, read_answer(source, question, ask_prices(source, question))
