"""Companies found by what a person types: an id, a code in any form, a name or a part of one."""

from collections.abc import Iterator

from broadsheet.annotate.codes import write_code
from broadsheet.annotate.folding import fold
from broadsheet.annotate.naming import plain_name
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


def _by_name(book: CompanyBook, wanted: str) -> Iterator[Company]:
    plain = plain_name(wanted)
    for company in book.companies:
        if any(fold(name.text) == wanted or plain_name(name.text) == plain for name in company.names):
            yield company


def _by_part(book: CompanyBook, wanted: str) -> Iterator[Company]:
    return (company for company in book.companies if any(wanted in fold(name.text) for name in company.names))
