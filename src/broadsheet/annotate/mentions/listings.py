"""Which of an issuer's listings a text means: those of the day, and the market that the words around name."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from broadsheet.annotate.tables import rows
from broadsheet.model import Company, Security

_HINTS = tuple((frozenset(row[0].split()), re.compile(row[1])) for row in rows("listing_hints"))
_ANY_HINT = re.compile("|".join(row[1] for row in rows("listing_hints")))
_NONE = frozenset[str]()


def listings_on(company: Company, day: date) -> tuple[Security, ...]:
    """Give the securities that could be traded on a day."""
    return tuple(
        [
            security
            for security in company.securities
            if (security.listed is None or security.listed <= day)
            and (security.delisted is None or day < security.delisted)
        ]
    )


def markets_named(folded: str) -> frozenset[str]:
    """Tell the markets that a stretch of folded text names, as suffixes of codes."""
    if not _ANY_HINT.search(folded):
        return _NONE
    return _NONE.union(*(suffixes for suffixes, pattern in _HINTS if pattern.search(folded)))


def line_named(folded: str, chosen: str | None, codes: Sequence[str]) -> str | None:
    """Give of an issuer's listings the one that words name (其ADR, 其A股), else the one chosen before."""
    named = markets_named(folded) if len(codes) > 1 and chosen in codes else _NONE
    fitting = [code for code in codes if code.rpartition(".")[2] in named]
    return fitting[0] if fitting and len(fitting) < len(codes) else chosen


def choose_listing(listings: Sequence[Security], markets: Iterable[frozenset[str]]) -> str | None:
    """Choose a listing by the markets named, the nearest words first; without any, the issuer's first listing."""
    for named in markets:
        fitting = [security.code for security in listings if security.code.rpartition(".")[2] in named]
        if fitting and len(fitting) < len(listings):
            return fitting[0]
    return listings[0].code if listings else None
