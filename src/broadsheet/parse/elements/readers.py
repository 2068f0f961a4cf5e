"""Readers of single elements: each tells the draft what its element says."""

from collections.abc import Callable
from typing import Final

from lxml.etree import _Element

from broadsheet.model import Category
from broadsheet.parse.elements.draft import Draft, Link
from broadsheet.parse.elements.markup import attributes
from broadsheet.parse.elements.media import read_picture, whole_number
from broadsheet.parse.elements.people import read_person
from broadsheet.parse.elements.scope import Scope, tidy_language
from broadsheet.parse.elements.textual import plain, read_text
from broadsheet.parse.names import Dispatch, canonical
from broadsheet.parse.values.addresses import is_absolute, resolve
from broadsheet.parse.values.dates import parse_date

Reader = Callable[[_Element, Draft, Scope], None]
Readers = Dispatch[Reader]

_MEDIA_SCHEME: Final = "http://search.yahoo.com/mrss/category_schema"
_NO: Final = frozenset({"false", "no", "0"})
_VALUE: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}value"
ITUNES_SCHEME: Final = "http://www.itunes.com/"


def text_reader(name: str, rank: int, *, markup: bool = True) -> Reader:
    """Read a text under a name and a rank (lower is better)."""

    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.say_text(name, rank, read_text(element, scope, markup=markup))

    return read


def date_reader(name: str, rank: int) -> Reader:
    """Read a date under a name and a rank."""

    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.say_date(name, rank, parse_date(plain(element), scope.dates))

    return read


def joint_reader(*readers: Reader) -> Reader:
    """Let several readers read one element."""

    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        for reader in readers:
            reader(element, draft, scope)

    return read


def word_reader(name: str, rank: int) -> Reader:
    """Read a word as it is written."""

    def read(element: _Element, draft: Draft, _scope: Scope) -> None:
        draft.say_word(name, rank, plain(element))

    return read


def address_reader(name: str, rank: int) -> Reader:
    """Read an address given as text."""

    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.say_word(name, rank, resolve(scope.enter(element).base, plain(element)))

    return read


def read_comments(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read the address of an entry's comments; some feeds say how many there are instead, or some words."""
    said = plain(element)
    if not said.isdecimal() and len(said.split()) == 1:
        draft.say_word("comments", 0, resolve(scope.enter(element).base, said))


def read_content_items(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read the older form of RSS 1.0's content module, whose text is an `rdf:value`."""
    for value in element.iter(_VALUE):
        draft.say_text("content", 3, read_text(value, scope, markup=True))


def person_reader(rank: int) -> Reader:
    """Read a person."""

    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        draft.authors += [(rank, person) for person in read_person(element, scope)]

    return read


def read_summary(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read a summary; a second one of the same rank is the longer text that some feeds add, and is not lost."""
    text = read_text(element, scope, markup=True)
    if text.value and draft.ranks.get("summary") == 0:
        draft.say_text("content", 4, text)
    draft.say_text("summary", 0, text)


def read_content(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read Atom's content; one that lies elsewhere (`src`) is a file to attach."""
    if element.get("type") == "multipart/alternative":
        _read_alternatives(element, draft, scope.enter(element))
        return
    source = resolve(scope.enter(element).base, element.get("src"))
    if source:
        draft.links.append(Link(source, "enclosure", element.get("type")))
    draft.say_text("content", 0, read_text(element, scope, markup=True))


def _read_alternatives(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read one content in several forms (Atom 0.3), of which markup says most."""
    for child in element:
        text = read_text(child, scope, markup=True)
        draft.say_text("content", 0 if text.type == "html" else 1, text)


def read_link(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read a link of Atom (attributes) or of RSS (text)."""
    if not element.keys():
        own = resolve(scope.base, plain(element))
        draft.links += [Link(own)] if own else []
        if not scope.atom:
            draft.say_word("link", 0, own)  # beside it an `atom:link` says more, but nothing else
        return
    here = scope.enter(element)
    given = element.get("href")
    # An empty reference is the base itself (RFC 3986, section 5.2.2); of a document that states none it is a slip.
    href = here.stated_base if given == "" else resolve(here.base, given or plain(element))
    if href:
        rel = (element.get("rel") or "alternate").strip()
        length = whole_number(element.get("length"))
        draft.links.append(Link(href, rel, element.get("type"), element.get("title"), length))


def read_inner_entry(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Note an entry inside of another, which was never closed."""
    draft.inner.append(element)


def read_guid(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read a guid: it is a link as well unless `isPermaLink` denies it (RSS 2.0)."""
    value = plain(element)
    draft.say_word("id", 0, value)
    if is_absolute(value) and _permalink(element).strip().lower() not in _NO:
        draft.say_word("permalink", 0, resolve(None, value))


def _permalink(element: _Element) -> str:
    """Give what `isPermaLink` says, in any spelling."""
    names = (name for name, _ in attributes(element) if name.lower() == "ispermalink")
    return element.get("isPermaLink") or element.get(next(names, "isPermaLink")) or ""


def read_category(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read a category of RSS (text, `domain`) or of Atom (`term`, `scheme`, `label`)."""
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


def read_media_category(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read `media:category`, whose scheme has a default (Media RSS)."""
    term = plain(element)
    if term:
        scheme = element.get("scheme") or _MEDIA_SCHEME
        draft.categories.append(Category(term=term, scheme=scheme, label=element.get("label")))


def read_itunes_category(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read a category and the subcategories inside it."""
    for each in element.iter(element.tag):
        term = (each.get("text") or plain(each)).strip()
        if term:
            draft.categories.append(Category(term=term, scheme=ITUNES_SCHEME))


def keywords_reader(scheme: str | None) -> Reader:
    """Read terms between commas."""

    def read(element: _Element, draft: Draft, _scope: Scope) -> None:
        terms = plain(element).replace("，", ",").split(",")
        draft.categories += [Category(term=term.strip(), scheme=scheme) for term in terms if term.strip()]

    return read


def read_source(element: _Element, draft: Draft, scope: Scope) -> None:
    """Name where an entry was taken from: the title of `atom:source`, the text or address of RSS's `source`."""
    titles = [plain(child) for child in element if canonical(child.tag, scope.own) == "title"]
    draft.say_word("source", 0, next(iter(titles), None) or plain(element) or element.get("url"))


def read_skip_hours(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read the hours (GMT) in which nobody need ask; 24 is midnight."""
    hours = (whole_number(plain(child)) for child in element)
    draft.skip_hours += [hour % 24 for hour in hours if hour is not None and hour <= 24]


def read_skip_days(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read the days on which nobody need ask."""
    days = (plain(child).capitalize() for child in element)
    draft.skip_days += [day for day in days if day in _WEEKDAYS]


_WEEKDAYS: Final = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


def read_language(element: _Element, draft: Draft, _scope: Scope) -> None:
    """Read the feed's or entry's language."""
    draft.say_word("language", 0, tidy_language(plain(element)))


def logo_reader(rank: int) -> Reader:
    """Read the feed's picture."""

    def read(element: _Element, draft: Draft, scope: Scope) -> None:
        address = read_picture(element, scope)
        draft.say_word("image", rank, address)

    return read


def read_children(element: _Element, readers: Readers, draft: Draft, scope: Scope) -> None:
    """Let every child that the table knows say what it has to say."""
    for child in element:
        reader = readers[child.tag]
        if reader:
            reader(child, draft, scope)
