"""The article of a page, cleaned like what a feed says, where it is the one the feed tells of."""

from collections import Counter
from typing import Literal

from msgspec.structs import replace

from broadsheet.clean.body import CleanOptions, chosen_body
from broadsheet.clean.entry import DEFAULTS, clean_entry
from broadsheet.clean.pages.extract import extract
from broadsheet.clean.pages.likeness import share_said
from broadsheet.clean.pages.page import read_page
from broadsheet.model import CleanEntry, ParsedEntry

NoArticle = Literal["no-article", "paywall", "several-pages", "no-longer", "other-page"]
_LEAST_SAID = 0.4


def clean_article(
    entry: ParsedEntry, own: CleanEntry, markup: str, address: str, options: CleanOptions = DEFAULTS
) -> CleanEntry | NoArticle:
    """Read the article of the page at `address` and clean it; `own` is the entry as its feed's text was cleaned.

    Title, link and language stay the feed's where it has them; what it said becomes the summary, unless the article
    just begins so. Never raises; where the page does not give the whole article of this entry, the answer is why:
    there is none on it, readers must pay, it goes on on other pages, it has no more text than the feed gave, or it
    hardly says what the feed says.
    """
    changes: Counter[str] = Counter()
    page = read_page(markup, address, changes)
    if page is None:
        return "no-article"
    if page.lack is not None:
        return page.lack
    found = extract(page.body, changes)
    if not found.strip():
        return "no-article"
    whole = clean_entry(_with_content(entry, found, page.base), page.base, options)
    said, told = _body(whole), _body(own)
    if share_said(told or own.title, said) < _LEAST_SAID:
        return "other-page"
    if len(said) <= len(told):
        return "no-longer"
    return replace(
        whole,
        title=own.title,
        text=f"{own.title}\n{said}",
        link=own.link,
        language=own.language or whole.language,
        changes=dict(sorted((Counter(whole.changes) + changes).items())),
    )


def _with_content(entry: ParsedEntry, found: str, base: str) -> ParsedEntry:
    """The entry as if its feed had carried the article, and what it did carry as a summary."""
    said, kind = chosen_body(entry)
    return replace(entry, summary=said, summary_type=kind, content=found, content_type="html", base_url=base)


def _body(clean: CleanEntry) -> str:
    return clean.text.partition("\n")[2]
