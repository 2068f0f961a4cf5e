"""When a reported move was measured: its statistic and the session of trading it belongs to."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, cast

from broadsheet.annotate.moves.expressions import Expression, any_cue, cues
from broadsheet.model import Direction, Session, Statistic


class _Table(NamedTuple):
    """Words that say one thing or another, and all of them in one pattern: most stretches of text have none."""

    rows: Sequence[tuple[str, re.Pattern[str]]]
    any: re.Pattern[str]


# It begins with a plain class, so the engine skips to the marks; no comma before a digit, no colon behind one.
CLAUSE: Final = re.compile(r"[，；;。！!？?\n,:：](?<!\d[:：])(?!(?<=,)\d)")
_PHASES, _SESSIONS, _STATISTICS = (
    _Table(cues(kind), re.compile(any_cue(kind))) for kind in ("phase", "session", "statistic")
)
_PERIODS: Final = next(pattern for what, pattern in _STATISTICS.rows if what == "cumulative")
_PERIOD_CLAUSE: Final = 14
"""How long a clause may be that says nothing but a span of time."""

_RECORD: Final = re.compile("[新最][高低大]|纪录")

_REVIEWS: Final = (
    (re.compile("收评|收盘|复盘|收市"), "close"),
    (re.compile("午评|午盘|午间收"), "noon"),
    (re.compile("开评|开盘|竞价"), "open"),
)


def default_statistic(title: str) -> Statistic:
    """Tell from its title when the prices of a text are from: at the close in a review of the day."""
    return cast("Statistic", next((what for pattern, what in _REVIEWS if pattern.search(title)), "last"))


def statistic_of(
    folded: str, expression: Expression, places: tuple[int, int], direction: Direction, default: Statistic
) -> Statistic:
    """Name the statistic of a move; `places` are where its sentence begins, and where the words about it do."""
    sentence, position = places
    near = folded[position : expression.end]
    if _STATISTICS.any.search(near):
        what = next(what for what, pattern in _STATISTICS.rows if pattern.search(near))
        return ("high" if direction == "up" else "low") if what == "extreme" else cast("Statistic", what)
    before = folded[sentence : expression.verb + 1]
    multiple = expression.number is not None and expression.number.unit == "multiple"
    if multiple or any(_is_period(clause) for clause in CLAUSE.split(before)):
        return "cumulative"
    return cast("Statistic", _nearest(_PHASES, before) or default)


@lru_cache(maxsize=512)
def _is_period(clause: str) -> bool:
    """Tell whether a clause says nothing but a span of time, as in 在2019年到2020年中."""
    return len(clause) <= _PERIOD_CLAUSE and bool(_PERIODS.search(clause)) and not _RECORD.search(clause)


def session_of(folded: str, expression: Expression, sentence: int, title: str) -> Session:
    """Name the session: as the sentence says, else the title."""
    for stretch in (folded[sentence : expression.end], title if expression.start > len(title) else ""):
        if found := _nearest(_SESSIONS, stretch):
            return cast("Session", found)
    return "regular"


def _nearest(table: _Table, text: str) -> str | None:
    """Give what the last word of a table says in a stretch of text."""
    if not table.any.search(text):
        return None
    places = [(found.end(), -found.start(), what) for what, pattern in table.rows for found in pattern.finditer(text)]
    return max(places)[2]
