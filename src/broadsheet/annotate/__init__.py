"""Facts found in texts: companies, moves of their shares, what is claimed of them and who said it."""

from broadsheet.annotate.book import curated_book, merge_book
from broadsheet.annotate.compared import compare_books
from broadsheet.annotate.finding import companies_named, find_companies
from broadsheet.annotate.handwritten import amend_list, read_document
from broadsheet.annotate.importing import read_companies
from broadsheet.annotate.lookup import NameBook
from broadsheet.annotate.newer import succeed_list
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
