"""The article of a page that no feed told of: what the page says of it, and its markup."""

from collections import Counter

from msgspec import Struct

from broadsheet.clean.pages.article import NoArticle
from broadsheet.clean.pages.extract import extract
from broadsheet.clean.pages.metadata import PageSays, read_metadata
from broadsheet.clean.pages.page import parse_page, read_tree


class PageArticle(Struct, frozen=True, kw_only=True):
    """An article found on a page: its markup, not clean yet, with the base of the addresses in it."""

    says: PageSays
    markup: str
    base: str


def find_article(markup: str, address: str) -> PageArticle | NoArticle:
    """Find the article on the page at `address`, by the rules by which an entry's full text is read.

    Never raises; where the page does not give a whole article, the answer is why: there is none on it, readers must
    pay, or it goes on on other pages.
    """
    root = parse_page(markup)
    if root is None:
        return "no-article"
    says = read_metadata(root)
    changes: Counter[str] = Counter()
    page = read_tree(root, address, changes)
    if page.lack is not None:
        return page.lack
    found = extract(page.body, changes)
    if not found.strip():
        return "no-article"
    return PageArticle(says=says, markup=found, base=page.base)
