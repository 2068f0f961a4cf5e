"""One walk over the tree of an XML feed: RSS 0.90-2.0, RSS 1.0, Atom 0.3 and 1.0, CDF, and what resembles them."""

from datetime import datetime
from typing import Final

from lxml.etree import _Element
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import FeedError
from broadsheet.parse.elements.draft import Draft, Link
from broadsheet.parse.elements.markup import attributes
from broadsheet.parse.elements.readers import Readers, read_children
from broadsheet.parse.elements.scope import Scope
from broadsheet.parse.elements.textual import plain
from broadsheet.parse.elements.vocabulary import ENTRIES, ENTRY, FEED, ROOMS
from broadsheet.parse.formats.envelope import envelope, original
from broadsheet.parse.names import Dispatch, canonical
from broadsheet.parse.values.addresses import resolve
from broadsheet.parse.values.dates import date_style, parse_date

_MOST_ENTRIES: Final = 20_000
_MOST_NAMESPACES: Final = 200
_CONTAINERS: Final = frozenset({"channel", "items", "rss", "feed", "rdf:rdf"})
_WRAPPED: Final = (
    "rss",
    "{http://www.w3.org/2005/Atom}feed",
    "{http://purl.org/atom/ns#}feed",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF",
)
_RDF_PARTS: Final = frozenset({"channel", "item"})
_ROOTS: Final = (ROOMS - {"items"}) | ENTRIES
_DEEPEST_CHANNEL: Final = 4
_LANGUAGES: Final = frozenset({"language", "dc:language"})
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_RSS_11: Final = "net/rss1.1"
_RSS_090: Final = "netscape.com/rdf/simple/0.9"


class Place(Struct, frozen=True):
    """What a document cannot say of itself: its address, its feed's zone (IANA), the moment of reading."""

    base_url: str | None = None
    zone: str | None = None
    now: datetime | None = None
    originals: bool = False


class Reading(Struct, frozen=True):
    """A document read: its format, what the feed said, what each entry said; what it cost, in stable words."""

    format: str
    feed: Draft
    entries: list[Draft]
    repairs: tuple[str, ...] = ()


def read_tree(root: _Element, place: Place, *, flat: bool) -> Reading:
    """Read a tree; `flat` promises that it holds no `xml:base` and no `xml:lang`, but perhaps in its root.

    Raises:
        FeedError: "html" for a web page, "not-a-feed" for any other document.
    """
    flat = flat and canonical(root.tag) != "item"
    root = _feed_root(root)
    added = _lower_attributes(root)
    form = xml_format(root)
    said = root.get(_LANG)
    language = None if said else _language_element(root)
    if language is not None:
        said = plain(language)
    scope = Scope(
        base=_stated_base(root, place.base_url) if form == "cdf" else place.base_url,
        dates=date_style(place.zone, said, place.now),
        own=root.tag[1:].partition("}")[0] if root.tag.startswith("{") and canonical(root.tag) != "rdf:rdf" else "",
        atom=form.startswith("atom"),
        strict=form == "atom-1.0",
    )
    if flat:
        scope = replace(scope.enter(root), flat=True)
    feed, found = Draft(), list[tuple[_Element, Scope]]()
    if canonical(root.tag).endswith("entry"):
        found.append((root, scope))
    else:
        _walk(root, feed, scope, found)
    elements, entries, dropped = _read_entries(found, Dispatch(ENTRY, scope.own))
    for each, name in added:
        del each.attrib[name]
    if place.originals:
        _keep_originals(elements, entries, language)
    return Reading(form, feed, entries, (f"entries-dropped:{dropped}",) if dropped else ())


def _feed_root(root: _Element) -> _Element:
    """Find the feed in what somebody wrapped round it; put one round an item that stands alone."""
    name = canonical(root.tag).rpartition(":")[2]
    if name == "item":
        feed = root.makeelement(root.tag[: -len(name)] + "rss")
        feed.append(root)
        return feed
    return root if name in _ROOTS else next(filter(_is_feed, root.iter(*_WRAPPED)), root)


def _is_feed(element: _Element) -> bool:
    """Tell a feed from other RDF, which web pages may hold, too (a licence, for one)."""
    return canonical(element.tag) != "rdf:rdf" or any(canonical(child.tag) in _RDF_PARTS for child in element)


def _lower_attributes(root: _Element) -> list[tuple[_Element, str]]:
    """Let attributes be found under small names, too, where all is written in capitals; names what was added."""
    added = list[tuple[_Element, str]]()
    for each in root.iter() if root.tag.rpartition("}")[2].isupper() else ():
        for name, value in attributes(each):
            if name.lower() not in each.attrib and not name.startswith("{"):
                each.set(name.lower(), value)
                added.append((each, name.lower()))
    return added


def _stated_base(root: _Element, base: str | None) -> str | None:
    """Give the base that a channel of CDF states in an attribute of its own."""
    return resolve(base, root.get("BASE") or root.get("base")) or base


def _walk(node: _Element, feed: Draft, scope: Scope, found: list[tuple[_Element, Scope]], depth: int = 0) -> None:
    """Read what a root or channel says and collect its entries, in their order; channels may nest (CDF)."""
    here = scope.enter(node)
    feed.language = feed.language or here.language
    _read_attributes(node, feed, here)
    for child in node:
        name = canonical(child.tag, here.own)
        if name in ENTRIES:
            found.append((child, here))
        elif name in _CONTAINERS:
            if depth < _DEEPEST_CHANNEL:
                _walk(child, feed, here, found, depth + 1)
        elif name in FEED:
            FEED[name](child, feed, here)


def _read_entries(found: list[tuple[_Element, Scope]], readers: Readers) -> tuple[list[_Element], list[Draft], int]:
    """Read the entries, at most so many; one inside of another, which was not closed, stands behind it."""
    elements, drafts, waiting = list[_Element](), list[Draft](), found[::-1]
    while waiting and len(drafts) < _MOST_ENTRIES:
        element, around = waiting.pop()
        draft = _read_entry(element, around, readers)
        elements.append(element)
        drafts.append(draft)
        for inner in reversed(draft.inner) if element.getparent() is not None else ():
            element.addnext(inner)
            waiting.append((inner, around))
    return elements, drafts, len(waiting)


def _read_entry(element: _Element, scope: Scope, readers: Readers) -> Draft:
    here = scope.enter(element)
    draft = Draft(base=here.stated_base, language=here.language)
    _read_attributes(element, draft, here)
    read_children(element, readers, draft, here)
    return draft


def _read_attributes(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read what RDF and CDF say in attributes."""
    if not element.keys():
        return
    draft.say_word("id", 1, element.get(_ABOUT))
    href = resolve(scope.base, element.get("HREF") or element.get("href"))
    draft.links += [Link(href)] if href else []
    draft.say_date("updated", 0, parse_date(element.get("LASTMOD") or element.get("lastmod") or "", scope.dates))


def _language_element(root: _Element) -> _Element | None:
    """Find the feed's own language before its dates are read, wherever it stands: in the root or a channel."""
    for child in root:
        name = canonical(child.tag)
        if name in _LANGUAGES:
            return child
        if name.rpartition(":")[2] == "channel":
            inner = next((each for each in child if canonical(each.tag) in _LANGUAGES), None)
            if inner is not None:
                return inner
    return None


def _keep_originals(elements: list[_Element], drafts: list[Draft], language: _Element | None) -> None:
    around: _Element | None = None
    before = after = b""
    for element, draft in zip(elements, drafts, strict=True):
        parent = element.getparent()
        if parent is not None and parent is not around:
            _refuse_namespaces(parent)
            around = parent
            before, after = envelope(parent, language)
        draft.original = original(element, before, after)


def _refuse_namespaces(element: _Element) -> None:
    """Refuse what would make every entry's original as long as the document."""
    if len(element.nsmap) > _MOST_NAMESPACES:
        cause = f"the document declares {len(element.nsmap)} namespaces, as no feed does; check the address"
        raise FeedError("not-a-feed", cause)


# --- formats


def xml_format(root: _Element) -> str:
    """Name the format by its root: "rss-2.0", "rss-1.0", "atom-1.0", "atom-0.3", "cdf", or "rss" without a version.

    Raises:
        FeedError: "html" for a web page, "not-a-feed" for any other document.
    """
    name = canonical(root.tag).rpartition(":")[2]
    version = (root.get("version") or "").strip()
    if name in ("rss", "channel", "item"):
        return _rss_version(root, version)
    if name == "rdf":
        return "rss-0.90" if any(_RSS_090 in (uri or "") for uri in root.nsmap.values()) else "rss-1.0"
    if name in ("feed", "entry"):
        return "atom-0.3" if version == "0.3" or "purl.org" in root.tag else "atom-1.0"
    raise unreadable(name)


def _rss_version(root: _Element, version: str) -> str:
    if _RSS_11 in root.tag:
        return "rss-1.1"
    if root.tag in ("CHANNEL", "Channel"):
        return "cdf"
    known = len(version) <= 4 and version.replace(".", "").isdigit()
    return f"rss-{version}" if known else "rss"


def unreadable(name: str) -> FeedError:
    """Make the error for a document whose root is no feed's."""
    if name in ("html", "body", "head"):
        cause = "a web page came instead of a feed; `add` with the page's address looks for the feeds it names"
        return FeedError("html", cause)
    cause = f"the document's root is <{name[:40]}>, which is no feed format; check the address in a browser"
    return FeedError("not-a-feed", cause)
