"""Links: to the page meant, without a counter in between, and none driven through the middle of a name."""

import re
from collections import Counter

from broadsheet.clean.dom import Element, attributes_of, make, text_of, unwrap
from broadsheet.clean.links.addresses import absolute
from broadsheet.clean.links.redirectors import unwrap_address
from broadsheet.clean.links.trackers import without_trackers
from broadsheet.clean.tables import column

_INSERTED_ATTRIBUTES = frozenset(column("inserted", "attribute"))
_INSERTED_CLASSES = frozenset(column("inserted", "class"))
_BOUNDARY_WORDS = column("inserted", "boundary")

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff]")


def repair_links(root: Element, base: str | None, changes: Counter[str]) -> None:
    """Make every link lead where it means to, and unwrap those that lead nowhere or to an advertiser's counter."""
    for link in list(root.iter("a")):
        _repair(link, base, changes)


def repair_address(address: str, base: str | None, changes: Counter[str]) -> tuple[str | None, bool]:
    """Make one address absolute, direct and free of trackers; the second value tells whether it only counts."""
    found = absolute(address, base)
    if found is None or found[:7].lower() == "mailto:":
        return found, False
    direct, opaque = unwrap_address(found)
    if opaque:
        return direct, True
    if direct is not found:
        changes["redirector-unwrapped"] += 1
    plain = without_trackers(direct) if "?" in direct or "#" in direct else direct
    if plain is not direct:
        changes["tracking-parameters"] += 1
    return plain, False


def _repair(link: Element, base: str | None, changes: Counter[str]) -> None:
    attributes = attributes_of(link)
    written = attributes.get("href")
    if written is None:
        unwrap(link)
        return
    address, opaque = repair_address(written, base, changes)
    reason = _reason_to_unwrap(link, attributes, address, opaque)
    if reason:
        changes[reason] += 1
        unwrap(link)
        return
    if address != written and link.text == written and not len(link):
        link.text = address
    if len(attributes) > 1:
        link.attrib.clear()
    link.set("href", address or "")
    link.set("rel", "noopener noreferrer")
    if len(link) and _holds_link(link):
        _divide(link)


def _holds_link(element: Element) -> bool:
    return any("href" in inner.attrib for inner in element.iterdescendants("a"))


def _divide(link: Element) -> None:
    """Make several links of one with links inside: HTML ends a link where the next begins (WHATWG, 13.2.6.4.7)."""
    attributes = attributes_of(link)
    link.tag = "span"
    _link_between(link, attributes)
    unwrap(link)


def _link_between(holder: Element, attributes: dict[str, str]) -> None:
    """Put what stands between the links inside an element into links of its own."""
    text, holder.text = holder.text, None
    part = make("a", text)
    holder.insert(0, part)
    for child in list(holder)[1:]:
        if child.tag != "a":
            if not _holds_link(child):
                part.append(child)
                continue
            _link_between(child, attributes)
        tail, child.tail = child.tail, None
        part = make("a", tail)
        child.addnext(part)
    for part in [link for link in holder.findall("a") if not link.attrib]:
        _fill_in(part, attributes)


def _fill_in(link: Element, attributes: dict[str, str]) -> None:
    """Let a new link lead somewhere, or let go of it where there is nothing in it to see."""
    if not len(link) and not (link.text or "").strip():
        unwrap(link)
        return
    for name, value in attributes.items():
        link.set(name, value)


def _reason_to_unwrap(link: Element, attributes: dict[str, str], address: str | None, opaque: bool) -> str | None:
    if address is None:
        return "link-to-nowhere" if _leads_nowhere(attributes["href"]) else "link-refused"
    if opaque:
        return "affiliate-link"
    if _is_inserted(attributes) and _cuts_a_name(link):
        return "keyword-link"
    return None


def _leads_nowhere(written: str) -> bool:
    return not written.strip() or written.strip()[0] == "#" or ":" not in written


def _is_inserted(attributes: dict[str, str]) -> bool:
    """Tell whether the publisher's machine, not the author, set a link."""
    if not _INSERTED_ATTRIBUTES.isdisjoint(attributes):
        return True
    return "class" in attributes and not _INSERTED_CLASSES.isdisjoint(attributes["class"].lower().split())


def _cuts_a_name(link: Element) -> bool:
    """Tell whether a word goes on behind the link, as 京东 goes on to 京东方; 京东的 and 京东受到 do not."""
    text, behind = text_of(link)[-1:], link.tail or ""
    if _LETTER.match(text):
        return _LETTER.match(behind) is not None
    return _HAN.match(text) is not None and _HAN.match(behind) is not None and not behind.startswith(_BOUNDARY_WORDS)
