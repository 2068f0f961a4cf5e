"""Facts found in texts: companies, moves of their shares, what is claimed of them and who said it."""

from broadsheet.annotate.book import curated_book, merge_book
from broadsheet.annotate.importing import read_companies
from broadsheet.annotate.lookup import NameBook
from broadsheet.annotate.output import annotations_json
from broadsheet.annotate.post import annotate_post

__all__ = ["NameBook", "annotate_post", "annotations_json", "curated_book", "merge_book", "read_companies"]
