"""The company book in the reader: looked up, corrected by hand, and made longer by lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.model import BookReport, Company, CompanyTie, KeptList, Tie
from broadsheet.store import Store
from broadsheet.web.access.doors import Visitor
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page
from broadsheet.web.reader.byhand import MORE_TIES, SOURCE, Written, id_of, tables_of, written_of
from broadsheet.web.reader.managing import Upload, upload_of
from broadsheet.web.reader.marking import Form

MOST_FOUND: Final = 50
MOST_TOLD: Final = 50
"""Companies of a report that are named, of each kind."""

LARGEST_LIST: Final = 8 * 1024 * 1024
"""Bytes of a list of companies."""

LONGEST_NAME: Final = 200
HERE: Final = "my/companies/index.html"

Deed: TypeAlias = Literal["kept", "weighed", "forgotten"]
"""What was done with a list: laid over the book, only held against it, or taken away."""


class Known(Struct, frozen=True, kw_only=True):
    """What the book says of a company, the lists that say so, and what is written by hand of it."""

    company: Company
    ties: Sequence[CompanyTie]
    named: Mapping[str, str]
    sources: Mapping[str, datetime]
    written: Written
    is_published: bool


class Answer(Struct, frozen=True, kw_only=True):
    """What was asked of the book and found in it, and the lists that were imported."""

    question: str = ""
    found: Sequence[Company] = ()
    lists: Sequence[KeptList] = ()
    count: int = 0


class Told(Struct, frozen=True, kw_only=True):
    """What a list did to the book, or would do."""

    source: str
    report: BookReport
    deed: Deed


@get("/my/companies/", include_in_schema=False)
async def companies_page(house: TheHouse, visitor: TheVisitor, q: FromQuery[str] = "") -> Response[bytes]:
    """Find companies by a name, a code or an id."""
    return await _book_page(house, visitor, q)


@get("/my/companies/{company_id:str}/", include_in_schema=False)
async def company_page(house: TheHouse, visitor: TheVisitor, company_id: FromPath[str]) -> Response[bytes]:
    """Show one company: its names, securities and relations, whose lists say so, and the form that corrects it."""
    known = await house.desk.ask(lambda store: _known(store, house, company_id))
    return _company_page(house, visitor, known)


@post("/my/companies/keep", status_code=200, include_in_schema=False)
async def keep(house: TheHouse, visitor: TheVisitor, data: Form) -> Response[bytes]:
    """Write one company by hand, in place of what was written of it before; an empty form takes that back."""
    now = house.now()

    def write(store: Store) -> tuple[Told, Known | None]:
        from broadsheet.annotate import amend_list, read_document

        said = read_document(tables_of(data, lambda words: _the_one(store, words)), SOURCE)
        listed = amend_list(store.companies.listed(SOURCE), id_of(data), said)
        told = Told(source=SOURCE, report=store.companies.keep(listed, SOURCE, now), deed="kept")
        there = any(company.id == id_of(data) for company in store.companies.book().companies)
        return told, _known(store, house, id_of(data)) if there else None

    told, known = await house.desk.apart(write)
    return _company_page(house, visitor, known, told) if known else await _book_page(house, visitor, "", told)


@post("/my/companies/import", status_code=200, include_in_schema=False)
async def import_list(house: TheHouse, visitor: TheVisitor, data: Upload) -> Response[bytes]:
    """Lay a list over the book, or only tell what it would do (`try` is 1)."""
    from broadsheet.annotate import read_companies

    name, body = await upload_of(data, "list", LARGEST_LIST)
    now = house.now()

    def lay(store: Store) -> Told:
        listed = read_companies(body, name)
        source = listed.source or Path(name).name[:LONGEST_NAME]
        if data.get("try") == "1":
            return Told(source=source, report=store.companies.weigh(listed, source, now), deed="weighed")
        return Told(source=source, report=store.companies.keep(listed, source, now), deed="kept")

    return await _book_page(house, visitor, "", await house.desk.apart(lay))


@post("/my/companies/forget", status_code=200, include_in_schema=False)
async def forget_list(house: TheHouse, visitor: TheVisitor, data: Form) -> Response[bytes]:
    """Take the list of a source from the book."""
    source = data.get("source", "")
    report = await house.desk.apart(lambda store: store.companies.forget(source))
    return await _book_page(house, visitor, "", Told(source=source, report=report, deed="forgotten"))


async def _book_page(house: House, visitor: Visitor, question: str, told: Told | None = None) -> Response[bytes]:
    answer = await house.desk.ask(lambda store: _answer(store, question.strip()))
    context = {"answer": answer, "told": told, "most": MOST_FOUND, "written": Written(), "here": SOURCE, **_form()}
    return print_page(house, visitor, "my-companies.html", HERE, context)


def _company_page(house: House, visitor: Visitor, known: Known, told: Told | None = None) -> Response[bytes]:
    context = {"known": known, "told": told, "written": known.written, **_form()}
    return print_page(house, visitor, "my-company.html", f"my/companies/{known.company.id}/index.html", context)


def _form() -> dict[str, object]:
    return {"kinds": get_args(Tie), "more_ties": MORE_TIES, "most_told": MOST_TOLD}


def _answer(store: Store, question: str) -> Answer:
    return Answer(
        question=question,
        found=store.companies.find(question)[: MOST_FOUND + 1] if question else (),
        lists=store.companies.lists(),
        count=len(store.companies.book().companies),
    )


def _known(store: Store, house: House, company_id: str) -> Known:
    company, book = store.companies.company(company_id), store.companies.book()
    ties = [tie for tie in book.ties if company_id in (tie.company, tie.other)]
    ends = {end for tie in ties for end in (tie.company, tie.other)}
    return Known(
        company=company,
        ties=ties,
        named={one.id: one.names[0].text for one in book.companies if one.id in ends},
        sources=store.companies.sources(company),
        written=written_of(store.companies.listed(SOURCE), company_id),
        is_published=(house.config.site_folder / "c" / company_id / "index.html").is_file(),
    )


def _the_one(store: Store, words: str) -> str:
    found = store.companies.find(words)
    if len(found) != 1:
        several = ", ".join(company.id for company in found[:5])
        raise ConfigError(
            words, f"may be {several}: say which by its id" if found else "is no company of the book: add it first"
        )
    return found[0].id
