"""The company book that ships with Broadsheet, and lists laid over it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from msgspec.structs import asdict, replace

from broadsheet.annotate.companies.codes import id_of, mic_of
from broadsheet.annotate.companies.handwritten import read_handwritten
from broadsheet.annotate.companies.naming import common_names, plain_name
from broadsheet.annotate.folding import fold
from broadsheet.model import Company, CompanyBook, CompanyList, CompanyName, CompanyTie, NameKind, Security

_FOREIGN_SHARES = ("200", "900")

Doubts = tuple[str, ...]


@cache
def curated_book() -> CompanyBook:
    """Read `companies.toml`: issuers that news of technology, cars and markets names most."""
    folder = files("broadsheet.annotate.companies")
    listed = read_handwritten((folder / "companies.toml").read_text("utf-8"), "companies.toml")
    renamed = (folder / "renamed.tsv").read_text("utf-8").splitlines()
    companies = [_renamed(*line.split("\t")) for line in renamed if not line.startswith("#")]
    return CompanyBook(companies=(*listed.companies, *companies), ties=listed.ties)


def _renamed(code: str, name: str, former: str) -> Company:
    """Read a row of `renamed.tsv`; a former name stands for the name where that is not given."""
    common = common_names()
    names = [CompanyName(text=name)] if name != "-" else []
    kind: NameKind = "former" if names else "short"
    names += [CompanyName(text=text, kind=kind, common_word=text in common) for text in former.split()]
    return Company(id=id_of(code), names=tuple(names), securities=(Security(code=code, mic=mic_of(code)),))


def merge_book(book: CompanyBook, *lists: CompanyList) -> tuple[CompanyBook, tuple[Doubts, ...]]:
    """Lay lists over a book, each above those before it; what is doubted of each list, in words.

    An issuer known by its id or by a code gains names, listings and dates, others are new. A name that the book
    gives to another company is doubted: it is added, ambiguous from now on. Where a list was written by hand its
    names lead, and its ids stand in place of those made of codes.
    """
    merging = _Merging(book)
    doubted = tuple(tuple(merging.lay(listed)) for listed in lists)
    return CompanyBook(companies=tuple(merging.companies.values()), ties=tuple(merging.ties.values())), doubted


class _Merging:
    """A book while lists are laid over it."""

    def __init__(self, book: CompanyBook) -> None:
        self.companies = {company.id: company for company in book.companies}
        self.ties = {_ends(tie): tie for tie in book.ties}
        self._owners = {security.code: company.id for company in book.companies for security in company.securities}
        self._named = {plain_name(name.text): company.id for company in book.companies for name in company.names}
        self._meant: dict[str, str] = {}

    def lay(self, listed: CompanyList) -> Iterator[str]:
        """Lay one list over it; yields what is doubted."""
        for company in listed.companies:
            known = self._known(company)
            if known is None:
                yield from self._add(company)
            else:
                if listed.own:
                    known = self._named_by_hand(known, company)
                    yield from self._move_codes(known, company)
                self._meant[company.id] = known
                yield from self._grow(known, company, own=listed.own)
        for tie in listed.ties:
            yield from self._tie(tie)

    def _known(self, company: Company) -> str | None:
        """Find the company that is meant: by its id, by a code, or a B share by the name of its A share."""
        if company.id in self.companies:
            return company.id
        known = next((self._owners[one.code] for one in company.securities if one.code in self._owners), None)
        if known is None and company.id.startswith(_FOREIGN_SHARES):
            return self._named.get(plain_name(company.names[0].text))
        return known

    def _add(self, company: Company) -> Iterator[str]:
        names = tuple(name for name in company.names if name.kind != "wrong")
        if names:
            yield from self._shared(company.id, names)
            self._keep(replace(company, names=names))
        else:
            yield f"{company.id} has no name, and is no company of the book"

    def _grow(self, known: str, company: Company, *, own: bool) -> Iterator[str]:
        grown = _grown(self.companies[known], company, own=own)
        yield from self._shared(known, grown.names)
        self._keep(grown)

    def _shared(self, identity: str, names: Iterable[CompanyName]) -> Iterator[str]:
        """Doubt the names that a company gets and that another has."""
        for name in names:
            other = self._named.setdefault(plain_name(name.text), identity)
            if other != identity and name.kind != "former" and name not in self._names(identity):
                yield f"{name.text} ({identity}) is also a name of {other}"

    def _names(self, identity: str) -> tuple[CompanyName, ...]:
        return self.companies[identity].names if identity in self.companies else ()

    def _keep(self, company: Company) -> None:
        self.companies[company.id] = company
        self._owners |= {security.code: company.id for security in company.securities}

    def _named_by_hand(self, known: str, company: Company) -> str:
        """Give a company the id that a person chose, in place of one made of a code."""
        if known == company.id or known not in map(id_of, self._codes(known)):
            return known
        self._meant[known] = company.id
        self.companies[company.id] = replace(self.companies.pop(known), id=company.id)
        moved = [self._at_its_ends(tie) for tie in self.ties.values()]
        self.ties = {_ends(tie): tie for tie in moved}
        self._keep(self.companies[company.id])
        return company.id

    def _codes(self, known: str) -> tuple[str, ...]:
        return tuple(security.code for security in self.companies[known].securities)

    def _move_codes(self, known: str, company: Company) -> Iterator[str]:
        """A person knows better whose a code is."""
        for security in company.securities:
            other = self._owners.get(security.code, known)
            if other != known:
                left = tuple(one for one in self.companies[other].securities if one.code != security.code)
                self.companies[other] = replace(self.companies[other], securities=left)
                yield f"{security.code} was of {other}, and is of {known} now"

    def _tie(self, tie: CompanyTie) -> Iterator[str]:
        meant = self._at_its_ends(tie)
        strangers = [end for end in (meant.company, meant.other) if end not in self.companies]
        if not strangers:
            self.ties[_ends(meant)] = meant
        for stranger in strangers:
            yield f"{tie.company} {tie.tie} {tie.other}: {stranger} is no company of the book"

    def _at_its_ends(self, tie: CompanyTie) -> CompanyTie:
        """Let a tie join companies of the book, which a list may call by a code or by an id of its own."""
        return replace(tie, company=self._end(tie.company), other=self._end(tie.other))

    def _end(self, given: str) -> str:
        found = self._meant.get(given, given)
        return found if found in self.companies else self._owners.get(given, given)


def _ends(tie: CompanyTie) -> tuple[str, str, str]:
    return tie.company, tie.tie, tie.other


def _grown(company: Company, listed: Company, *, own: bool) -> Company:
    """Add what a list says of a company; what both say is as the list has it."""
    return Company(
        id=company.id,
        names=tuple(_grown_names(company, listed, own=own)),
        securities=tuple(_grown_securities(company, listed)),
        outlet=company.outlet or listed.outlet,
    )


def _grown_names(company: Company, listed: Company, *, own: bool) -> list[CompanyName]:
    """Put names together, those by hand first, former ones last; without those that are said to be wrong."""
    names = _named_by_person(company, listed) if own else _named_by_list(company, listed)
    return sorted(names or company.names, key=lambda name: name.kind == "former")


def _named_by_person(company: Company, listed: Company) -> list[CompanyName]:
    told = {(fold(name.text), name.language) for name in listed.names}
    wrong = {fold(name.text) for name in listed.names if name.kind == "wrong"}
    left = (name for name in company.names if (fold(name.text), name.language) not in told)
    return [name for name in (*listed.names, *left) if fold(name.text) not in wrong]


def _named_by_list(company: Company, listed: Company) -> list[CompanyName]:
    """Add names that differ from all known by more than a mark; one in use that the list calls former is former."""
    today = {_form(name) for name in listed.names if name.kind != "former"}
    former = {_form(name) for name in listed.names} - today
    left = [name for name in company.names if name.kind == "former" or _form(name) not in former]
    known = {_form(name) for name in left}
    return [*left, *(name for name in listed.names if _form(name) not in known)]


def _form(name: CompanyName) -> tuple[str, str]:
    return plain_name(name.text), name.language


def _grown_securities(company: Company, listed: Company) -> Iterator[Security]:
    new = {security.code: security for security in listed.securities}
    for security in company.securities:
        yield replace(security, **_told(new.pop(security.code, security)))
    yield from new.values()


def _told(security: Security) -> Mapping[str, object]:
    return {field: value for field, value in asdict(security).items() if value}
