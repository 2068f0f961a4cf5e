"""Facts found in texts: companies, moves of their shares, what is claimed of them and who said it."""

from broadsheet.annotate.companies.book import curated_book, merge_book
from broadsheet.annotate.companies.compared import compare_books
from broadsheet.annotate.companies.finding import companies_named, find_companies
from broadsheet.annotate.companies.handwritten import amend_list, read_document
from broadsheet.annotate.companies.importing import read_companies
from broadsheet.annotate.companies.newer import succeed_list
from broadsheet.annotate.mentions.lookup import NameBook
from broadsheet.annotate.output import annotations_json
from broadsheet.annotate.post import annotate_post

__all__ = [
    "NameBook",
    "amend_list",
    "annotate_post",
    "annotations_json",
    "companies_named",
    "compare_books",
    "curated_book",
    "find_companies",
    "merge_book",
    "read_companies",
    "read_document",
    "succeed_list",
]
