"""Cutting an XML text into what is markup and what must not be touched, in linear time on any input."""

from collections.abc import Callable, Iterator
from typing import Final

_OPENINGS: Final = (("<![CDATA[", "]]>"), ("<!--", "-->"))


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text into ("text" | "cdata" | "comment", piece); an unclosed CDATA section or comment runs to the end."""
    at = 0
    while at < len(text):
        start, opening, closing = _next_opening(text, at)
        if start > at:
            yield "text", text[at:start]
        if not opening:
            return
        end = text.find(closing, start + len(opening))
        at = len(text) if end < 0 else end + len(closing)
        yield ("cdata" if opening == "<![CDATA[" else "comment"), text[start:at]


def _next_opening(text: str, at: int) -> tuple[int, str, str]:
    start = text.find("<!", at)
    while start >= 0:
        for opening, closing in _OPENINGS:
            if text.startswith(opening, start):
                return start, opening, closing
        start = text.find("<!", start + 2)
    return len(text), "", ""


def outside_cdata(mend: Callable[[str], str]) -> Callable[[str], str]:
    """Apply a repair everywhere but inside CDATA sections and comments."""

    def apply(text: str) -> str:
        return "".join(mend(piece) if kind == "text" else piece for kind, piece in sections(text))

    return apply
