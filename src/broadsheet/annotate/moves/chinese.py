"""Price moves that a Chinese text reports: one for each instrument and number, with its exact words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from broadsheet.annotate.clauses import LONGEST_SENTENCE
from broadsheet.annotate.mentions.contexts import Bounds
from broadsheet.annotate.mentions.listings import line_named
from broadsheet.annotate.moves.expressions import TRIGGER, Expression, any_cue, find_expressions, shared_out
from broadsheet.annotate.moves.instruments import (
    Instrument,
    find_instruments,
    firm_before,
    of_company,
    stranger_before,
    subjects_before,
)
from broadsheet.annotate.moves.numbers import Number
from broadsheet.annotate.moves.timing import CLAUSE, default_statistic, session_of, statistic_of
from broadsheet.model import Direction, Mention, MoveReport, Statistic, Unit

_GUARD, _MODAL, _COUNT = (re.compile(any_cue(kind)) for kind in ("guard", "modal", "count"))
_PRICED: Final = re.compile(r"股价|股票|该股|盘中|收盘|收[涨跌报]|盘前|盘后|午后|早盘|尾盘|开盘|一度")
_SHARE_PRICE: Final = re.compile(r"股价|每股|报|收|盘|%至")
_OTHER_PRICE: Final = re.compile(r"(?<![股开收行定招])价(?!值)")
_WEAK: Final = re.compile(r"升|回落|下滑|反弹|回升|攀升|缩水|降|持平")
_ADJOINS: Final = re.compile(r"\s*(?:[(（][^()（）]{2,12}[)）])?\s*")
_ITS: Final = re.compile(
    r"该股|股价|该公司|该币|该指数|盘中|一度|收盘|截至|现报|其(?:[ah]股|港股|美股|美国|adr|存托凭证)"
)


class _Scene(Struct, frozen=True):
    """A text as this finder sees it."""

    text: str
    folded: str
    title: str
    mentions: Sequence[Mention]
    starts: Sequence[int]
    default: Statistic

    def near(self, start: int, end: int) -> Sequence[Mention]:
        """Give the companies named in a stretch, and the one before, that may reach into it."""
        first = bisect_left(self.starts, start)
        return self.mentions[max(0, first - 1) : bisect_left(self.starts, end, first)]


def find_moves(text: str, folded: str, mentions: Sequence[Mention], bounds: Bounds) -> list[MoveReport]:
    """Find the moves of a text in its order; a move said again counts once."""
    title = folded.partition("\n")[0][:LONGEST_SENTENCE]
    starts = [mention.start for mention in mentions]
    scene = _Scene(text, folded, title, mentions, starts, default_statistic(title))
    moves: list[MoveReport] = []
    last: tuple[Instrument, ...] = ()
    position = 0
    for trigger in TRIGGER.finditer(folded):
        if trigger.start() < position:
            continue
        start, position = bounds.sentence(trigger.start())
        found, last = _in_sentence(scene, start, position, last)
        moves += found
    return _once(moves, len(title))


class _Place(Struct, frozen=True):
    """Where an expression is looked at: its sentence, its clause to `stop`, and what of that was not told before."""

    sentence: int
    clause: int
    stop: int
    position: int


def _in_sentence(
    scene: _Scene, start: int, end: int, last: tuple[Instrument, ...]
) -> tuple[list[MoveReport], tuple[Instrument, ...]]:
    clauses = _clauses(scene, start, end)
    told = [expression.direction for _, _, expressions in clauses for expression in expressions]
    if not told:
        return [], tuple(_first_company(scene, start, end)) or last
    instruments = find_instruments(scene.folded, start, end, scene.near(start, end))
    moves: list[MoveReport] = []
    subjects: tuple[Instrument, ...] = ()
    direction = next((one for one in told if one is not None), None)
    for clause, stop, expressions in clauses:
        position = clause
        for expression in expressions:
            place = _Place(start, clause, stop, position)
            own = _own(scene, instruments, place, expression, subjects) or (
                () if subjects else _taken_up(scene, place, last)
            )
            new = own or subjects
            if new and _is_move(scene, new, bool(own), clause, expression):
                for one, said in zip(new, shared_out(scene.folded, expression, len(new)), strict=True):
                    moves += _reports(scene, one, said, place, direction)
                direction = expression.direction or direction
                subjects = new
            position = expression.end
    return moves, subjects or tuple(one for one in instruments if one.company)[:1] or last


def _clauses(scene: _Scene, start: int, end: int) -> list[tuple[int, int, list[Expression]]]:
    """Give the clauses of a sentence, each with its expressions."""
    stops = [*(found.start() for found in CLAUSE.finditer(scene.folded, start, end)), end]
    firsts = [start, *(stop + 1 for stop in stops)]
    return [
        (first, stop, find_expressions(scene.folded, first, stop)) for first, stop in zip(firsts, stops, strict=False)
    ]


def _own(
    scene: _Scene,
    instruments: Sequence[Instrument],
    place: _Place,
    expression: Expression,
    subjects: tuple[Instrument, ...],
) -> tuple[Instrument, ...]:
    """Give what the words before an expression speak of; nothing where it goes on about `subjects`."""
    own = subjects_before(scene.folded, instruments, place.position, expression.verb)
    if own or place.position > place.clause:
        return own
    if subjects:
        return stranger_before(scene.folded, place.clause, expression.start)
    return firm_before(scene.folded, place.clause, expression.start) or _inherited(scene, instruments, place)


def _taken_up(scene: _Scene, place: _Place, last: tuple[Instrument, ...]) -> tuple[Instrument, ...]:
    """Give what the sentences before spoke of, where a clause takes it up."""
    if not _ITS.search(scene.folded, place.clause, place.stop):
        return ()
    return last or _company_before(scene, place.sentence)


def _first_company(scene: _Scene, start: int, end: int) -> Iterator[Instrument]:
    """Give the first company of a sentence, of which the next may speak."""
    for mention in scene.near(start, end):
        if start <= mention.start:
            yield of_company(mention)
            return


def _company_before(scene: _Scene, start: int) -> tuple[Instrument, ...]:
    """Give the company named last before a sentence."""
    named = [mention for mention in scene.near(start, start) if mention.end <= start]
    return tuple(_first_company(scene, named[-1].start, start)) if named else ()


def _is_bare(move: MoveReport) -> bool:
    return move.value is None and move.operator == "none"


def _inherited(scene: _Scene, instruments: Sequence[Instrument], place: _Place) -> tuple[Instrument, ...]:
    """Give what the nearest clause before speaks of."""
    before = [
        one
        for one in instruments
        if one.end <= place.clause and scene.folded[one.end : one.end + 3] not in ("供应链", "产业链")
    ]
    if not before:
        return ()
    marks = CLAUSE.finditer(scene.folded, place.sentence, before[-1].start)
    limit = max((found.end() for found in marks), default=place.sentence)
    first = next(one for one in before if one.start >= limit)
    priced = _PRICED.search(scene.folded, place.clause, place.stop) or not first.company or first.listed
    return (first,) if priced else ()


def _is_move(scene: _Scene, subjects: Sequence[Instrument], own: bool, clause: int, expression: Expression) -> bool:
    """Tell whether an expression is of a price: nothing else that rises stands in its clause, and it has happened."""
    folded = scene.folded
    start = max([clause, *(one.end for one in subjects if own and one.end <= expression.verb)])
    head = folded[start : expression.start]
    if _MODAL.search(folded, clause, expression.end) or _COUNT.search(folded, clause, expression.start):
        return False
    if _GUARD.search(head) and not _PRICED.search(head):
        return False
    company = any(one.company for one in subjects)
    unit = expression.number.unit if expression.number else "none"
    if company and unit.startswith("price") and not _SHARE_PRICE.search(folded, clause, expression.end):
        return False
    if company and not any(one.listed for one in subjects) and not _PRICED.search(folded, clause, expression.end):
        return False
    if folded[expression.end : expression.end + 1] in ("价", "薪", "粉") or (company and _OTHER_PRICE.search(head)):
        return False
    weak = company and _WEAK.search(expression.words) and not _PRICED.search(folded, clause, expression.end)
    adjoins = (start > clause or not own) and _ADJOINS.fullmatch(head) is not None
    return not weak or adjoins


def _reports(
    scene: _Scene,
    one: Instrument,
    expression: Expression,
    place: _Place,
    before: Direction | None,
) -> Iterator[MoveReport]:
    """Report an expression of what it is said of; without a direction of its own it has the one `before`."""
    direction = expression.direction or before
    if direction is None:
        return
    span = (place.sentence, place.clause if expression.direction is None else place.position)
    statistic = expression.statistic or statistic_of(scene.folded, expression, span, direction, scene.default)
    number = expression.number
    yield MoveReport(
        start=expression.start,
        end=expression.end,
        surface=scene.text[expression.start : expression.end],
        instrument=scene.text[one.start : one.end],
        security=line_named(_between(scene.folded, one, expression, place), one.security, one.securities),
        direction=direction,
        value=number.value if number else None,
        value_high=number.high if number else None,
        unit=_unit(number, one),
        operator=expression.operator,
        statistic=statistic,
        session="unknown" if one.traded_always else session_of(scene.folded, expression, place.sentence, scene.title),
    )


def _between(folded: str, one: Instrument, expression: Expression, place: _Place) -> str:
    """Give the words between what moved, or the clause before it, and how it did."""
    return folded[max(place.position, min(one.end, expression.start)) : expression.start]


def _unit(number: Number | None, one: Instrument) -> Unit:
    """Name the unit; a point of a share is a hundredth."""
    if number is None:
        return "none"
    return "%" if number.unit == "point" and one.company else number.unit


def _once(moves: Sequence[MoveReport], title: int) -> list[MoveReport]:
    """Leave out what is said again: the same of the same instrument; a bare word where a number says it anywhere.

    The body says it better than the title.
    """
    numbered = {(_of(move), move.direction) for move in moves if move.unit == "%"}
    seen: dict[tuple[object, ...], MoveReport] = {}
    for move in moves:
        if _is_bare(move) and (_of(move), move.direction) in numbered:
            continue
        key = (_of(move), move.direction, move.value, move.value_high, move.unit, move.operator)
        if key not in seen or seen[key].start < title <= move.start:
            seen[key] = move
    return sorted(seen.values(), key=lambda move: (move.start, move.end))


def _of(move: MoveReport) -> str | None:
    """Name what moved, the same way wherever it is said."""
    return move.security or (move.instrument and move.instrument.removeprefix("A股"))
