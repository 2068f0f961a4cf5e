"""A parsed fragment and the few moves the repairs need: lxml keeps text as heads and tails, these keep it whole."""

from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element as Element

from broadsheet.clean.bounds import legible_bytes
from broadsheet.clean.tables import names

__all__ = [
    "LATE_VOID",
    "VOID",
    "Element",
    "append_text",
    "attributes_of",
    "close_late_voids",
    "first",
    "head_of",
    "make",
    "names_of",
    "parse",
    "remove",
    "serialise",
    "tags_in",
    "text_of",
    "unwrap",
]

VOID = names("void")
"""Elements that never have content or an end tag (WHATWG HTML, section 13.1.2)."""

LATE_VOID = (VOID | {"image"}) - {"br", "hr", "img"}
"""Elements the parser may take for containers, though what it puts inside belongs behind them."""

_PARSER = etree.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", no_network=True)


def parse(markup: str) -> Element:
    """Parse a fragment of HTML into one `div` that holds it all; comments and processing instructions are dropped."""
    body = etree.fromstring(b"<div>" + legible_bytes(markup) + b"</div>", _PARSER)[0]
    root = body[0] if len(body) == 1 and not body.text and body[0].tag == "div" else body
    root.tag = "div"
    root.tail = None
    return root


def close_late_voids(root: Element) -> None:
    """Take out what the parser put inside void elements: it belongs behind them."""
    for element in list(root.iter(*LATE_VOID)):
        if len(element) or element.text:
            _empty(element)


def tags_in(root: Element) -> set[str]:
    """Name the kinds of elements inside."""
    return names_of(root.iterdescendants())


def names_of(elements: Iterable[Element]) -> set[str]:
    """Name the kinds of some elements."""
    return {element.tag for element in elements}


def serialise(root: Element) -> str:
    """Write the content of `root` as HTML; attribute values stay as they are, unlike in libxml2's own HTML writer."""
    if not len(root) and root.text is None:
        return ""
    written = _written(root)
    if any(piece.rpartition("<")[2].partition(" ")[0] not in VOID for piece in written[:-1]):
        _open_empty(root)
        written = _written(root)
    html = ">".join(written)
    return html[html.index(">") + 1 : -6].replace("\xa0", "&nbsp;")


def _written(root: Element) -> list[str]:
    """Write as XML, cut at the ends of empty elements: in text and values both characters of "/>" are escaped."""
    return etree.tostring(root, encoding="unicode", with_tail=False).split("/>")


def _open_empty(root: Element) -> None:
    """Give empty elements an empty text, so that they are written with an end tag."""
    for element in root.iter():
        if not len(element) and element.text is None and element.tag not in VOID:
            element.text = ""


def first(element: Element, tag: str) -> Element | None:
    """Find the first element of a kind inside another."""
    return next(element.iter(tag), None)


def head_of(element: Element) -> Element | None:
    """Name the first child; asking for it takes no time, counting all children does."""
    try:
        return element[0]
    except IndexError:
        return None


def make(tag: str, text: str | None = None) -> Element:
    """Make an element that belongs nowhere yet."""
    element = etree.Element(tag)
    element.text = text
    return element


def text_of(element: Element) -> str:
    """Join all text inside an element, as written."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, encoding="unicode", method="text", with_tail=False)


def append_text(parent: Element, text: str | None) -> None:
    """Add text behind everything inside `parent`."""
    if not text:
        return
    last = next(parent.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _put_text_before(element: Element, parent: Element, text: str | None) -> None:
    """Add text directly before an element."""
    if not text:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def remove(element: Element) -> None:
    """Take an element with its content out of the tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _put_text_before(element, parent, element.tail)
    parent.remove(element)
    element.tail = None


def unwrap(element: Element) -> None:
    """Take an element out of the tree and leave its content in its place."""
    parent = element.getparent()
    if parent is None:
        return
    if len(element):
        append_text(element, element.tail)
        _put_text_before(element, parent, element.text)
        for child in list(element):
            element.addprevious(child)
    else:
        _put_text_before(element, parent, (element.text or "") + (element.tail or ""))
    parent.remove(element)


def _empty(element: Element) -> None:
    """Move the content of an element behind it."""
    behind, element.tail = element.tail, None
    append_text(element, behind)
    for child in reversed(list(element)):
        element.addnext(child)
    element.tail, element.text = element.text, None


def attributes_of(element: Element) -> dict[str, str]:
    """Copy the attributes of an element."""
    return dict(element.items())  # type: ignore[arg-type]
