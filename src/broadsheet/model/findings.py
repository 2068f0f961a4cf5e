"""What was found in the posts of an edition: facts, claims with their lives, companies, and how moves are checked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from broadsheet.model.companies import CompanyBook
from broadsheet.model.facts import Annotations, MoveReport
from broadsheet.model.ledger import LedgerEntry, LedgerRef
from broadsheet.model.market import Bar, Check


class FactsRef(Struct, frozen=True, array_like=True):
    """The least that laying out pages needs of a post's facts; `digest` changes whenever any of them does.

    `companies` are the ids of those that it names, `moved` the securities of which it reports a move, each once.
    """

    digest: str
    companies: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


class FactShelf(Protocol):
    """Where pages get facts while they are rendered."""

    def of(self, post_ids: Sequence[str]) -> Mapping[str, Annotations]:
        """Read the facts of posts, by id; those that have none are left out."""
        ...


class PriceShelf(Protocol):
    """Where pages get prices."""

    def bars(self, security: str, since: date, until: date) -> Sequence[Bar]:
        """Read the sessions of a security from one day to another, both of them too, the earliest first."""
        ...


class LedgerShelf(Protocol):
    """Where pages get claims with their lives."""

    def entries(self, ids: Sequence[str]) -> Sequence[LedgerEntry]:
        """Read entries whole, in the order asked; those that are not there are left out."""
        ...


class Evidence(Protocol):
    """Where pages get what was found while they are rendered; the store is one."""

    @property
    def facts(self) -> FactShelf:
        """The facts of posts."""
        ...

    @property
    def prices(self) -> PriceShelf:
        """The prices of securities."""
        ...

    @property
    def ledger(self) -> LedgerShelf:
        """The claims."""
        ...


class Checker(Protocol):
    """Holds a move that a post reported against bars of its security."""

    def __call__(self, move: MoveReport, bars: Sequence[Bar], published: datetime) -> Check:
        """Check one move of a post published at a moment."""
        ...


class Checking(Struct, frozen=True, kw_only=True):
    """How a move that a post reported is held against bars; a new `digest` for a new way."""

    digest: str
    check: Checker


class Findings(Struct, frozen=True, kw_only=True):
    """What was found in an edition's posts: `refs` by post id, `book` of all companies that they name.

    Without `checking` nothing is said of moves but what was reported.
    """

    shelf: Evidence
    refs: Mapping[str, FactsRef]
    ledger: Sequence[LedgerRef] = ()
    book: CompanyBook = CompanyBook()
    checking: Checking | None = None
