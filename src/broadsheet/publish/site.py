"""The whole site as a stream of pages, none of them printed before it is asked for."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from broadsheet.model import Edition, Page
from broadsheet.publish.feeds.storyfeeds import story_feed_pages
from broadsheet.publish.feeds.syndication import feed_out_pages
from broadsheet.publish.feeds.watchfeeds import watch_feed_pages
from broadsheet.publish.findings.record import lay_out_record
from broadsheet.publish.layout import lay_out
from broadsheet.publish.pages.companies import company_pages
from broadsheet.publish.pages.front import front_pages
from broadsheet.publish.pages.health import health_pages
from broadsheet.publish.pages.listings import archive_pages, section_pages
from broadsheet.publish.pages.posts import post_pages
from broadsheet.publish.pages.sitemap import sitemap_pages
from broadsheet.publish.pages.stories import story_pages
from broadsheet.publish.press import Press
from broadsheet.publish.search.pages import search_pages
from broadsheet.publish.theme import Theme


def render_site(edition: Edition, theme: Theme) -> Iterator[Page]:
    """Plan every file of the site, each path once.

    A page's digest comes from its inputs alone; only `Page.render` reads posts from the edition's shelf.
    """
    layout = lay_out(edition, theme.almanac, theme.words.gettext("Unfiled"))
    press = Press(edition, theme, layout, lay_out_record(edition, theme.almanac))
    yield from _fixed_pages(press)
    yield from front_pages(press)
    yield from section_pages(press)
    yield from archive_pages(press)
    yield from health_pages(press)
    yield from feed_out_pages(press)
    yield from sitemap_pages(press)
    yield from post_pages(press)
    yield from search_pages(press)
    yield from story_pages(press)
    yield from story_feed_pages(press)
    yield from watch_feed_pages(press)
    yield from company_pages(press)


def _fixed_pages(press: Press) -> Iterator[Page]:
    for path, content in press.theme.assets.items():
        yield Page(path=path, digest=press.theme.fingerprint(path), render=partial(bytes, content))
    # A server shows this page at any depth, so it alone names its links from the server's root.
    top = urlsplit(press.theme.paper.address).path or "/"
    yield press.page("404.html", "404.html", (), lambda: {"root": top})
