"""What a web page says of its article besides the text: in meta elements, in JSON-LD, in its title and its `time`."""

from collections.abc import Iterator, Mapping

import msgspec
from lxml.html import HtmlElement
from msgspec import Struct

from broadsheet.clean.tables import column
from broadsheet.clean.words.titles import plain

_NAMES: Mapping[str, str] = {
    name: what
    for what in ("title", "published", "updated", "author", "image", "language")
    for name in column("metadata", what)
}
_RANKS = {name: rank for rank, name in enumerate(_NAMES)}
_ARTICLES = frozenset(column("metadata", "article"))
_LONGEST = 500
_MOST = 2_000_000
_DEEPEST = 6


class PageSays(Struct, frozen=True, kw_only=True):
    """The page's own words: dates as they are written, addresses as they stand in it; absent is empty."""

    title: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    image: str = ""
    language: str = ""


def read_metadata(root: HtmlElement) -> PageSays:
    """Read what a page says of its article: JSON-LD of schema.org first, then its meta elements, then its markup."""
    metas = _metas(root)
    linked = next(_articles(root), {})
    authors = tuple(_people(linked.get("author"))) or tuple(_authors(metas.get("author", "")))
    return PageSays(
        title=_line(linked.get("headline")) or metas.get("title", "") or _heading(root),
        published=_line(linked.get("datePublished")) or metas.get("published", "") or _time(root),
        updated=_line(linked.get("dateModified")) or metas.get("updated", ""),
        authors=tuple(dict.fromkeys(authors)),
        image=metas.get("image", ""),
        language=_line(root.get("lang")) or metas.get("language", ""),
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    """Give for each thing what the meta element of the best name says."""
    found: dict[str, tuple[int, str]] = {}
    for meta in root.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        value = _line(meta.get("content"))
        if not value or name not in _NAMES:
            continue
        rank, what = _RANKS[name], _NAMES[name]
        if what not in found or rank < found[what][0]:
            found[what] = rank, value
    return {what: value for what, (_, value) in found.items()}


def _articles(root: HtmlElement) -> Iterator[Mapping[str, object]]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            yield from _described(_json(script.text or ""), 0)


def _json(text: str) -> object:
    try:
        return msgspec.json.decode(text) if len(text) <= _MOST else None
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _described(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    """Find the articles that JSON-LD describes, alone, in a list, in a graph or as what a page is mainly about."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _described(one, depth + 1)
    elif isinstance(data, dict):
        if not _ARTICLES.isdisjoint(_types(data.get("@type"))):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _described(data.get(key), depth + 1)


def _types(stated: object) -> list[str]:
    return [str(one) for one in (stated if isinstance(stated, list) else [stated])]


def _people(stated: object) -> Iterator[str]:
    for one in stated if isinstance(stated, list) else [stated]:
        named = _line(one.get("name") if isinstance(one, dict) else one)
        if named:
            yield named


def _authors(stated: str) -> Iterator[str]:
    """An author who is an address is the page's profile somewhere, not a name."""
    if stated and "://" not in stated:
        yield stated


def _heading(root: HtmlElement) -> str:
    """Take the only heading of the first order, else the title of the document."""
    heads = [text for head in root.iter("h1") if (text := _line(head.text_content()))]
    if len(heads) == 1:
        return heads[0]
    return next((text for title in root.iter("title") if (text := _line(title.text_content()))), "")


def _time(root: HtmlElement) -> str:
    """Take a moment that is marked as that of publication, else the only one there is."""
    times = [(time, stamp) for time in root.iter("time") if (stamp := _line(time.get("datetime")))]
    marked = [stamp for time, stamp in times if time.get("pubdate") is not None or _says_published(time)]
    if marked:
        return marked[0]
    return times[0][1] if len({stamp for _, stamp in times}) == 1 else ""


def _says_published(time: HtmlElement) -> bool:
    return (time.get("itemprop") or "").lower() == "datepublished"


def _line(value: object) -> str:
    return plain(value, "html")[:_LONGEST] if isinstance(value, str) else ""
