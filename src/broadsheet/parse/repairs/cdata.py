"""CDATA sections that a misprint kept from opening or from closing."""

import re
from typing import Final

from msgspec import Struct

from broadsheet.parse.elements.vocabulary import ENTRY
from broadsheet.parse.repairs.sections import ENTRY_END, outside_cdata

_OPENING: Final = re.compile(r"<!\[CDATA\[")
_CLOSING: Final = re.compile(r"\]\]>")
_MISPRINT: Final = re.compile(r"<(?:!\s?\[?|\[)\s?CDATA\s?\[", re.IGNORECASE)
_HOLDER: Final = re.compile(r"<((?:\w{1,20}:)?\w{1,20})(?:\s[^<>]*+)?>\s*+\Z")
_HALF_CLOSING: Final = re.compile(r"(?:\]\]|\]>)\s*+\Z")


class _Next(Struct):
    """Where a mark comes next: asked about rising places, it reads the text once."""

    text: str
    mark: re.Pattern[str]
    found: int = -1

    def after(self, at: int) -> int:
        """Give the place of the first mark at or behind a place, or that of the text's end."""
        if self.found < at:
            match = self.mark.search(self.text, at)
            self.found = match.start() if match else len(self.text)
        return self.found


@outside_cdata
def open_cdata(text: str) -> str:
    """Write `<!CDATA[` and the like as they were meant."""
    return _MISPRINT.sub("<![CDATA[", text)


def close_cdata(text: str) -> str:
    """Close CDATA sections that never end, or end with a later one's end and swallowed an entry's end before.

    Such a section ends where the element around it does; if that is not known, it was none.
    """
    opening, closing, entry = (_Next(text, mark) for mark in (_OPENING, _CLOSING, ENTRY_END))
    inner, ends = _Next(text, _OPENING), dict[str, _Next]()
    parts, at = list[str](), 0
    while (start := opening.after(at)) < len(text):
        end, limit = closing.after(start), entry.after(start)
        if end < limit or (end < len(text) and inner.after(limit) > end):
            parts.append(text[at : end + 3])
            at = end + 3
        elif limit == len(text):
            return "".join((*parts, text[at:], "]]>"))
        else:
            mended, at = _closed(text, (at, start, limit), ends)
            parts.append(mended)
    return "".join((*parts, text[at:]))


def _closed(text: str, places: tuple[int, int, int], ends: dict[str, _Next]) -> tuple[str, int]:
    """Write a text up to where its CDATA section should have ended, and say where that is."""
    at, start, limit = places
    holder = _HOLDER.search(text, max(at, start - 300), start)
    name = holder.group(1).lower() if holder else ""
    if name in ENTRY:
        end = ends.setdefault(name, _Next(text, re.compile(rf"</{name}\s*+>", re.IGNORECASE))).after(start)
        if end < limit:
            return _HALF_CLOSING.sub("", text[at:end]) + "]]>", end
    return text[at:start], start + len("<![CDATA[")
