"""The company book that ships with Broadsheet, and books put together."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from msgspec import Struct

from broadsheet.annotate.codes import mic_of
from broadsheet.annotate.naming import common_names, plain_name
from broadsheet.model import Company, CompanyBook, CompanyName, CompanyTie, NameKind, Security

_MONTH, _YEAR = 7, 4
_FOREIGN_SHARES = ("200", "900")


class BookReport(Struct, frozen=True, kw_only=True):
    """What a list did to a book: ids of companies added and changed, and what was doubted, in words."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


def curated_book() -> CompanyBook:
    """Read `companies.toml`: issuers that news of technology, cars and markets names most."""
    folder = files("broadsheet.annotate")
    listed = tomllib.loads((folder / "companies.toml").read_text("utf-8"))
    renamed = (folder / "renamed.tsv").read_text("utf-8").splitlines()
    companies = [_company(row) for row in listed["company"]]
    companies += [_renamed(*line.split("\t")) for line in renamed if not line.startswith("#")]
    return CompanyBook(companies=tuple(companies), ties=tuple(_tie(row) for row in listed["tie"]))


def _renamed(code: str, name: str, former: str) -> Company:
    """Read a row of `renamed.tsv`; a former name stands for the name where that is not given."""
    common = common_names()
    names = [CompanyName(text=name)] if name != "-" else []
    kind: NameKind = "former" if names else "short"
    names += [CompanyName(text=text, kind=kind, common_word=text in common) for text in former.split()]
    return Company(id=code.lower().replace(".", "-"), names=tuple(names), securities=(_security({"code": code}),))


def _company(row: Mapping[str, Any]) -> Company:
    common = frozenset(row.get("common", ()))
    return Company(
        id=row["id"],
        names=tuple(_names(row, common)),
        securities=tuple(_security(listing) for listing in row.get("listings", ())),
        outlet=row.get("outlet", False),
    )


def _names(row: Mapping[str, Any], common: frozenset[str]) -> Iterator[CompanyName]:
    kind: NameKind = "brand" if row.get("brand") else "short"
    for field, language in (("zh", "zh-Hans"), ("en", "en")):
        for text in row.get(field, ()):
            yield CompanyName(text=text, kind=kind, language=language, common_word=text in common)
    for former in row.get("former", ()):
        language = "en" if former["language"] == "en" else "zh-Hans"
        yield CompanyName(text=former["text"], kind="former", language=language, until=_day(former["until"]))


def _security(listing: Mapping[str, str]) -> Security:
    return Security(
        code=listing["code"],
        mic=listing.get("mic") or mic_of(listing["code"]),
        listed=_day(listing.get("listed")),
        delisted=_day(listing.get("delisted")),
    )


def _tie(row: Mapping[str, Any]) -> CompanyTie:
    return CompanyTie(
        company=row["company"],
        other=row["other"],
        tie=row["tie"],
        source=row["source"],
        percent=row.get("percent"),
        since=_day(row.get("since")),
    )


def _day(text: str | None) -> date | None:
    """Read a day, the first of a month or of a year where no more is known."""
    if not text:
        return None
    return date.fromisoformat(text + {_YEAR: "-01-01", _MONTH: "-01"}.get(len(text), ""))


def merge_book(book: CompanyBook, listed: Iterable[Company]) -> tuple[CompanyBook, BookReport]:
    """Add a list's companies to a book: an issuer known by a code gains names and listings, others are new.

    A name that the book gives to another company is doubted: it is added, ambiguous from now on, and said.
    """
    companies = {company.id: company for company in book.companies}
    owners = {security.code: company.id for company in book.companies for security in company.securities}
    named = {plain_name(name.text): company.id for company in book.companies for name in company.names}
    added, changed, doubted = [], [], []
    for company in listed:
        known = next((owners[security.code] for security in company.securities if security.code in owners), None)
        other = named.get(plain_name(company.names[0].text))
        if known is None and company.id.startswith(_FOREIGN_SHARES):
            known = other  # the B share of an issuer whose A share has the same name
        if known is None:
            if other is not None:
                doubted.append(f"{company.names[0].text} ({company.id}) is also a name of {other}")
            companies[company.id] = company
            added.append(company.id)
            owners |= {security.code: company.id for security in company.securities}
        elif (grown := _grown(companies[known], company)) != companies[known]:
            companies[known] = grown
            changed.append(known)
    report = BookReport(added=tuple(added), changed=tuple(dict.fromkeys(changed)), doubted=tuple(doubted))
    return CompanyBook(companies=tuple(companies.values()), ties=book.ties), report


def _grown(company: Company, listed: Company) -> Company:
    """Add the names and the listings that a company lacks."""
    names = {plain_name(name.text) for name in company.names}
    codes = {security.code for security in company.securities}
    return Company(
        id=company.id,
        names=(*company.names, *(name for name in listed.names if plain_name(name.text) not in names)),
        securities=(*company.securities, *(found for found in listed.securities if found.code not in codes)),
        outlet=company.outlet,
    )
