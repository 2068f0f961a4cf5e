"""The order of blocks: every text in a paragraph, no box that means nothing."""

from collections import Counter

from lxml import etree

from broadsheet.clean.blocks.flow import BLOCKS, BOXES, Flow
from broadsheet.clean.blocks.parts import PARTS
from broadsheet.clean.dom import Element, append_text, make, remove, unwrap
from broadsheet.clean.tables import names, rows

_BREAKING = BLOCKS | BOXES
_ENDING = _BREAKING | PARTS
_REMOVED = names("removed")
_RENAMED = {old: new for old, new in rows("renamed")}  # noqa: C416  (rows are tuples of any length)
_KEPT = names("allowed") | BOXES | _REMOVED
_HOLDING = names("holding") | BOXES
_LINES = names("line")
_HEADINGS = _LINES - {"p"}
_OPENED = BOXES | {"p"}
_QUOTES = frozenset({"blockquote", "details"})


def drop_meaningless(root: Element, tags: set[str], changes: Counter[str]) -> None:
    """Take out, with what is in them, elements that are no part of an article, and the tags of all that mean nothing.

    What the sanitiser would take out is gone before paragraphs are made, so that it has nothing left to change.
    """
    removed = _REMOVED & tags
    if removed:
        count = sum(1 for _ in root.iter(*removed))
        changes.update({"foreign-element": count} if count else {})
        etree.strip_elements(root, *removed, with_tail=False)
    renamed = _RENAMED.keys() & tags
    for old in list(root.iter(*renamed)) if renamed else ():
        old.tag = _RENAMED[str(old.tag)]
    unknown = tags - _KEPT
    if unknown:
        etree.strip_tags(root, *unknown)


def settle(root: Element, tags: set[str], changes: Counter[str]) -> Element:
    """Return the body as a sequence of blocks: bare text and `<br><br>` become paragraphs, boxes are opened.

    `tags` names the kinds of elements there may be inside.
    """
    for block in [element for element in root.iterdescendants() if element.tag in _BREAKING]:
        holder = block.getparent()
        if holder is not None and holder.tag not in _HOLDING:
            _lift(block, holder, tags)
    if "br" in tags or not _is_sequence(root):
        flow = Flow(changes)
        flow.pour(root)
        root = flow.out
    else:
        _close_ranks(root)
    if not tags.isdisjoint(_QUOTES):
        _settle_quotes(root, changes)
    for box in list(root.iterdescendants(*BOXES)) if not tags.isdisjoint(BOXES) else ():
        _open_box(box)
    for inner in list(root.iterfind(".//dt/dl")) if "dt" in tags else ():
        _end_term(inner)
    return root


def _end_term(inner: Element) -> None:
    """End a term before the list inside it: parsers read that as its description."""
    term = inner.getparent()
    if term is None or term.tag != "dt":
        return
    description = make("dd")
    term.addnext(description)
    description.tail, term.tail = term.tail, None
    description.extend([inner, *inner.itersiblings()])
    if not len(term) and not (term.text or "").strip():
        remove(term)


def _lift(block: Element, holder: Element | None, tags: set[str]) -> None:
    """See that a block stands in nothing that holds only lines; `tags` grows by what is made of these."""
    while holder is not None and holder.tag not in _HOLDING:
        outer = holder.getparent()
        if holder.tag in _HEADINGS and block.tag in _OPENED:
            unwrap(block)
            return
        if holder.tag in _LINES:
            holder.tag = "div"
            tags.add("div")
        elif holder.tag == "a":
            _flatten(holder)
            return
        elif holder.tag == "pre" and block.tag in _OPENED:
            _join_lines(holder)
            return
        else:
            unwrap(holder)
        holder = outer


def _flatten(link: Element) -> None:
    """Make lines of the blocks in a link, so that it stays one link."""
    for block in list(link.iterdescendants(*_ENDING)):
        if block.getprevious() is not None:
            block.addprevious(make("br"))
    etree.strip_tags(link, *_ENDING)


def _join_lines(code: Element) -> None:
    """Make lines of the boxes in a listing, each of which holds one."""
    for box in list(code.iterdescendants(*_OPENED)):
        behind = box.tail
        box.tail = None
        if box.getnext() is not None or (behind or "").strip():
            append_text(box, "\n")
            box.tail = (behind or "").lstrip("\n") or None
    etree.strip_tags(code, *_OPENED)


def _is_sequence(root: Element) -> bool:
    """Tell whether an element holds blocks and nothing else."""
    if root.text and not root.text.isspace():
        return False
    for child in root:
        tail = child.tail
        if child.tag not in BLOCKS or (tail and not tail.isspace()):
            return False
    return True


def _close_ranks(root: Element) -> None:
    """Take out the white space between blocks."""
    root.text = None
    for child in root:
        if child.tail:
            child.tail = None


def _settle_quotes(root: Element, changes: Counter[str]) -> None:
    for quote in list(root.iter(*_QUOTES)):
        if _is_sequence(quote):
            _close_ranks(quote)
        else:
            flow = Flow(changes)
            flow.pour(quote)
            _refill(quote, flow.out)


def _refill(container: Element, source: Element) -> None:
    for child in list(container):
        container.remove(child)
    container.text = None
    container.extend(list(source))


def _open_box(box: Element) -> None:
    """Make a box inside a block a paragraph, or open it where it is alone there or holds blocks itself."""
    parent = box.getparent()
    if parent is None or parent.tag == "figure" or _is_alone(box, parent) or _holds_block(box):
        unwrap(box)
    else:
        box.tag = "p"


def _is_alone(box: Element, parent: Element) -> bool:
    return len(parent) == 1 and not (parent.text or "").strip() and not (box.tail or "").strip()


def _holds_block(element: Element) -> bool:
    return any(inner.tag in _BREAKING for inner in element.iterdescendants())
