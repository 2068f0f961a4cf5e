"""Companies, their names through time, their listed securities, and who owns whom."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from broadsheet.model.moments import require_utc

NameKind = Literal["legal", "short", "brand", "former", "wrong"]
"""A `wrong` name is none of the company's: a list written by hand takes it out of the book."""

Tie = Literal["parent", "controls", "jv", "affiliate", "subsidiary"]


class CompanyName(Struct, frozen=True, kw_only=True):
    """What a company is or was called: `language` is a BCP 47 tag, the dates bound a former name."""

    text: str
    kind: NameKind = "short"
    language: str = "zh-Hans"
    since: date | None = None
    until: date | None = None
    common_word: bool = False


class Security(Struct, frozen=True, kw_only=True):
    """A listing: `code` as in 600733.SH, 1958.HK, AAPL.US; `mic` is the exchange (ISO 10383)."""

    code: str
    mic: str
    name: str | None = None
    share_class: str | None = None
    currency: str | None = None
    listed: date | None = None
    delisted: date | None = None


class Company(Struct, frozen=True, kw_only=True):
    """An issuer, or a firm without a listing; `outlet` where it is a publisher that others cite."""

    id: str
    names: tuple[CompanyName, ...]
    securities: tuple[Security, ...] = ()
    outlet: bool = False


class CompanyTie(Struct, frozen=True, kw_only=True):
    """`company` stands in this relation to `other`, says `source`: 北汽集团 is the `parent` of 北京汽车."""

    company: str
    other: str
    tie: Tie
    percent: float | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None


class CompanyBook(Struct, frozen=True, kw_only=True):
    """All companies known, each id once, and their ties."""

    companies: tuple[Company, ...] = ()
    ties: tuple[CompanyTie, ...] = ()


class CompanyList(Struct, frozen=True, kw_only=True):
    """What one file says of companies: each id once, in the order of the file.

    `source` names whose list it is, where that is known: a newer one takes its place. What is `own` was written by
    hand and stands above every other list. `doubted` is what was not read or not believed, in words.
    """

    companies: tuple[Company, ...] = ()
    ties: tuple[CompanyTie, ...] = ()
    source: str | None = None
    own: bool = False
    doubted: tuple[str, ...] = ()


class CompanyChange(Struct, frozen=True, kw_only=True):
    """What became of one company of the book, in words; `name` is the one shown."""

    company: str
    name: str
    what: tuple[str, ...] = ()


class BookReport(Struct, frozen=True, kw_only=True):
    """What a list did to a book: companies added, changed and removed, and what was doubted, in words."""

    added: tuple[CompanyChange, ...] = ()
    changed: tuple[CompanyChange, ...] = ()
    removed: tuple[CompanyChange, ...] = ()
    doubted: tuple[str, ...] = ()


class BookState(Struct, frozen=True, kw_only=True):
    """How much a company book holds, and what is doubted of each list that lies over it, in words, by its source."""

    companies: int
    securities: int
    doubted: dict[str, tuple[str, ...]] = {}


class KeptList(Struct, frozen=True, kw_only=True):
    """A list that the paper keeps: whose it is, when it came, and how many companies it names."""

    source: str
    imported_at: datetime
    companies: int
    own: bool = False

    def __post_init__(self) -> None:
        require_utc(self.imported_at)
