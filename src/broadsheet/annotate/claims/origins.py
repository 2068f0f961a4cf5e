"""Origins: the outlets and agencies that a text says its report comes from, and the feed's own line."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from broadsheet.annotate.claims.passage import Passage
from broadsheet.annotate.cues import LANGUAGES, Cue, read_entries
from broadsheet.model import Origin

_CREDIT: Final = re.compile(r"[（(]\s?(?:文章|消息|本文)?(?:来源|转自)?[：:]?\s?([^（）()\n]{2,24}?)\s?[）)]\s*$")
_NO_OUTLET: Final = re.compile(
    r"记者|编辑|完|图|责编|\d{3}|人士|公司|官方|公告|有限|简称|下称|[，。；]|^(?:近日|日前|公开|有关|此前)"
)
_DASHED: Final = re.compile(r"[:： ](?:(?<=[:：])|[-–—])\s*([^:：\n]{2,24})$")
_QUOTES: Final = "《》“” "
_ABOUT: Final = re.compile(r"^(?:针对|对于|关于|面对|就|而)(?=..)")
_TOLD: Final = "told"
_SHAPED: Final = frozenset({"shaped", _TOLD})
_BYLINE: Final = "byline"
_SHORTEST: Final = 2


class _Outlets(Struct, frozen=True):
    names: frozenset[str]
    endings: tuple[re.Pattern[str], ...]


@cache
def _outlets() -> _Outlets:
    entries = [entry for language in LANGUAGES for entry in read_entries("outlets", language)]
    names = frozenset(head for entry in entries for head in entry.heads if head)
    return _Outlets(names, tuple(entry.pattern for entry in entries if entry.pattern))


def looks_like_outlet(name: str) -> bool:
    """Say whether a name is one of a known outlet, or ends as those of outlets do."""
    outlets = _outlets()
    parts = {name.lower(), *re.split(r"[·•/\s]", name.lower())}
    return not outlets.names.isdisjoint(parts) or any(ending.search(name) for ending in outlets.endings)


def is_outlet(name: str) -> bool:
    """Say whether a whole name is that of a known outlet, or ends as those of outlets do."""
    outlets = _outlets()
    return name.lower() in outlets.names or any(ending.search(name) for ending in outlets.endings)


def find_origins(passage: Passage) -> tuple[Origin, ...]:
    """Find the origins of a text, in its order: each outlet once by the feed's own line, once as cited."""
    cues = passage.cues.of("origins")
    found = [origin for cue in cues if cue.value != _TOLD and (origin := _from_cue(passage, cue))]
    found.extend(_credits(passage.text))
    named = {origin.outlet for origin in found}
    told = (origin for cue in cues if cue.value == _TOLD and (origin := _from_cue(passage, cue)))
    found.extend(origin for origin in told if origin.outlet not in named)
    kept: dict[tuple[str, bool], Origin] = {}
    for origin in sorted(found, key=lambda origin: (origin.start, origin.end)):
        kept.setdefault((origin.outlet, origin.byline), origin)
    return tuple(origin for origin in kept.values() if not any(_within(origin, other) for other in kept.values()))


def _within(origin: Origin, other: Origin) -> bool:
    inside = other.start <= origin.start and origin.end <= other.end
    return origin is not other and inside and origin.outlet in other.outlet


def _from_cue(passage: Passage, cue: Cue) -> Origin | None:
    text = passage.text
    outlet = _ABOUT.sub("", text[slice(*cue.name)]).strip(_QUOTES)
    known = looks_like_outlet(outlet)
    if len(outlet) < _SHORTEST or (not known and (cue.value in _SHAPED or _NO_OUTLET.search(outlet))):
        return None
    byline = cue.value == _BYLINE
    if byline and (
        _cuts_name(passage, cue.name[1])
        or (cue.clause and not outlet.isascii())
        or passage.sentences[cue.sentence].line == 0 != text.count("\n")
    ):
        return None
    return Origin(start=cue.start, end=cue.end, quote=text[cue.start : cue.end], outlet=outlet, byline=byline)


def _cuts_name(passage: Passage, end: int) -> bool:
    """Tell whether a place lies inside a company's name: 中兴通 is none that 中兴通讯 signs with."""
    return any(one.start < end < one.end for one in passage.mentions)


def _credits(text: str) -> Iterator[Origin]:
    """Find names in brackets that close a paragraph; a title credits nobody."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        match = _CREDIT.search(line) if line.rstrip().endswith(("）", ")")) else None
        if match and (number or "\n" not in text) and _is_credit(match[1]):
            left, right = start + match.start(), start + len(line.rstrip())
            yield Origin(start=left, end=right, quote=text[left:right], outlet=match[1])
        elif (match := _DASHED.search(line)) and looks_like_outlet(match[1]):
            yield Origin(start=start + match.start(1), end=start + match.end(1), quote=match[1], outlet=match[1])
        start += len(line) + 1


def _is_credit(name: str) -> bool:
    if _NO_OUTLET.search(name):
        return False
    return looks_like_outlet(name) or (name.isascii() and name[0].isalpha())
