"""Which claim of a story is the principal one, wherever its claims are told."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from broadsheet.group.ledger.told import PAIRED
from broadsheet.model import LedgerEntry

_WEIGHTY: Final = PAIRED | {"financing", "listing"}
_ASIDES: Final = frozenset({"other", "market_view"})


def in_order(entries: Iterable[LedgerEntry], posts: Collection[str]) -> list[LedgerEntry]:
    """Put the claims of a story in order, the principal one first; `posts` are the story's.

    Deals stand before all else, views and asides last; then what most of its posts tell, and what they said first.
    """
    return sorted(entries, key=lambda entry: _rank(entry, posts))


def _rank(entry: LedgerEntry, posts: Collection[str]) -> tuple[int, int, datetime, int, str]:
    told = [step for step in entry.steps if step.post_id in posts] or entry.steps
    return (_weight(entry), -len({step.post_id for step in told}), told[0].at, told[0].start, entry.id)


def _weight(entry: LedgerEntry) -> int:
    if entry.status == "view" or entry.event in _ASIDES:
        return 2
    return 0 if entry.event in _WEIGHTY else 1
