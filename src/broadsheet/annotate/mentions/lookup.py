"""The names of a company book made ready to be found in texts: ten thousand at once, the leftmost longest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct

from broadsheet.annotate.companies.naming import plain_name
from broadsheet.annotate.folding import fold
from broadsheet.annotate.mentions.stems import stems_of
from broadsheet.annotate.tables import rows
from broadsheet.model import Company, CompanyBook, CompanyName, CompanyRelation

_DEEPEST = 4
"""How many ties up or down a listing is looked for."""


class Named(Struct, frozen=True):
    """One name of one company."""

    company: Company
    name: CompanyName

    def is_valid(self, day: date) -> bool:
        """Tell whether the company bore the name then, or had borne it."""
        return self.name.since is None or self.name.since <= day


class Kinship(Struct, frozen=True):
    """A company without a listing, seen from the listed companies it is tied to, the nearest first."""

    relation: CompanyRelation
    issuers: tuple[Company, ...] = ()


class Hit(Struct, frozen=True):
    """A name found: `text[start:end]`, and whose name it can be; nobody's where the words only look like a name."""

    start: int
    end: int
    named: tuple[Named, ...]
    plain: bool = False
    """Whether it is nothing but a name: no common word, and no outlet that others cite."""


class NameBook:
    """A company book with its names indexed; made once, used for many texts."""

    def __init__(self, book: CompanyBook) -> None:
        self.companies = {company.id: company for company in book.companies}
        self._ties = book.ties
        self._named = _index(book.companies)
        for row in rows("masks"):
            for mask in row[1].split():
                self._named.setdefault(fold(mask), ())
        self._entries = tuple((named, _is_plain(named)) for named in self._named.values())
        self._stems: dict[str, tuple[str, ...]] = {}
        self._automaton = AhoCorasick(list(self._named), matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def codes(self) -> Mapping[str, Company]:
        """Give the issuer of each code."""
        return {security.code: company for company in self.companies.values() for security in company.securities}

    @cached_property
    def _kinships(self) -> Mapping[str, Kinship]:
        ties: dict[str, list[tuple[CompanyRelation, str]]] = defaultdict(list)
        for tie in self._ties:
            if tie.tie == "parent":
                ties[tie.company].append(("parent", tie.other))
            elif tie.tie in ("controls", "jv"):
                ties[tie.other].append(("jv" if tie.tie == "jv" else "subsidiary", tie.company))
            elif tie.tie == "subsidiary":
                ties[tie.company].append(("subsidiary", tie.other))
        return {identity: self._kinship(found, ties) for identity, found in ties.items()}

    def _kinship(
        self, found: Iterable[tuple[CompanyRelation, str]], ties: Mapping[str, list[tuple[CompanyRelation, str]]]
    ) -> Kinship:
        relation, issuers = None, []
        for step, start in found:
            identity = start
            for _ in range(_DEEPEST):
                if self.companies[identity].securities:
                    issuers.append(self.companies[identity])
                    relation = relation or step
                    break
                identity = next((other for way, other in ties.get(identity, ()) if way == step), identity)
        return Kinship(relation or "unlisted", tuple(issuers))

    def find(self, folded: str) -> Iterator[Hit]:
        """Find the names in a folded text."""
        for number, start, end in self._automaton.find_matches_as_indexes(folded):
            yield Hit(start, end, *self._entries[number])

    def named(self, name: str) -> tuple[Named, ...]:
        """Give the companies of exactly this name."""
        return self._named.get(plain_name(name)) or self._named.get(fold(name), ())

    def stems(self, company: Company) -> tuple[str, ...]:
        """Give what texts call a company once they have said its name."""
        if company.id not in self._stems:
            self._stems[company.id] = stems_of(company)
        return self._stems[company.id]

    def kinship(self, company: Company) -> Kinship:
        """Say how a company without a listing stands to listed ones."""
        return self._kinships.get(company.id, Kinship("unlisted"))


def _is_plain(named: Iterable[Named]) -> bool:
    return not any(one.name.common_word or one.company.outlet for one in named)


def _index(companies: Iterable[Company]) -> dict[str, tuple[Named, ...]]:
    """Collect the names by the forms in which texts may have them."""
    found: dict[str, dict[str, Named]] = defaultdict(dict)
    for company in companies:
        for name in company.names:
            for form in {fold(name.text), plain_name(name.text)}:
                if len(form) > 1:
                    found[form].setdefault(company.id, Named(company, name))
    return {form: tuple(named.values()) for form, named in found.items()}
