"""The company book of the paper: what ships with Broadsheet, and above it the lists that were imported."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import msgspec

from broadsheet.errors import NotFoundError
from broadsheet.model import BookReport, BookState, Company, CompanyBook, CompanyList, CompanyTie, KeptList
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import json_of

_SHIPPED = tuple(
    Path(__file__).parents[1] / "annotate" / "companies" / name for name in ("companies.toml", "renamed.tsv")
)
_MERGED_BY = b"1"
"""A new number for a new way to lay lists over each other."""

_ENCODER = msgspec.msgpack.Encoder()
_COMPANY = msgspec.msgpack.Decoder(Company)
_TIES = msgspec.msgpack.Decoder(tuple[CompanyTie, ...])

Lists = Mapping[str, CompanyList]
_Merged = tuple[CompanyBook, dict[str, tuple[str, ...]]]


class Companies:
    """The paper's company book; what only reads it leaves the room of annotations alone where it can.

    Every method raises StoreError where the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: tuple[str, _Merged] | None = None

    def book(self) -> CompanyBook:
        """All companies, each id and each code once: the curated ones, with every list laid over them."""
        return self._today()[0]

    def digest(self) -> str:
        """A digest of the book, 16 hexadecimal digits: another for another book; the book is not read for it."""
        found = blake2b(_MERGED_BY, digest_size=8)
        for file in _SHIPPED:
            found.update(file.read_bytes())
        for _, source, own, _, digest, _ in self._engine.rows("company_lists"):
            found.update(f"{source}\0{own}\0{digest}\0".encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    def company(self, company_id: str) -> Company:
        """The company with this id; NotFoundError if there is none."""
        found = next((company for company in self.book().companies if company.id == company_id), None)
        if found is None:
            raise NotFoundError(
                company_id, "no company has this id; `broadsheet show company NAME` finds them by name"
            )
        return found

    def find(self, words: str) -> tuple[Company, ...]:
        """The companies of an id, else of a code, else of a name, else those with these words in a name."""
        from broadsheet.annotate import find_companies

        return find_companies(self.book(), words)

    def lists(self) -> list[KeptList]:
        """The lists that were imported, those written by hand last."""
        counts: dict[int, int] = dict(self._engine.rows("count_companies"))
        return [
            KeptList(source=source, imported_at=from_us(at), companies=counts.get(num, 0), own=bool(own))
            for num, source, own, at, _, _ in self._engine.rows("company_lists")
        ]

    def listed(self, source: str) -> CompanyList:
        """The list of a source as it is kept; an empty one where there is none."""
        return self._lists().get(source, CompanyList())

    def state(self) -> BookState:
        """How much the book holds, and what is doubted of the lists."""
        book, doubted = self._today()
        securities = {security.code for company in book.companies for security in company.securities}
        told = {source: doubts for source, doubts in doubted.items() if doubts}
        return BookState(companies=len(book.companies), securities=len(securities), doubted=told)

    def sources(self, company: Company) -> dict[str, datetime]:
        """The lists that tell of a company, each with the moment since when it tells what it does."""
        ids = [company.id, *(security.code.lower().replace(".", "-") for security in company.securities)]
        rows = self._engine.rows("lists_of_companies", ids=json_of(ids))
        return {source: from_us(changed_at) for source, changed_at in rows}

    def weigh(self, listed: CompanyList, source: str, now: datetime) -> BookReport:
        """Say what `keep` would do, and do nothing."""
        return self._weigh(listed, source, now)[1]

    def keep(self, listed: CompanyList, source: str, now: datetime) -> BookReport:
        """Keep a list in place of the one before of this source, and say what that does to the book.

        Who is named otherwise than before keeps the former name; who is no longer on a list is delisted, unless so
        many are missing that it is a list of something else. A list by hand is as it is now.
        """
        with self._engine.transaction():
            newer, report = self._weigh(listed, source, now)
            self._write(newer, source, now)
        return report

    def forget(self, source: str) -> BookReport:
        """Take the list of a source away, and say what that does to the book; NotFoundError if there is none."""
        with self._engine.transaction():
            report = self.weigh_forgetting(source)
            self._engine.write("forget_listed_of", {"source": source})
            self._engine.write("forget_company_list", {"source": source})
        return report

    def weigh_forgetting(self, source: str) -> BookReport:
        """Say what `forget` would do, and do nothing."""
        from broadsheet.annotate import compare_books

        lists = self._lists()
        if source not in lists:
            known = ", ".join(lists) or "none"
            raise NotFoundError(source, f"no list of this source was imported; the lists of this paper: {known}")
        before = self.book()
        del lists[source]
        return compare_books(before, self._merged(lists)[0], ())

    def _weigh(self, listed: CompanyList, source: str, now: datetime) -> tuple[CompanyList, BookReport]:
        from broadsheet.annotate import compare_books, succeed_list

        lists = self._lists()
        newer = succeed_list(lists.get(source, CompanyList()), listed, now.date())
        before = self.book()
        after, doubted = self._merged({**lists, source: newer})
        return newer, compare_books(before, after, (*newer.doubted, *doubted[source]))

    def _today(self) -> _Merged:
        """Give the book with what is doubted of each list; it is put together once, until a list changes."""
        digest = self.digest()
        if self._kept is None or self._kept[0] != digest:
            self._kept = digest, self._merged(self._lists())
        return self._kept[1]

    def _merged(self, lists: Lists) -> _Merged:
        """Lay the lists over the book that ships, those by hand last; what is doubted of each, by its source."""
        from broadsheet.annotate import merge_book

        order = sorted(lists, key=lambda source: lists[source].own)
        book, doubted = merge_book(self._curated, *(lists[source] for source in order))
        return book, dict(zip(order, doubted, strict=True))

    @cached_property
    def _curated(self) -> CompanyBook:
        from broadsheet.annotate import curated_book

        return curated_book()

    def _lists(self) -> dict[str, CompanyList]:
        found = {}
        for num, source, own, _, _, ties in self._engine.rows("company_lists"):
            rows = self._engine.rows("listed_companies", list=num)
            companies = tuple(_COMPANY.decode(content) for _, _, content in rows)
            found[source] = CompanyList(companies=companies, ties=_TIES.decode(ties), own=bool(own))
        return found

    def _write(self, listed: CompanyList, source: str, now: datetime) -> None:
        """Write a list over the one before; rows that say the same stay; belongs inside a transaction."""
        at = to_us(now)
        contents = [(company.id, _ENCODER.encode(company)) for company in listed.companies]
        ties = _ENCODER.encode(listed.ties)
        values = {"source": source, "own": int(listed.own), "at": at, "digest": _digest(ties, contents), "ties": ties}
        ((num,),) = self._engine.rows("keep_company_list", **values)
        known = {key: (place, content) for key, place, content in self._engine.rows("listed_companies", list=num)}
        self._engine.write_all(
            "keep_listed_company",
            (
                {"list": num, "id": key, "place": place, "at": at, "content": content}
                for place, (key, content) in enumerate(contents)
                if known.pop(key, None) != (place, content)
            ),
        )
        self._engine.write("forget_listed_companies", {"list": num, "ids": json_of(list(known))})


def _digest(ties: bytes, contents: list[tuple[str, bytes]]) -> str:
    found = blake2b(ties, digest_size=8)
    for _, content in contents:
        found.update(content)
    return found.hexdigest()
