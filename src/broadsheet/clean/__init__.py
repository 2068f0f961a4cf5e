"""Room clean: an entry as its feed said it becomes a whole, calm and harmless article."""

from broadsheet.clean.body import CleanOptions
from broadsheet.clean.entry import clean_entry, post_digest
from broadsheet.clean.pages.article import clean_article
from broadsheet.clean.pages.pagearticle import PageArticle, find_article
from broadsheet.clean.sanitise import sanitise
from broadsheet.clean.words.text import visible_text

__all__ = [
    "CleanOptions",
    "PageArticle",
    "clean_article",
    "clean_entry",
    "find_article",
    "post_digest",
    "sanitise",
    "visible_text",
]
