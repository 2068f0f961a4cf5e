"""Further names that a text itself gives a company: its new name, its old one, its abbreviation."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from broadsheet.annotate.mentions.organisations import Found
from broadsheet.model import Mention

_QUOTED: Final = r"[“\"「_]([^”\"」_，。\n]{2,16})[”\"」_]"
_RENAMED: Final = re.compile(rf"由{_QUOTED}(?:变更|更名|更改|改名)为{_QUOTED}")
_CALLED: Final = re.compile(rf"[(（](?:以下|下)?简?称(?:为)?[:：]?{_QUOTED}[)）]")
_ACRONYM: Final = re.compile(r"[(（]([A-Z][A-Za-z&]{1,7})[)）]")


def find_aliases(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Found, Mention]]:
    """Find where else a text names its companies, and which mention says whose name it is."""
    for name, mention in _names(text, mentions):
        place = text.find(name)
        while place >= 0:
            yield Found(place, place + len(name), legal=False), mention
            place = text.find(name, place + len(name))


def _names(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Mention]]:
    said = {mention.surface: mention for mention in mentions}
    for found in _RENAMED.finditer(text):
        old, new = found.groups()
        if known := said.get(new) or said.get(old) or _other_name(text, said, found):
            yield from ((old, known), (new, known))
    ends = {mention.end: mention for mention in mentions}
    for pattern in (_CALLED, _ACRONYM) if "(" in text or "（" in text else ():
        for found in pattern.finditer(text):
            before = found.start() - text.startswith(" ", found.start() - 1)
            if before in ends:
                yield found[1], ends[before]


def _other_name(text: str, said: dict[str, Mention], found: re.Match[str]) -> Mention | None:
    """Give the one company of a sentence in which several of its names change."""
    before = text.rfind("\n", 0, found.start()) + 1
    named = {one.company_id: one for one in said.values() if before <= one.start and one.company_id}
    return next(iter(named.values())) if len(named) == 1 else None
