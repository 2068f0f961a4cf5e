"""For machines that visit: the sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import TypeVar

from broadsheet.model import Page, PostRef, iso
from broadsheet.publish.press import Press
from broadsheet.publish.sections import walk

# The protocol's own limit on addresses in one file.
LIMIT = 50_000
Listed = TypeVar("Listed")


def sitemap_pages(press: Press) -> Iterator[Page]:
    """Plan robots.txt, the sitemap's index, and the sitemaps of the standing pages, the stories and each month."""
    names = ["sitemap-pages.xml"]
    yield _sitemap(press, names[0], ["", *(section.href for section in walk(press.layout.sections))])
    for name, stories in _parts("sitemap-stories", sorted(press.edition.stories, key=attrgetter("id"))):
        names.append(name)
        dates = [iso(story.changed_at) for story in stories]
        yield _sitemap(press, name, [f"s/{story.id}/" for story in stories], dates)
    for name, refs in _months(press):
        names.append(name)
        yield _sitemap(press, name, [f"p/{ref.id}/" for ref in refs])
    yield press.page("sitemap.xml", "sitemap-index.xml", names, lambda: {"names": names})
    yield press.page("robots.txt", "robots.txt", (), dict)


def _sitemap(press: Press, name: str, hrefs: Sequence[str], dates: Sequence[str] = ()) -> Page:
    """List pages, with the moment each changed last where that is known of all."""
    return press.page(
        name, "sitemap.xml", [*hrefs, *dates], lambda: {"places": list(zip_longest(hrefs, dates, fillvalue=""))}
    )


def _months(press: Press) -> Iterator[tuple[str, Sequence[PostRef]]]:
    """Cut the posts into sitemaps, newest month first."""
    days = groupby(press.layout.by_day.items(), key=lambda item: item[0].isoformat()[:7])
    months: dict[str, list[PostRef]] = {}
    for month, group in days:
        months.setdefault(month, []).extend(ref for _, refs in group for ref in refs)
    for month, refs in months.items():
        yield from _parts(f"sitemap-{month}", refs)


def _parts(name: str, listed: Sequence[Listed]) -> Iterator[tuple[str, Sequence[Listed]]]:
    """Cut a list over the limit into several files; the first has the plain name."""
    for start in range(0, len(listed), LIMIT):
        part = f"-{start // LIMIT + 1}" if start else ""
        yield f"{name}{part}.xml", listed[start : start + LIMIT]
