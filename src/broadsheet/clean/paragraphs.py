"""The order of blocks: every text in a paragraph, no box that means nothing, no empty line kept by hand."""

from collections import Counter

from lxml import etree

from broadsheet.clean.dom import Element, append_text, make, remove, unwrap
from broadsheet.clean.tables import names

BLOCKS = names("block")
"""What a finished body consists of."""

BOXES = names("box")
_BREAKING = BLOCKS | BOXES
_TRIMMED = names("trimmed")
_EMPTYABLE = names("emptyable")
_TIDIED = _TRIMMED | _EMPTYABLE
_REMOVED = names("removed")
_KEPT = names("allowed") | BOXES | _REMOVED
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_QUOTES = ("blockquote", "details")
_SPACE = " \t\n\r\f\xa0\u3000\u200b\ufeff"
_KEEPS_SPACE = ("pre", "code")
_ASCII_SPACE = " \t\n\r\f"


def drop_meaningless(root: Element, tags: set[str]) -> None:
    """Take out, with what is in them, elements that are no part of an article, and the tags of all that mean nothing.

    What the sanitiser would take out is gone before paragraphs are made, so that it has nothing left to change.
    """
    removed = _REMOVED & tags
    if removed:
        etree.strip_elements(root, *removed, with_tail=False)
    unknown = tags - _KEPT
    if unknown:
        etree.strip_tags(root, *unknown)


def settle(root: Element, tags: set[str], changes: Counter[str]) -> Element:
    """Return the body as a sequence of blocks: bare text and `<br><br>` become paragraphs, boxes are opened.

    `tags` names the kinds of elements there may be inside.
    """
    for line in root.iter(*(_LINES & tags)) if not tags.isdisjoint(_LINES) else ():
        if len(line) and _holds_block(line):
            line.tag = "div"
            tags.add("div")
    if "br" in tags or not _is_sequence(root):
        flow = _Flow(changes)
        flow.pour(root)
        root = flow.out
    else:
        _close_ranks(root)
    for quote in list(root.iter("blockquote", "details")) if not tags.isdisjoint(_QUOTES) else ():
        if not _is_sequence(quote):
            flow = _Flow(changes)
            flow.pour(quote)
            _refill(quote, flow.out)
    for box in list(root.iter(*(BOXES & tags))) if not tags.isdisjoint(BOXES) else ():
        if box is not root:
            _open_box(box)
    return root


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


def _holds_block(element: Element) -> bool:
    return any(inner.tag in _BREAKING for inner in element.iterdescendants())


class _Flow:
    """Pours a tree into a sequence of blocks; `run` is the paragraph that inline content goes to."""

    def __init__(self, changes: Counter[str]) -> None:
        self.out = make("div")
        self.changes = changes
        self.run: Element | None = None
        self.pending: Element | None = None
        self.style: dict[str, str] = {}

    def pour(self, container: Element) -> None:
        self._text(container.text)
        for child in list(container):
            tail, child.tail = child.tail, None
            self._node(child)
            self._text(tail)

    def _node(self, node: Element) -> None:
        if node.tag == "br":
            self._line_break(node)
        elif node.tag in BOXES or (node.tag == "p" and len(node)):
            self._paragraph(node)
        elif node.tag in BLOCKS:
            self._end()
            self.out.append(node)
        elif len(node) and _holds_block(node):
            self._opened(node)
        else:
            self._inline(node)

    def _opened(self, node: Element) -> None:
        """Open an inline element that was put round blocks; a link stays one, round their content."""
        if node.tag == "a":
            etree.strip_tags(node, *_BREAKING)
            self._inline(node)
        else:
            self.pour(node)

    def _paragraph(self, node: Element) -> None:
        self._end()
        outer, self.style = self.style, _hints(node) or self.style
        self.pour(node)
        self._end()
        self.style = outer

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not text.strip(_ASCII_SPACE):
            if self.run is not None and self.pending is None:
                append_text(self.run, text)
            return
        if self.pending is not None and text.lstrip(_ASCII_SPACE)[0] == "\u3000":
            self._end()
        append_text(self._open(), text)

    def _inline(self, node: Element) -> None:
        self._open().append(node)

    def _line_break(self, node: Element) -> None:
        if self.pending is not None:
            self.changes["breaks-to-paragraph"] += 1
            self._end()
        elif self.run is not None:
            self.pending = node

    def _open(self) -> Element:
        if self.run is None:
            self.run = make("p")
            for name, value in self.style.items():
                self.run.set(name, value)
            self.out.append(self.run)
        if self.pending is not None:
            self.run.append(self.pending)
            self.pending = None
        return self.run

    def _end(self) -> None:
        self.run = self.pending = None


def _hints(node: Element) -> dict[str, str]:
    """Keep what captions are recognised by."""
    return {name: value for name in ("style", "align") if (value := node.get(name))}


def _refill(container: Element, source: Element) -> None:
    for child in list(container):
        container.remove(child)
    container.text = None
    container.extend(list(source))


def _open_box(box: Element) -> None:
    """Make a box inside a block a paragraph, or open it where it is alone there or holds blocks itself."""
    parent = box.getparent()
    alone = (
        parent is not None and len(parent) == 1 and not (parent.text or "").strip() and not (box.tail or "").strip()
    )
    if alone or _holds_block(box):
        unwrap(box)
    else:
        box.tag = "p"


def tidy(root: Element, changes: Counter[str]) -> None:
    """Trim the edges of blocks (indents of ideographic spaces, trailing breaks) and remove what is empty."""
    for element in reversed(list(root.iter())):  # what is inside comes before what is round it
        tag = element.tag
        if len(element):
            if tag in _TRIMMED:
                _trim_deep(element, changes)
        elif tag in _TIDIED:
            _tidy_text(element, changes)
        if tag == "pre":
            element.text = (element.text or "").lstrip("\n")


def _tidy_text(element: Element, changes: Counter[str]) -> None:
    """Trim or remove an element that holds text only."""
    text = element.text
    kept = text.strip(_SPACE) if text else ""
    if not kept and element.tag in _EMPTYABLE:
        if element.tag == "p":
            changes["empty-paragraph"] += 1
        remove(element)
    elif text and len(kept) < len(text) and element.tag in _TRIMMED:
        _set_trimmed(element, text, kept, changes)


def _set_trimmed(block: Element, text: str, kept: str, changes: Counter[str]) -> None:
    if "\u3000" in text[: text.find(kept)]:
        changes["indent"] += 1
    block.text = kept


def _trim_deep(block: Element, changes: Counter[str]) -> None:
    """Trim a block that holds elements: its text may begin inside the first and end inside the last of them."""
    _trim_start(block, changes)
    _trim_end(block, changes)
    if not len(block):
        _tidy_text(block, changes)


def _trim_start(block: Element, changes: Counter[str]) -> None:
    while True:
        text = block.text or ""
        kept = text.lstrip(_SPACE)
        if len(kept) < len(text):
            _set_trimmed(block, text, kept, changes)
        head = next(block.iterchildren(), None)
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
    return not head.text and next(head.iterchildren(), None) is None


def _trim_end(block: Element, changes: Counter[str]) -> None:
    while (last := next(block.iterchildren(reversed=True), None)) is not None:
        tail = last.tail
        if tail and tail[-1] in _SPACE:
            tail = last.tail = tail.rstrip(_SPACE) or None
        if tail or last.tag != "br":
            return
        changes["edge-break"] += 1
        remove(last)
