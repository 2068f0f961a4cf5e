"""Blocks of Markdown from the HTML of a post; what Markdown has no form for stays HTML."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from msgspec import Struct

from broadsheet.clean.dom import Element, make, parse, serialise
from broadsheet.model import SafeHtml
from broadsheet.publish.formats.document import html_lines
from broadsheet.publish.formats.markdown_line import (
    Token,
    emphasised,
    is_plain,
    plain_text,
    tokens_in,
    tokens_of,
    write_line,
)
from broadsheet.publish.formats.markdown_table import write_table
from broadsheet.publish.formats.markdown_text import code_fence, is_run_somewhere

_BLOCKS: Final = frozenset(
    {
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "caption",
            "blockquote",
        ),
        *("pre", "hr", "figure", "figcaption", "details", "summary", "video", "audio", "iframe", "tr", "td", "th"),
    }
)
_PARTS: Final = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd")}
_DEEPEST: Final = 6
_NOTHING: Final = "<!-- -->"
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)


class Block(Struct, frozen=True):
    """Some lines of Markdown; `mark` is that of a list, so that the next list of its kind takes the other one."""

    text: str
    mark: str = ""


def markdown_of(html: SafeHtml) -> str:
    """Write the body of a post as Markdown: CommonMark, with the tables and deletions of GFM.

    What a reader sees is the same text. HTML stays where Markdown has no form: tables with joined or manifold cells,
    lists that count backwards, players, ruby, and code that some program would run.
    """
    return _paragraphs(_flow(parse(html), 0))


def _paragraphs(blocks: list[Block]) -> str:
    return "\n\n".join(block.text for block in blocks)


def _flow(element: Element, depth: int) -> list[Block]:
    """Write what stands in an element: blocks, and paragraphs made of the lines between them."""
    blocks: list[Block] = []
    line: list[Token] = [Token("text", element.text)] if element.text else []
    for child in element:
        if child.tag in _BLOCKS or next(child.iter(*_BLOCKS), None) is not None:
            _end(blocks, line)
            line = []
            blocks += _block(child, depth, blocks[-1].mark if blocks else "")
        else:
            line += tokens_of(child)
        if child.tail:
            line.append(Token("text", child.tail))
    _end(blocks, line)
    return blocks


def _end(blocks: list[Block], line: list[Token]) -> None:
    text = write_line(line, "paragraph")
    if text:
        blocks.append(Block(text))


def _block(element: Element, depth: int, before: str) -> list[Block]:
    tag = str(element.tag)
    if depth >= _DEEPEST and tag in ("ul", "ol", "dl", "blockquote", "details", "table"):
        return [_raw(element)]
    if tag in _PARTS and _is_loose(element, _PARTS[tag]):
        return [_raw(element)]
    if tag in ("ul", "ol"):
        return _list(element, depth, before)
    write = _WRITERS.get(tag)
    return write(element, depth) if write else _flow(element, depth)


def _is_loose(element: Element, parts: tuple[str, ...]) -> bool:
    """Tell whether something stands between the parts of a list."""
    texts = (element.text, *(child.tail for child in element))
    return any(child.tag not in parts for child in element) or any(text and text.strip() for text in texts)


def _raw(element: Element) -> Block:
    """Keep an element as HTML."""
    copy = deepcopy(element)
    copy.tail = None
    box = make("div")
    box.append(copy)
    html = html_lines(serialise(box))
    return Block(f"<div>\n{html}\n</div>" if element.tag in ("video", "audio") else html)


def _heading(element: Element, depth: int) -> list[Block]:
    if next(element.iterdescendants(*_BLOCKS), None) is not None:
        return _flow(element, depth)
    text = write_line(list(tokens_in(element)), "heading")
    return [Block(f"{'#' * int(str(element.tag)[1])} {text}")] if text else []


def _emphatic(mark: str) -> Callable[[Element, int], list[Block]]:
    def write(element: Element, depth: int) -> list[Block]:
        if next(element.iterdescendants(*_BLOCKS), None) is not None:
            return _flow(element, depth)
        text = write_line(emphasised(list(tokens_in(element)), mark), "paragraph")
        return [Block(text)] if text else []

    return write


def _quote(element: Element, depth: int) -> list[Block]:
    text = _paragraphs(_flow(element, depth + 1))
    return [Block("\n".join(f"> {line}" if line else ">" for line in text.split("\n")))] if text else []


def _code(element: Element, _: int) -> list[Block]:
    if not is_plain(element):
        return [_raw(element)]
    text = plain_text(element)
    if not text.strip():
        return []
    if is_run_somewhere(text):
        return [_raw(element)]
    return [Block(code_fence(text.removeprefix("\n").removesuffix("\n")))]


def _rule(_: Element, __: int) -> list[Block]:
    return [Block("___")]


def _player(element: Element, _: int) -> list[Block]:
    return [_raw(element)]


def _table(element: Element, depth: int) -> list[Block]:
    if next(element.iterdescendants(*_BLOCKS - {"tr", "td", "th", "caption", "p"}), None) is not None:
        return [_raw(element)]
    text = write_table(element)
    if text is None:
        return [_raw(element)]
    caption = element.find("caption")
    return [*(_emphatic("*")(caption, depth) if caption is not None else ()), *([Block(text)] if text else ())]


def _terms(element: Element, depth: int) -> list[Block]:
    """Write a list of terms: each term strong, what it means below it."""
    blocks: list[Block] = []
    for child in element:
        if child.tag == "dt":
            blocks += _emphatic("**")(child, depth)
        else:
            blocks += _flow(child, depth)
    return blocks


def _list(element: Element, depth: int, before: str) -> list[Block]:
    counted = element.tag == "ol"
    if counted and not _counts_up(element):
        return [_raw(element)]
    written = [_flow(item, depth + 1) for item in element]
    if not any(written):
        return []
    kept = [blocks or [Block(_NOTHING)] for blocks in written if blocks or counted]
    joint = "\n" if all(_is_tight(blocks) for blocks in kept) else "\n\n"
    usual, other = (".", ")") if counted else ("-", "*")
    mark, start = other if before == usual else usual, int(element.get("start") or 1)
    items = (
        _item(f"{start + at}{mark}" if counted else mark, joint.join(block.text for block in blocks))
        for at, blocks in enumerate(kept)
    )
    return [Block(joint.join(items), mark)]


def _counts_up(element: Element) -> bool:
    """Tell whether a list needs no other numbers than Markdown gives."""
    given = _NUMBER.fullmatch(element.get("start") or "1")
    return bool(given) and element.get("reversed") is None and element.find("li[@value]") is None


def _is_tight(blocks: list[Block]) -> bool:
    """Tell whether the blocks of an item can stand without empty lines: a line, and lists that may follow one."""
    follow = all(block.mark and block.text.startswith(("- ", "* ", "1. ", "1) ")) for block in blocks[1:])
    return follow and (len(blocks) == 1 or not blocks[0].text.startswith(("<", "|")))


def _item(mark: str, text: str) -> str:
    first, *rest = text.split("\n")
    indent = " " * (len(mark) + 1)
    return "\n".join([f"{mark} {first}", *(indent + line if line else "" for line in rest)])


_WRITERS: Final[dict[str, Callable[[Element, int], list[Block]]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("figcaption", "caption"), _emphatic("*")),
    **dict.fromkeys(("summary", "dt"), _emphatic("**")),
    **dict.fromkeys(("blockquote", "details"), _quote),
    **dict.fromkeys(("video", "audio", "iframe"), _player),
    "pre": _code,
    "hr": _rule,
    "table": _table,
    "dl": _terms,
}
