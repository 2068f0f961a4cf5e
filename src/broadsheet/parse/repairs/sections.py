"""Cutting an XML text into what is markup and what must not be touched, in linear time on any input."""

import re
from collections.abc import Callable, Iterator
from typing import Final

_SECTION: Final = re.compile(
    r"(?P<cdata><!\[CDATA\[[^\]]*+(?>(?:\](?!\]>)[^\]]*+)*)(?:\]\]>|\Z))"
    r"|<!--[^-]*+(?>(?:-(?!->)[^-]*+)*)(?:-->|\Z)"
)
ENTRY_END: Final = re.compile(r"</(?:[a-z]{1,10}:)?(?:item|entry)\s*>", re.IGNORECASE)


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text into ("text" | "cdata" | "comment", piece); an unclosed CDATA section or comment runs to the end."""
    at = 0
    for found in _SECTION.finditer(text):
        if found.start() > at:
            yield "text", text[at : found.start()]
        yield ("cdata" if found["cdata"] else "comment"), found.group()
        at = found.end()
    if at < len(text):
        yield "text", text[at:]


def outside_cdata(mend: Callable[[str], str]) -> Callable[[str], str]:
    """Apply a repair everywhere but inside CDATA sections and comments."""

    def apply(text: str) -> str:
        return "".join(mend(piece) if kind == "text" else piece for kind, piece in sections(text))

    return apply


def without_comments(text: str) -> str:
    """Drop all comments: they say nothing, and what looks like markup in them must not mislead a repair.

    Of a comment that never ended and so ran on over the end of an entry, only the mark of its beginning is dropped.
    """
    if "<!--" not in text:
        return text
    return "".join(_outside_comment(piece) if kind == "comment" else piece for kind, piece in sections(text))


def _outside_comment(piece: str) -> str:
    closed = piece.endswith("-->")
    said = piece.rpartition("<!--")[0] if closed else piece
    return said.replace("<!--", "") if ENTRY_END.search(said) else ""


def has_bad_comment(text: str) -> bool:
    """Tell whether a comment holds "--" or never ends, both of which XML forbids."""
    return any(
        kind == "comment" and ("--" in piece[4:-3] or not piece.endswith("-->")) for kind, piece in sections(text)
    )
