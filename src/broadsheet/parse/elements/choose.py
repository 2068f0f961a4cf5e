"""From everything an element said to the one thing each field holds."""

from collections.abc import Hashable, Iterable, Sequence
from html import unescape
from typing import Final, TypeVar

from msgspec.structs import replace

from broadsheet.model import Category, Enclosure, ParsedEntry, ParsedFeed, Person
from broadsheet.parse.elements.draft import Draft, Link, Text
from broadsheet.parse.elements.markup import has_tags
from broadsheet.parse.elements.media import is_picture, whole_number
from broadsheet.parse.values.addresses import is_absolute

_Item = TypeVar("_Item", bound=Hashable)

_PAGES: Final = frozenset({None, "", "text/html", "application/xhtml+xml"})
_PERIOD_MINUTES: Final = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_LONGEST_TTL: Final = 525600
_NOTHING: Final = Text("", "html")
_UNTITLED: Final = Text("", "text")


def choose_entry(draft: Draft, document_base: str | None) -> ParsedEntry:
    """Make the entry of what was said about it; its markup is based on `xml:base`, its link or the document."""
    texts, words, dates = draft.texts, draft.words, draft.dates
    title = texts.get("title") or _UNTITLED
    summary = texts.get("summary") or _NOTHING
    content = texts.get("content") or _NOTHING
    body = content if content.value else summary
    link = words.get("origin") or words.get("link") or alternate(draft.links) or words.get("permalink")
    files = _files(draft)
    return ParsedEntry(
        id=words.get("id"),
        link=link,
        title=title.value or None,
        title_type=title.type,
        summary=summary.value or None,
        summary_type=summary.type,
        content=content.value or None,
        content_type=content.type,
        published=dates.get("published"),
        updated=dates.get("updated"),
        authors=authors(draft),
        categories=_categories(draft.categories),
        enclosures=files,
        images=_images(draft, files),
        language=words.get("language") or (body.language if body.value else draft.language),
        source=words.get("source"),
        comments=words.get("comments") or (_first(draft.links, "replies") if len(draft.links) > 1 else None),
        base_url=body.base or draft.base or (link if is_absolute(link) else document_base),
        original=draft.original,
    )


def choose_feed(draft: Draft, form: str, repairs: Sequence[str], entries: Iterable[ParsedEntry]) -> ParsedFeed:
    """Make the feed of what was said about it."""
    title, subtitle = draft.texts.get("title"), draft.texts.get("subtitle")
    return ParsedFeed(
        format=form,
        title=_heading(title),
        subtitle=_heading(subtitle),
        link=draft.words.get("link") or alternate(draft.links),
        self_link=_first(draft.links, "self"),
        hubs=_once([link.href for link in draft.links if _relation(link) == "hub"]),
        language=draft.words.get("language") or draft.language,
        updated=draft.dates.get("updated"),
        image=draft.words.get("image"),
        ttl_minutes=_ttl(draft),
        skip_hours=tuple(sorted(set(draft.skip_hours))),
        skip_days=_once(draft.skip_days),
        authors=authors(draft),
        categories=_once(draft.categories),
        repairs=tuple(repairs),
        new_address=draft.words.get("new_address"),
        entries=tuple(entries),
    )


def _heading(text: Text | None) -> str | None:
    """Give a feed's title: references are read where it holds no tag, so that "A &amp; B" is "A & B"."""
    if text is None:
        return None
    return unescape(text.value) if text.type == "html" and not has_tags(text.value) else text.value


def alternate(links: Sequence[Link]) -> str | None:
    """Choose the page that a feed or entry is about: an alternate of a page's type, else any alternate."""
    if len(links) == 1 and links[0].rel == "alternate":
        return links[0].href
    candidates = [link for link in links if _relation(link) == "alternate"]
    pages = [link for link in candidates if link.type in _PAGES]
    return next((link.href for link in pages or candidates), None)


def _first(links: Sequence[Link], rel: str) -> str | None:
    return next((link.href for link in links if _relation(link) == rel), None)


def _relation(link: Link) -> str:
    """Give a relation's name, which may be written as an address (RFC 4287, section 4.2.7.2)."""
    return link.rel.lower().rpartition("/")[2]


def authors(draft: Draft) -> tuple[Person, ...]:
    """Give the people named in the best way: iTunes names the show where `dc:creator` names the writer."""
    if len(draft.authors) == 1:
        return (draft.authors[0][1],)
    best = min((rank for rank, _ in draft.authors), default=0)
    return _once([person for rank, person in draft.authors if rank == best])


def _files(draft: Draft) -> tuple[Enclosure, ...]:
    links = [link for link in draft.links if _relation(link) == "enclosure"]
    if not links and not draft.enclosures:
        return ()
    unique: dict[str, Enclosure] = {}
    for file in (*draft.enclosures, *(Enclosure(url=one.href, type=one.type, length=one.length) for one in links)):
        known = unique.setdefault(file.url, file)
        unique[file.url] = replace(known, type=known.type or file.type, length=known.length or file.length)
    files = tuple(unique.values())
    origin = draft.words.get("file_origin")
    return (replace(files[0], url=origin),) if origin and len(files) == 1 else files


def _images(draft: Draft, files: Sequence[Enclosure]) -> tuple[str, ...]:
    if not files:
        return _once(draft.images)
    return _once([*draft.images, *(file.url for file in files if is_picture(file.url, file.type))])


def _once(items: Sequence[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items)) if len(items) > 1 else tuple(items)


def _categories(found: Sequence[Category]) -> tuple[Category, ...]:
    """Give each category once; most terms differ, and comparing them alone is cheap."""
    return tuple(found) if len({one.term for one in found}) == len(found) else _once(found)


def _ttl(draft: Draft) -> int | None:
    """Give the minutes between polls that the feed asks for: `ttl`, else the syndication module's period."""
    minutes = whole_number(draft.words.get("ttl"))
    period = _PERIOD_MINUTES.get((draft.words.get("period") or "").lower())
    if minutes is None and period:
        minutes = period // max(whole_number(draft.words.get("frequency")) or 1, 1)
    return min(minutes, _LONGEST_TTL) if minutes else None
