"""Price moves that an English text reports."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, cast

from broadsheet.annotate.contexts import cut_long
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
_OPERATORS, _STATISTICS, _SESSIONS = (_rows(kind) for kind in ("operator", "statistic", "session"))
_GUARD, _MODAL, _INDEX, _ALWAYS, _PRICED = (
    re.compile(rf"\b(?:{_any(kind)})\b") for kind in ("guard", "modal", "index", "always", "priced")
)
_SENTENCE: Final = re.compile(r"(?<=[a-z0-9%)\"”])(?<!inc)(?<!corp)(?<!ltd)(?<!co)[.!?](?=\s|$)|\n|;")
_CLAUSE: Final = re.compile(r",\s|\bwhile\b|\band\b|\bbut\b|\bafter\b|\bas (?!much|high|low|many)")


def find_english_moves(text: str, folded: str, mentions: Sequence[Mention]) -> list[MoveReport]:
    """Find the moves of a text in its order; a move said again counts once."""
    if "%" not in folded and "percent" not in folded and "pct" not in folded and "per cent" not in folded:
        return []
    found: dict[tuple[object, ...], MoveReport] = {}
    start = 0
    starts = [mention.start for mention in mentions]
    for end in [*cut_long((mark.end() for mark in _SENTENCE.finditer(folded)), len(folded)), len(folded)]:
        near = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        for move in _in_sentence(text, folded, (start, end), near):
            key = (move.security or (move.instrument or "").lower(), move.direction, move.value, move.value_high)
            found.setdefault(key, move)
        start = end
    return sorted(found.values(), key=lambda move: move.start)


def _in_sentence(text: str, folded: str, span: tuple[int, int], mentions: Sequence[Mention]) -> Iterator[MoveReport]:
    start, end = span
    last = start
    for match in sorted(
        (*_MOVE.finditer(folded, start, end), *_RATE.finditer(folded, start, end)), key=lambda match: match.start()
    ):
        if match.start() < last:
            continue
        subject = _subject(folded, (start, match.start(), end), mentions)
        if subject is not None and _is_move(folded, match, start, subject):
            yield _report(text, folded, match, (last, end), subject)
        last = match.end()


def _subject(
    folded: str, places: tuple[int, int, int], mentions: Sequence[Mention]
) -> tuple[int, int, str | None, bool] | None:
    """Give what moved: the nearest index or company before, else `shares of X` behind."""
    start, position, end = places
    indices = [(found.start(), found.end(), None, True) for found in _INDEX.finditer(folded, start, position)]
    companies = [
        (one.start, one.end, one.security, False) for one in mentions if start <= one.start and one.end <= position
    ]
    before = sorted([*indices, *companies])
    if before:
        return before[-1]
    behind = (one for one in mentions if position < one.start < end and one.securities)
    return next(((one.start, one.end, one.security, False) for one in behind), None)


def _is_move(folded: str, match: re.Match[str], start: int, subject: tuple[int, int, str | None, bool]) -> bool:
    """Tell whether it is a price that moved, and has."""
    head = folded[
        max([start, *(mark.end() for mark in _CLAUSE.finditer(folded, start, match.start()))]) : match.start()
    ]
    own = folded[subject[1] : match.start()] if subject[1] <= match.start() else head
    if _MODAL.search(head) or (_GUARD.search(head) and not _PRICED.search(own)) or _GUARD.search(own[-24:]):
        return False
    return subject[3] or bool(_PRICED.search(folded, start, min(len(folded), match.end() + 60)))


def _report(
    text: str, folded: str, match: re.Match[str], span: tuple[int, int], subject: tuple[int, int, str | None, bool]
) -> MoveReport:
    last, end = span
    direction: Direction = "up" if match["up"] else "down"
    following = _MOVE.search(folded, match.end(), end)
    stop = following.start() if following else end
    near = folded[last:stop]
    statistic = next((what for what, pattern in _STATISTICS if pattern.search(near)), "last")
    if statistic == "extreme":
        statistic = "high" if direction == "up" else "low"
    filler = match.groupdict().get("filler") or ""
    operator = next((what for what, pattern in _OPERATORS if pattern.search(filler)), "eq")
    session = next((what for what, pattern in _SESSIONS if pattern.search(folded, last, end)), "regular")
    name = text[subject[0] : subject[1]]
    return MoveReport(
        start=match.start(),
        end=match.end(),
        surface=text[match.start() : match.end()],
        instrument=name,
        security=subject[2],
        direction=direction,
        value=_value(match["value"]),
        value_high=_value(match["high"]) if match["high"] else None,
        unit="%",
        operator=cast("Operator", "range" if match["high"] else operator),
        statistic=cast("Statistic", statistic),
        session="unknown" if _ALWAYS.fullmatch(name.lower()) else cast("Session", session),
    )


def _value(text: str) -> float:
    return float(text.replace(",", ""))
