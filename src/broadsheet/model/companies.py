"""Companies, their names through time, their listed securities, and who owns whom."""

from datetime import date
from typing import Literal

from msgspec import Struct

NameKind = Literal["legal", "short", "brand", "former"]
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
