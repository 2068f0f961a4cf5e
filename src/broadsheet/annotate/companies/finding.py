"""Companies found by what a person types: an id, a code in any form, a name or a part of one."""

from collections.abc import Iterator

from broadsheet.annotate.companies.codes import write_code
from broadsheet.annotate.companies.naming import plain_name
from broadsheet.annotate.folding import fold
from broadsheet.model import Company, CompanyBook


def find_companies(book: CompanyBook, words: str) -> tuple[Company, ...]:
    """Find the companies of an id, else of a code, else of a name, else those with these words in a name."""
    wanted = fold(words.strip())
    for found in (_by_id(book, wanted), _by_code(book, wanted), _by_name(book, wanted), _by_part(book, wanted)):
        companies = tuple(found)
        if companies and wanted:
            return companies
    return ()


def _by_id(book: CompanyBook, wanted: str) -> Iterator[Company]:
    return (company for company in book.companies if company.id == wanted)


def _by_code(book: CompanyBook, wanted: str) -> Iterator[Company]:
    """A code may lack its exchange, or be written as an id is: 600733, sh600733, 600733-sh."""
    code = write_code(wanted) or write_code(wanted.replace("-", "."))
    bare = wanted.upper().lstrip("0")
    for company in book.companies:
        if any(one.code == code or one.code.rpartition(".")[0].lstrip("0") == bare for one in company.securities):
            yield company


def companies_named(book: CompanyBook, name: str) -> tuple[Company, ...]:
    """Find the companies of exactly this name, whichever way lists of securities print it."""
    return tuple(_by_name(book, fold(name.strip())))


def _by_name(book: CompanyBook, wanted: str) -> Iterator[Company]:
    plain = plain_name(wanted)
    core = _unspaced(plain)
    for company in book.companies:
        if any(_is_name(fold(name.text), wanted, plain, core) for name in company.names):
            yield company


def _is_name(folded: str, wanted: str, plain: str, core: str) -> bool:
    """Tell whether a name is the one wanted; making it plain takes time, and only takes blanks and ends away."""
    return folded == wanted or (core in _unspaced(folded) and plain_name(folded) == plain)


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _by_part(book: CompanyBook, wanted: str) -> Iterator[Company]:
    return (company for company in book.companies if any(wanted in fold(name.text) for name in company.names))
