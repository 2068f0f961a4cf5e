"""What each element of a feed or an entry says: one reader per canonical name."""

from collections.abc import Callable, Mapping
from typing import Final

from lxml.etree import _Element

from broadsheet.model import Category
from broadsheet.parse.addresses import is_absolute, resolve
from broadsheet.parse.dates import parse_date
from broadsheet.parse.draft import Draft, Link
from broadsheet.parse.media import (
    read_enclosure,
    read_itunes_image,
    read_media_content,
    read_media_group,
    read_picture,
    read_thumbnail,
    whole_number,
)
from broadsheet.parse.names import Dispatch, canonical
from broadsheet.parse.people import read_person
from broadsheet.parse.scope import Scope, tidy_language
from broadsheet.parse.textual import plain, read_text

Reader = Callable[[_Element, Draft, Scope], None]
Readers = Dispatch[Reader]

_MEDIA_SCHEME: Final = "http://search.yahoo.com/mrss/category_schema"
_ITUNES_SCHEME: Final = "http://www.itunes.com/"


def _text(name: str, rank: int, *, markup: bool = True) -> Reader:
    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.say_text(name, rank, read_text(element, scope, markup=markup))

    return read


def _date(name: str, rank: int) -> Reader:
    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.say_date(name, rank, parse_date(plain(element), scope.dates))

    return read


def _dates(*readers: Reader) -> Reader:
    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        for reader in readers:
            reader(element, draft, scope)

    return read


def _word(name: str, rank: int) -> Reader:
    def read(element: _Element, draft: Draft, _scope: Scope) -> None:
        draft.say_word(name, rank, plain(element))

    return read


def _address(name: str, rank: int) -> Reader:
    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.say_word(name, rank, resolve(scope.enter(element).base, plain(element)))

    return read


def _person(rank: int) -> Reader:
    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.authors += [(rank, person) for person in read_person(element, scope)]

    return read


def _summary(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read a summary; a second one of the same rank is the longer text that some feeds add, and is not lost."""
    text = read_text(element, scope, markup=True)
    if text.value and draft.ranks.get("summary") == 0:
        draft.say_text("content", 4, text)
    draft.say_text("summary", 0, text)


def _content(element: _Element, draft: Draft, scope: Scope) -> None:
    source = resolve(scope.enter(element).base, element.get("src"))
    if source:
        draft.links.append(Link(source, "enclosure", element.get("type")))
    draft.say_text("content", 0, read_text(element, scope, markup=True))


def _link(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read a link of Atom (attributes) or of RSS (text)."""
    if not element.keys():
        href = resolve(scope.base, plain(element))
        draft.links += [Link(href)] if href else []
        return
    href = resolve(scope.enter(element).base, element.get("href") or plain(element))
    if href:
        rel = (element.get("rel") or "alternate").strip()
        length = whole_number(element.get("length"))
        draft.links.append(Link(href, rel, element.get("type"), element.get("title"), length))


def _guid(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read a guid: it is a link as well unless `isPermaLink` denies it (RSS 2.0)."""
    value = plain(element)
    draft.say_word("id", 0, value)
    permanent = is_absolute(value) and (element.get("isPermaLink") or element.get("ispermalink") or "true")
    if permanent and permanent.strip().lower() != "false":
        draft.say_word("permalink", 0, resolve(None, value))


def _category(element: _Element, draft: Draft, _scope: Scope) -> None:
    if not element.keys():
        term = plain(element)
        draft.categories += [Category(term=term)] if term else []
        return
    term = (element.get("term") or plain(element)).strip()
    scheme = element.get("scheme") or element.get("domain")
    if term or element.get("label"):
        draft.categories.append(
            Category(term=term or element.get("label", ""), scheme=scheme, label=element.get("label"))
        )


def _media_category(element: _Element, draft: Draft, _scope: Scope) -> None:
    term = plain(element)
    if term:
        scheme = element.get("scheme") or _MEDIA_SCHEME
        draft.categories.append(Category(term=term, scheme=scheme, label=element.get("label")))


def _itunes_category(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read a category and the subcategories inside it."""
    for each in element.iter(element.tag):
        term = (each.get("text") or plain(each)).strip()
        if term:
            draft.categories.append(Category(term=term, scheme=_ITUNES_SCHEME))


def _keywords(scheme: str | None) -> Reader:
    def read(element: _Element, draft: Draft, _scope: Scope) -> None:
        terms = plain(element).replace("，", ",").split(",")
        draft.categories += [Category(term=term.strip(), scheme=scheme) for term in terms if term.strip()]

    return read


def _source(element: _Element, draft: Draft, scope: Scope) -> None:
    """Name where an entry was taken from: the title of `atom:source`, the text or address of RSS's `source`."""
    titles = [plain(child) for child in element if canonical(child.tag, scope.own) == "title"]
    draft.say_word("source", 0, next(iter(titles), None) or plain(element) or element.get("url"))


def _skip_hours(element: _Element, draft: Draft, _scope: Scope) -> None:
    hours = (whole_number(plain(child)) for child in element)
    draft.skip_hours += [hour % 24 for hour in hours if hour is not None and hour <= 24]


def _skip_days(element: _Element, draft: Draft, _scope: Scope) -> None:
    days = (plain(child).capitalize() for child in element)
    draft.skip_days += [day for day in days if day in _WEEKDAYS]


_WEEKDAYS: Final = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


def _language(element: _Element, draft: Draft, _scope: Scope) -> None:
    draft.say_word("language", 0, tidy_language(plain(element)))


def _logo(rank: int) -> Reader:
    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        address = read_picture(element, scope)
        draft.say_word("image", rank, address)

    return read


_BOTH: Final[Mapping[str, Reader]] = {
    "title": _text("title", 0, markup=False),
    "dc:title": _text("title", 1, markup=False),
    "itunes:title": _text("title", 3, markup=False),
    "link": _link,
    "author": _person(0),
    "dc:creator": _person(0),
    "dc:author": _person(0),
    "itunes:author": _person(2),
    "googleplay:author": _person(3),
    "category": _category,
    "dc:subject": _category,
    "itunes:category": _itunes_category,
    "itunes:keywords": _keywords(_ITUNES_SCHEME),
    "media:category": _media_category,
    "media:keywords": _keywords(None),
    "language": _language,
    "dc:language": _language,
}

FEED: Final[Mapping[str, Reader]] = {
    **_BOTH,
    "id": _word("id", 0),
    "subtitle": _text("subtitle", 0),
    "tagline": _text("subtitle", 0),
    "description": _text("subtitle", 0),
    "abstract": _text("subtitle", 1),
    "dc:description": _text("subtitle", 2),
    "itunes:summary": _text("subtitle", 3),
    "itunes:subtitle": _text("subtitle", 4),
    "googleplay:description": _text("subtitle", 5),
    "managingeditor": _person(1),
    "itunes:owner": _person(4),
    "updated": _date("updated", 0),
    "lastbuilddate": _date("updated", 1),
    "modified": _date("updated", 1),
    "dcterms:modified": _date("updated", 2),
    "dc:date": _date("updated", 3),
    "pubdate": _date("updated", 4),
    "published": _date("updated", 5),
    "issued": _date("updated", 5),
    "dcterms:issued": _date("updated", 5),
    "dcterms:created": _date("updated", 6),
    "created": _date("updated", 6),
    "image": _logo(0),
    "logo": _logo(0),
    "itunes:image": _logo(1),
    "googleplay:image": _logo(2),
    "media:thumbnail": _logo(3),
    "icon": _logo(4),
    "ttl": _word("ttl", 0),
    "skiphours": _skip_hours,
    "skipdays": _skip_days,
    "sy:updateperiod": _word("period", 0),
    "sy:updatefrequency": _word("frequency", 0),
    "itunes:new-feed-url": _address("new_address", 0),
}

ENTRY: Final[Mapping[str, Reader]] = {
    **_BOTH,
    "media:title": _text("title", 4, markup=False),
    "id": _word("id", 0),
    "guid": _guid,
    "dc:identifier": _word("id", 2),
    "feedburner:origlink": _address("origin", 0),
    "description": _summary,
    "summary": _summary,
    "abstract": _text("summary", 1),
    "dc:description": _text("summary", 2),
    "itunes:summary": _text("summary", 3),
    "itunes:subtitle": _text("summary", 4),
    "googleplay:description": _text("summary", 5),
    "media:description": _text("summary", 6, markup=False),
    "media:text": _text("summary", 7, markup=False),
    "content": _content,
    "content:encoded": _text("content", 0),
    "xhtml:body": _text("content", 1),
    "body": _text("content", 1),
    "xhtml:div": _text("content", 2),
    "fullitem": _text("content", 2),
    "published": _date("published", 0),
    "pubdate": _date("published", 0),
    "issued": _date("published", 1),
    "dcterms:issued": _date("published", 1),
    "dc:date": _dates(_date("published", 2), _date("updated", 3)),
    "created": _date("published", 3),
    "dcterms:created": _date("published", 3),
    "updated": _date("updated", 0),
    "modified": _date("updated", 1),
    "dcterms:modified": _date("updated", 1),
    "lastbuilddate": _date("updated", 2),
    "tags": _keywords(None),
    "enclosure": read_enclosure,
    "media:content": read_media_content,
    "media:group": read_media_group,
    "media:thumbnail": read_thumbnail,
    "itunes:image": read_itunes_image,
    "googleplay:image": read_itunes_image,
    "image": read_itunes_image,
    "source": _source,
    "dc:source": _word("source", 1),
    "comments": _address("comments", 0),
}


def read_children(element: _Element, readers: Readers, draft: Draft, scope: Scope) -> None:
    """Let every child that the table knows say what it has to say."""
    for child in element:
        reader = readers[child.tag]
        if reader:
            reader(child, draft, scope)
