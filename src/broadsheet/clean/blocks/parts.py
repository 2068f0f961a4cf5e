"""Parts that need a whole: rows stand in tables, items in lists, and nothing loose in between."""

from broadsheet.clean.dom import Element, append_text, make, unwrap
from broadsheet.clean.tables import rows

_WHOLES = {part: frozenset(wholes.split()) for part, wholes in rows("parts")}
_ITEMS = {"ul": "li", "ol": "li", "dl": "dd"}
PARTS = frozenset({*_WHOLES, *_ITEMS, "table"})
"""The elements that mean nothing by themselves, and those with room for nothing else."""

_TABLE_PARTS = frozenset(part for part, wholes in _WHOLES.items() if "table" in wholes or "tr" in wholes)
_HOLDERS = ("table", "thead", "tbody", "tfoot", "tr", "colgroup")


def repair_parts(root: Element, tags: set[str]) -> None:
    """Make boxes of parts without their whole, and put before a table what stands loose in it.

    A parser does the same with tables (WHATWG HTML, section 13.2.6.4.9); here it is done before paragraphs are made.
    """
    for group in list(root.iterfind(".//dl/div")) if "dl" in tags else ():
        unwrap(group)
    for part in list(root.iter(*(tags & _WHOLES.keys() or {"li"}))):
        whole = part.getparent()
        if whole is not None and whole.tag not in _WHOLES[str(part.tag)]:
            part.tag = "div"
    for holder in list(root.iter(*_HOLDERS)) if "table" in tags else ():
        _free(holder)
    for items in list(root.iter(*_ITEMS)) if not tags.isdisjoint(_ITEMS) else ():
        _itemise(items)


def _free(holder: Element) -> None:
    """Move what is no part of a table out of it."""
    loose = make("div", holder.text)
    holder.text = None
    for child in list(holder):
        tail, child.tail = child.tail, None
        if child.tag not in _TABLE_PARTS:
            loose.append(child)
        append_text(loose, tail)
    table = holder if holder.tag == "table" else next(holder.iterancestors("table"), None)
    if table is not None and (len(loose) or (loose.text and loose.text.strip())):
        table.addprevious(loose)


def _itemise(items: Element) -> None:
    """Make items of what stands in a list between its items."""
    item = None
    text, items.text = items.text, None
    if text and text.strip():
        item = make(_ITEMS[str(items.tag)], text)
        items.insert(0, item)
    for child in list(items):
        if child is not item:
            item = _added(child, item, items)


def _added(child: Element, item: Element | None, items: Element) -> Element | None:
    """Add what is no item, and the text behind it, to the item made for such; returns the one to go on with."""
    tail, child.tail = child.tail, None
    if str(child.tag) not in _WHOLES:
        if item is None:
            item = make(_ITEMS[str(items.tag)])
            child.addprevious(item)
        item.append(child)
    else:
        item = None
    if tail and tail.strip():
        if item is None:
            item = make(_ITEMS[str(items.tag)])
            child.addnext(item)
        append_text(item, tail)
    return item
