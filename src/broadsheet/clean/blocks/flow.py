"""Paragraphs out of what flows: bare text, lines ended by hand, boxes in boxes."""

from collections import Counter

from broadsheet.clean.dom import Element, append_text, first, make
from broadsheet.clean.pictures.captions import is_named_caption
from broadsheet.clean.tables import names

BLOCKS = names("block")
"""What a finished body consists of."""

BOXES = names("box")
"""What only groups blocks, and means nothing without its style."""

_ASCII_SPACE = " \t\n\r\f"


class Flow:
    """Pours a tree into a sequence of blocks; `run` is the paragraph that inline content goes to."""

    def __init__(self, changes: Counter[str]) -> None:
        self.out = make("div")
        self._changes = changes
        self._run: Element | None = None
        self._pending: Element | None = None
        self._style: dict[str, str] = {}

    def pour(self, container: Element) -> None:
        """Add the content of an element."""
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
            if node.tag == "p" and "class" in self._style:
                node.set("class", self._style["class"])
            self.out.append(node)
        else:
            self._inline(node)

    def _paragraph(self, node: Element) -> None:
        self._end()
        outer, self._style = self._style, _hints(node, self._style)
        self.pour(node)
        self._end()
        self._style = outer

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not text.strip(_ASCII_SPACE):
            if self._run is not None and self._pending is None:
                append_text(self._run, text)
            return
        if self._pending is not None and text.lstrip(_ASCII_SPACE)[0] == "\u3000":
            self._end()
        append_text(self._open(), text)

    def _inline(self, node: Element) -> None:
        self._open().append(node)

    def _line_break(self, node: Element) -> None:
        if self._pending is not None:
            self._changes["breaks-to-paragraph"] += 1
            self._end()
        elif self._run is not None:
            self._pending = node

    def _open(self) -> Element:
        if self._run is None:
            self._run = make("p")
            for name, value in self._style.items():
                self._run.set(name, value)
            self.out.append(self._run)
        if self._pending is not None:
            self._run.append(self._pending)
            self._pending = None
        return self._run

    def _end(self) -> None:
        self._run = self._pending = None


def _hints(node: Element, outer: dict[str, str]) -> dict[str, str]:
    """Keep what captions are recognised by; what an element does not say the one round it does."""
    hints = {name: value for name in ("style", "align") if (value := node.get(name))}
    if "class" in node.attrib and is_named_caption(node) and first(node, "img") is None:
        return {**(hints or outer), "class": node.get("class", "")}
    return {"class": outer["class"], **hints} if hints and "class" in outer else hints or outer
