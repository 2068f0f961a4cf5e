"""For machines that visit: the sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from broadsheet.model import Page, PostRef
from broadsheet.publish.press import Press
from broadsheet.publish.sections import walk

# The protocol's own limit on addresses in one file.
LIMIT = 50_000


def sitemap_pages(press: Press) -> Iterator[Page]:
    """Plan robots.txt, the sitemap's index, one sitemap of the standing pages and one or more per month of posts."""
    names = ["sitemap-pages.xml"]
    yield _sitemap(press, names[0], ["", *(section.href for section in walk(press.layout.sections))])
    for name, refs in _months(press):
        names.append(name)
        yield _sitemap(press, name, [f"p/{ref.id}/" for ref in refs])
    yield press.page("sitemap.xml", "sitemap-index.xml", names, lambda: {"names": names})
    yield press.page("robots.txt", "robots.txt", (), dict)


def _sitemap(press: Press, name: str, hrefs: Sequence[str]) -> Page:
    return press.page(name, "sitemap.xml", hrefs, lambda: {"hrefs": hrefs})


def _months(press: Press) -> Iterator[tuple[str, Sequence[PostRef]]]:
    """Cut the posts into sitemaps, newest month first; a month over the limit continues in a second file."""
    days = groupby(press.layout.by_day.items(), key=lambda item: item[0].isoformat()[:7])
    months: dict[str, list[PostRef]] = {}
    for month, group in days:
        months.setdefault(month, []).extend(ref for _, refs in group for ref in refs)
    for month, refs in months.items():
        for start in range(0, len(refs), LIMIT):
            part = f"-{start // LIMIT + 1}" if start else ""
            yield f"sitemap-{month}{part}.xml", refs[start : start + LIMIT]
