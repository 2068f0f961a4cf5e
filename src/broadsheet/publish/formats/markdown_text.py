"""Text for Markdown: each character that some reader of Markdown would take for markup is escaped."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from broadsheet.publish.formats.document import PLACEHOLDER

_ALWAYS: Final = re.compile(r"[\\`*\[\]~$|]")
_BRACE: Final = re.compile(r"\{(?=[{%#:])")
_LONELY: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TAG: Final = re.compile(r"(?<![^\W_])#")
_DOUBLED: Final = re.compile(r"=(?==)|(?<==)=|%(?=%)|(?<=%)%")
_BLOCK_NAME: Final = re.compile(r"(?<!\S)\^")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_BLOCK_START: Final = re.compile(r"\A(?:(\d{1,9})(?=[.)](?:\s|\Z))|(?=[-+](?:[-\s]|\Z)|[=>]|:-))")
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\s<>()\\`{|\"\x00-\x1f\x7f\ufffc]")
_RUN: Final = re.compile(r"`+")
_RUNS_SOMEWHERE: Final = re.compile(r"\{[{%#]|<%|\ufffc|\A\s*\$?=")


def escape_text(text: str, *, starts_line: bool) -> str:
    r"""Write text so that Markdown reads it as text: CommonMark, GFM, Obsidian's own marks, template engines.

    Args:
        text: one line.
        starts_line: whether a mark at its beginning would make a block.
    """
    start = _BLOCK_START.match(text) if starts_line else None
    at = start.end() if start else 0
    text = _ALWAYS.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text))
    for pattern in (_LONELY, _TAG, _DOUBLED, _BLOCK_NAME):
        text = pattern.sub(r"\\\g<0>", text)
    if start and text[at : at + 1] != "\\":
        text = f"{text[:at]}\\{text[at:]}"
    # Entities: a template engine, which comes before Markdown, would see through a backslash.
    return _BRACE.sub("&#123;", text.replace("<", "&lt;")).replace(PLACEHOLDER, "&#65532;")


def escape_address(url: str) -> str:
    """Write an address for the round brackets of a link; what Markdown cannot hold is percent-encoded."""
    return _UNSAFE_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), url).replace("&", "&amp;")


def escape_attribute(value: str) -> str:
    """Write the value of an attribute of inline HTML."""
    marks = "".join(f"&#{ord(mark)};" if mark in '&<>"`{|*_[]\\' else mark for mark in value)
    return " ".join(marks.split())


def code_span(text: str) -> str:
    """Write code inside a line, with a fence longer than any run of backticks in it."""
    fence = "`" * (max((len(run) for run in _RUN.findall(text)), default=0) + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def code_fence(text: str) -> str:
    """Write a block of code, with a fence longer than any run of backticks in it."""
    fence = "`" * max(3, max((len(run) for run in _RUN.findall(text)), default=0) + 1)
    return f"{fence}\n{text}\n{fence}"


def is_run_somewhere(code: str) -> bool:
    """Tell whether some program runs code like this inside Markdown: template engines, or Obsidian's plugins.

    Dataview takes a span that begins with "=" or "$=" for a query, Templater takes "<%" for a command.
    """
    return bool(_RUNS_SOMEWHERE.search(code))


def kind_of(character: str) -> str:
    """Tell what a character is to the flanking rules (CommonMark, 6.2): "space", "mark", "symbol" or "word".

    Symbols outside ASCII count as punctuation since CommonMark 0.31 and as letters before.
    """
    if not character or character.isspace():
        return "space"
    category = unicodedata.category(character)
    if category.startswith("P") or (character.isascii() and not character.isalnum()):
        return "mark"
    return "symbol" if category.startswith("S") else "word"
