"""The edges of blocks: no indent, no break, no white space kept by hand, and no block with nothing in it."""

from collections import Counter

from broadsheet.clean.dom import Element, head_of, remove
from broadsheet.clean.tables import names

_TRIMMED = names("trimmed")
_EMPTYABLE = names("emptyable")
_TIDIED = _TRIMMED | _EMPTYABLE
_SPACE = " \t\n\r\f\xa0\u3000\u200b\ufeff\u2002\u2003\u2009"
_INDENT = frozenset("\u3000\u2003")
_KEEPS_SPACE = ("pre", "code")


def tidy(root: Element, changes: Counter[str]) -> None:
    """Trim the edges of blocks (indents of ideographic spaces, trailing breaks) and remove what is empty."""
    for element in reversed(list(root.iter())):  # what is inside comes before what is round it
        tag = element.tag
        if tag not in _TIDIED:
            continue
        if len(element):
            if tag in _TRIMMED:
                _trim_deep(element, changes)
        else:
            text = element.text or ""
            if not text or text[0] in _SPACE or text[-1] in _SPACE:
                _tidy_text(element, text, changes)
        if tag == "pre":
            element.text = (element.text or "").lstrip("\n")


def _tidy_text(element: Element, text: str, changes: Counter[str]) -> None:
    """Trim or remove an element that holds text only."""
    kept = text.strip(_SPACE)
    if not kept and element.tag in _EMPTYABLE:
        if element.tag == "p":
            changes["empty-paragraph"] += 1
        remove(element)
    elif len(kept) < len(text) and element.tag in _TRIMMED:
        _set_trimmed(element, text, kept, changes)


def _set_trimmed(block: Element, text: str, kept: str, changes: Counter[str]) -> None:
    if not _INDENT.isdisjoint(text[: text.find(kept)]):
        changes["indent"] += 1
    block.text = kept


def _trim_deep(block: Element, changes: Counter[str]) -> None:
    """Trim a block that holds elements: its text may begin inside the first and end inside the last of them."""
    _trim_start(block, changes)
    _trim_end(block, changes)
    if not len(block):
        _tidy_text(block, block.text or "", changes)


def _trim_start(block: Element, changes: Counter[str]) -> None:
    while True:
        text = kept = block.text or ""
        if text and text[0] in _SPACE:
            kept = text.lstrip(_SPACE)
            _set_trimmed(block, text, kept, changes)
        head = head_of(block)
        if kept or head is None or head.tag in _KEEPS_SPACE or not _gives_way(head, changes):
            return
        remove(head)


def _gives_way(head: Element, changes: Counter[str]) -> bool:
    """Trim the element that a block begins with; tell whether nothing of it is left to stay."""
    if head.tag == "br":
        changes["edge-break"] += 1
        return True
    if head.tag not in _EMPTYABLE:
        return False
    _trim_start(head, changes)
    return not head.text and head_of(head) is None


def _trim_end(block: Element, changes: Counter[str]) -> None:
    while (last := next(block.iterchildren(reversed=True), None)) is not None:
        tail = last.tail
        if tail and tail[-1] in _SPACE:
            tail = last.tail = tail.rstrip(_SPACE) or None
        if tail or last.tag != "br":
            return
        changes["edge-break"] += 1
        remove(last)
