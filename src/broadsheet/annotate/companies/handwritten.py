"""Lists of companies written by hand, in TOML: names, listings and ties of firms that no exchange's list explains."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct, field

from broadsheet.annotate.companies.codes import mic_of, write_code
from broadsheet.errors import ConfigError
from broadsheet.model import Company, CompanyList, CompanyName, CompanyTie, NameKind, Security, Tie

_MONTH, _YEAR = 7, 4


class _Former(Struct, forbid_unknown_fields=True):
    text: str
    until: str | None = None
    language: Literal["zh", "zh-Hant", "en"] = "zh"


class _Listing(Struct, forbid_unknown_fields=True):
    code: str
    mic: str | None = None
    name: str | None = None
    share_class: str | None = field(default=None, name="class")
    currency: str | None = None
    listed: str | None = None
    delisted: str | None = None


class _Firm(Struct, forbid_unknown_fields=True):
    id: str
    zh: tuple[str, ...] = ()
    zh_hant: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    former: tuple[_Former, ...] = ()
    common: frozenset[str] = frozenset()
    wrong: tuple[str, ...] = ()
    listings: tuple[_Listing, ...] = ()
    brand: bool = False
    outlet: bool = False


class _Tie(Struct, forbid_unknown_fields=True):
    company: str
    other: str
    tie: Tie
    source: str | None = None
    percent: float | None = None
    since: str | None = None
    until: str | None = None


class _Document(Struct, forbid_unknown_fields=True):
    company: tuple[_Firm, ...] = ()
    tie: tuple[_Tie, ...] = ()


def read_handwritten(text: str, name: str) -> CompanyList:
    """Read a list in the form of `companies.toml`; days may be months or years, which are read as their first day.

    Raises:
        ConfigError: it is not TOML, not of this form, or tells a day that is none; `name` names it.
    """
    try:
        listed = read_document(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, f"is no list of companies in TOML: {error}") from error
    if not listed.companies and not listed.ties:
        raise ConfigError(name, "holds no [[company]] and no [[tie]]")
    return listed


def read_document(tables: Mapping[str, object], name: str) -> CompanyList:
    """Read such a list from its tables, wherever they come from: a file, or a form.

    Raises:
        ConfigError: they are not of this form, or tell a day that is none; `name` names them.
    """
    try:
        document = msgspec.convert(msgspec.to_builtins(tables), _Document)
    except msgspec.ValidationError as error:
        raise ConfigError(name, f"is no list of companies in TOML: {error}") from error
    doubted = [f"{firm.id}: {code} is on no exchange that is known" for firm, code in _unknown(document)]
    try:
        companies = {firm.id: _company(firm) for firm in document.company}
        ties = tuple(map(_tie, document.tie))
    except ValueError as error:
        raise ConfigError(name, f"{error}; write 2018-07-09, 2018-07 or 2018") from error
    return CompanyList(companies=tuple(companies.values()), ties=ties, own=True, doubted=tuple(doubted))


def amend_list(own: CompanyList, company_id: str, said: CompanyList) -> CompanyList:
    """Put what is said now of a company in place of what a list by hand says; nothing takes it off the list."""
    companies = (*(company for company in own.companies if company.id != company_id), *said.companies)
    ties = (*(tie for tie in own.ties if tie.company != company_id), *said.ties)
    return CompanyList(companies=companies, ties=ties, source=own.source, own=True, doubted=said.doubted)


def _unknown(document: _Document) -> Iterator[tuple[_Firm, str]]:
    for firm in document.company:
        for listing in firm.listings:
            if _code(listing) is None:
                yield firm, listing.code


def _code(listing: _Listing) -> str | None:
    """Read a code; one of an exchange that has no row here is believed where the exchange is named: RACE.MI, XMIL."""
    return write_code(listing.code, listing.mic) or (listing.code if listing.mic and "." in listing.code else None)


def _company(firm: _Firm) -> Company:
    return Company(
        id=firm.id,
        names=tuple(_names(firm)),
        securities=tuple(_security(listing, code) for listing in firm.listings if (code := _code(listing))),
        outlet=firm.outlet,
    )


def _names(firm: _Firm) -> Iterator[CompanyName]:
    kind: NameKind = "brand" if firm.brand else "short"
    for texts, language in ((firm.zh, "zh-Hans"), (firm.zh_hant, "zh-Hant"), (firm.en, "en")):
        for text in texts:
            yield CompanyName(text=text, kind=kind, language=language, common_word=text in firm.common)
    for text in firm.legal:
        yield CompanyName(text=text, kind="legal", language="en" if text.isascii() else "zh-Hans")
    for former in firm.former:
        language = "zh-Hans" if former.language == "zh" else former.language
        common = former.text in firm.common
        yield CompanyName(
            text=former.text, kind="former", language=language, until=_day(former.until), common_word=common
        )
    for text in firm.wrong:
        yield CompanyName(text=text, kind="wrong")


def _security(listing: _Listing, code: str) -> Security:
    return Security(
        code=code,
        mic=listing.mic or mic_of(code),
        name=listing.name,
        share_class=listing.share_class,
        currency=listing.currency,
        listed=_day(listing.listed),
        delisted=_day(listing.delisted),
    )


def _tie(row: _Tie) -> CompanyTie:
    return CompanyTie(
        company=row.company,
        other=row.other,
        tie=row.tie,
        source=row.source,
        percent=row.percent,
        since=_day(row.since),
        until=_day(row.until),
    )


def _day(text: str | None) -> date | None:
    """Read a day, the first of a month or of a year where no more is known."""
    if not text:
        return None
    try:
        return date.fromisoformat(text + {_YEAR: "-01-01", _MONTH: "-01"}.get(len(text), ""))
    except ValueError as error:
        raise ValueError(f"{text!r} is no day") from error
