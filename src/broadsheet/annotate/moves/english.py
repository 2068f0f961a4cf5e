"""Price moves that an English text reports."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Final, cast

from msgspec import Struct

from broadsheet.annotate.mentions.contexts import cut_long
from broadsheet.annotate.mentions.listings import line_named
from broadsheet.annotate.tables import rows
from broadsheet.model import Direction, Mention, MoveReport, Operator, Session, Statistic


def _any(kind: str, value: str | None = None) -> str:
    return "|".join(row[2] for row in rows("moves_en") if row[0] == kind and value in (None, row[1]))


def _rows(kind: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(row[1], re.compile(row[2])) for row in rows("moves_en") if row[0] == kind]


_DIGITS: Final = r"\d[\d,]*(?:\.\d+)?"
_NUMBER: Final = rf"(?P<value>{_DIGITS})(?:%?\s?(?:-|–|to)\s?(?P<high>{_DIGITS}))?\s?(?:%|percent\b|per cent\b|pct\b)"
_MOVE: Final = re.compile(
    rf"\b(?:(?P<up>{_any('verb', 'up')})|(?P<down>{_any('verb', 'down')}))\b"
    rf"(?P<filler>(?:\s+(?:{_any('filler')})\b)*)\s+{_NUMBER}"
)
_RATE: Final = re.compile(
    rf"{_NUMBER}\s+(?:(?P<up>gain|rise|jump|surge|rally|advance|increase|climb)"
    r"|(?P<down>drop|fall|decline|slide|slump|plunge|loss|tumble))\b"
)
_AFTER: Final = re.compile(
    rf"\b(?:clos|end|finish|trad|open|settl)(?:e?d|ing)(?P<filler>(?:\s+(?:{_any('filler')})\b)*)\s+{_NUMBER}"
    r"\s+(?:(?P<up>higher|up)|(?P<down>lower|down))\b"
)
_RISEN, _FALLEN = (f"{_any('bare', direction)}|{_any('sharp', direction)}" for direction in ("up", "down"))
_BARE: Final = re.compile(rf"\b(?:(?P<up>{_RISEN})|(?P<down>{_FALLEN}))\b")
_SHARP: Final = re.compile(_any("sharp"))
_SHARES: Final = re.compile(
    r"\s*(?:[(（][^()（）]{2,16}[)）])?(?:'s|’s)?\s*(?:[a-z.]+[- ](?:listed|traded) |u\.s\. |[ah][- ])?"
    r"(?:shares|stock|adrs?|adss?)\s*"
)
_SHARES_OF: Final = re.compile(r"\b(?:shares|stock) (?:of|in) $")
_WHY: Final = re.compile(
    r"\s+(?:after|on|as|amid|following|in (?:pre-?market|after-?hours|extended|early|late)"
    r"|pre-?market|post-?market|after hours)\b"
)
_ITS: Final = re.compile(
    r"\s*[\"“]?(?:its |the |the (?:company|firm)[’']s )?(?:[a-z.]+-(?:listed|traded) )?(?:shares?|stock|adrs?)\b"
)
_OPERATORS, _STATISTICS, _SESSIONS = (_rows(kind) for kind in ("operator", "statistic", "session"))
_GUARD, _MODAL, _INDEX, _ALWAYS, _PRICED = (
    re.compile(rf"\b(?:{_any(kind)})\b") for kind in ("guard", "modal", "index", "always", "priced")
)
_SIGNS: Final = ("%", "percent", "pct", "per cent")
_SENTENCE: Final = re.compile(r"(?<=[a-z0-9%)\"”])(?<!inc)(?<!corp)(?<!ltd)(?<!co)[.!?](?=\s|$)|\n|;")
_CLAUSE: Final = re.compile(r",\s|\bwhile\b|\band\b|\bbut\b|\bafter\b|\bas (?!much|high|low|many)")


class _Subject(Struct, frozen=True):
    """What moved, at `text[start:end]`; `sure` where nothing else must tell that its price did."""

    start: int
    end: int
    security: str | None
    securities: tuple[str, ...]
    sure: bool


def find_english_moves(text: str, folded: str, mentions: Sequence[Mention]) -> list[MoveReport]:
    """Find the moves of a text in its order; a move said again counts once."""
    if not any(sign in folded for sign in _SIGNS) and not _BARE.search(folded):
        return []
    found: dict[tuple[object, ...], MoveReport] = {}
    start = 0
    starts = [mention.start for mention in mentions]
    for end in [*cut_long((mark.end() for mark in _SENTENCE.finditer(folded)), len(folded)), len(folded)]:
        first = bisect_left(starts, start)
        near = mentions[first : bisect_left(starts, end)]
        if _ITS.match(folded, start, end):
            near = [*mentions[max(0, first - 1) : first], *near]
        for move in _in_sentence(text, folded, (start, end), near):
            key = (_of(move), move.direction, move.value, move.value_high)
            found.setdefault(key, move)
        start = end
    return sorted(_without_bare(found.values()), key=lambda move: move.start)


def _without_bare(moves: Collection[MoveReport]) -> Iterator[MoveReport]:
    """Leave out the moves without a number where one with a number says the same."""
    numbered = {(_of(move), move.direction) for move in moves if move.value is not None}
    yield from (move for move in moves if move.value is not None or (_of(move), move.direction) not in numbered)


def _of(move: MoveReport) -> str:
    """Name what moved, the same way wherever it is said."""
    return move.security or (move.instrument or "").lower()


def _in_sentence(text: str, folded: str, span: tuple[int, int], mentions: Sequence[Mention]) -> Iterator[MoveReport]:
    start, end = span
    last = start
    matches = [match for pattern in (_MOVE, _RATE, _AFTER, _BARE) for match in pattern.finditer(folded, start, end)]
    for match in sorted(matches, key=lambda match: match.start()):
        if match.start() < last:
            continue
        subject = _behind(match, mentions) or _subject(folded, (start, match.start(), end), mentions)
        if subject is not None and _is_move(folded, match, start, subject):
            yield _report(text, folded, match, (last, end), subject)
            last = match.end()
        elif match.re is not _BARE:
            last = match.end()


def _behind(match: re.Match[str], mentions: Sequence[Mention]) -> _Subject | None:
    """Give the company whose move a noun tells: a 6% jump in ACME."""
    if match.re is not _RATE or not match.string.startswith(" in ", match.end()):
        return None
    found = (one for one in mentions if one.start == match.end() + len(" in ") and one.securities)
    return next((_subject_of(one, sure=True) for one in found), None)


def _subject_of(mention: Mention, *, sure: bool) -> _Subject:
    return _Subject(mention.start, mention.end, mention.security, mention.securities, sure=sure)


def _subject(folded: str, places: tuple[int, int, int], mentions: Sequence[Mention]) -> _Subject | None:
    """Give what moved: the nearest index or company before, else `shares of X` behind.

    A listed company right before the verb needs no word of shares.
    """
    start, position, end = places
    indices = [
        _Subject(found.start(), found.end(), None, (), sure=True)
        for found in _INDEX.finditer(folded, start, position)
    ]
    companies = [
        _subject_of(one, sure=bool(one.securities) and not folded[one.end : position].strip())
        for one in mentions
        if one.end <= position
    ]
    if indices or companies:
        return max((*indices, *companies), key=lambda subject: subject.start)
    behind = (one for one in mentions if position < one.start < end and one.securities)
    return next((_subject_of(one, sure=False) for one in behind), None)


def _is_move(folded: str, match: re.Match[str], start: int, subject: _Subject) -> bool:
    """Tell whether it is a price that moved, and has."""
    head = folded[
        max([start, *(mark.end() for mark in _CLAUSE.finditer(folded, start, match.start()))]) : match.start()
    ]
    own = folded[max(start, subject.end) : match.start()] if subject.end <= match.start() else head
    if match.re is _BARE and not _is_bare(folded, match, subject):
        return False
    if _MODAL.search(head) or (_GUARD.search(head) and not _PRICED.search(own)) or _GUARD.search(own[-24:]):
        return False
    return subject.sure or bool(_PRICED.search(folded, start, min(len(folded), match.end() + 60)))


def _is_bare(folded: str, match: re.Match[str], subject: _Subject) -> bool:
    """Tell whether a verb without a number is of a price.

    Shares are its subject, or a listed firm, of which it says sharply that it moved, and why or when.
    """
    own = folded[subject.end : match.start()]
    if _SHARES.fullmatch(own) or (not own.strip() and _SHARES_OF.search(folded, 0, subject.start)):
        return True
    told_why = _SHARP.fullmatch(match[0]) and _WHY.match(folded, match.end())
    return bool(subject.sure and subject.securities and told_why)


def _report(text: str, folded: str, match: re.Match[str], span: tuple[int, int], subject: _Subject) -> MoveReport:
    last, end = span
    direction: Direction = "up" if match["up"] else "down"
    following = _MOVE.search(folded, match.end(), end)
    stop = following.start() if following else end
    near = folded[last:stop]
    statistic = next((what for what, pattern in _STATISTICS if pattern.search(near)), "last")
    if statistic == "extreme":
        statistic = "high" if direction == "up" else "low"
    said = match.groupdict()
    value, high = said.get("value"), said.get("high")
    filler = said.get("filler") or ""
    operator = next((what for what, pattern in _OPERATORS if pattern.search(filler)), "eq" if value else "none")
    session = next((what for what, pattern in _SESSIONS if pattern.search(folded, last, end)), "regular")
    name = text[subject.start : subject.end]
    return MoveReport(
        start=match.start(),
        end=match.end(),
        surface=text[match.start() : match.end()],
        instrument=name,
        security=line_named(folded[max(last, subject.end) : match.start()], subject.security, subject.securities),
        direction=direction,
        value=_value(value) if value else None,
        value_high=_value(high) if high else None,
        unit="%" if value else "none",
        operator=cast("Operator", "range" if high else operator),
        statistic=cast("Statistic", statistic),
        session="unknown" if _ALWAYS.fullmatch(name.lower()) else cast("Session", session),
    )


def _value(text: str) -> float:
    return float(text.replace(",", ""))
