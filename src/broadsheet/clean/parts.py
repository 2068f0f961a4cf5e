"""Parts that need a whole: rows stand in tables, items in lists, and nothing loose in between."""

from broadsheet.clean.dom import Element, append_text, make, unwrap
from broadsheet.clean.tables import rows

_WHOLES = {part: frozenset(wholes.split()) for part, wholes in rows("parts")}
PARTS = frozenset({*_WHOLES, "table"})
"""The elements that mean nothing by themselves, and the one with room for nothing else."""

_TABLE_PARTS = frozenset(part for part, wholes in _WHOLES.items() if "table" in wholes or "tr" in wholes)
_HOLDERS = ("table", "thead", "tbody", "tfoot", "tr", "colgroup")


def repair_parts(root: Element) -> None:
    """Make boxes of parts without their whole, and put before a table what stands loose in it.

    A parser does the same with tables (WHATWG HTML, section 13.2.6.4.9); here it is done before paragraphs are made.
    """
    for group in list(root.iterfind(".//dl/div")):
        unwrap(group)
    for part in list(root.iter(*_WHOLES)):
        whole = part.getparent()
        if whole is not None and whole.tag not in _WHOLES[str(part.tag)]:
            part.tag = "div"
    for holder in list(root.iter(*_HOLDERS)):
        _free(holder)


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
