"""Moves that posts reported, each held against what the shares did, and what the shares of a story did."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from broadsheet.model import Annotations, Bar, Card, Check, Company, MoveReport, StoryRef
from broadsheet.publish.findings.charts import Candles, Ruler, before, candles_of, daily, ruler_for
from broadsheet.publish.findings.record import Record

MOST_CHIPS = 6
MOST_PANELS = 6
MOST_CHECKS = 4
MOST_SAID = 24
"""Reported moves that a table lists; of those beyond it says how many there are."""

Word = Literal["matches", "differs", "unchecked"]
_WORDS: Mapping[str, Word] = {
    "CONFIRMED": "matches",
    "CONSISTENT": "matches",
    "CONSISTENT_LATER_HIGH": "matches",
    "CONTRADICTED": "differs",
}


class Said(Struct, frozen=True, kw_only=True):
    """A move as one post reported it, and its check; `company` is whose shares these are."""

    post: Card
    move: MoveReport
    check: Check | None
    company: Company | None

    @property
    def word(self) -> Word:
        """What the check says, in one of three words."""
        return _WORDS.get(self.check.verdict, "unchecked") if self.check else "unchecked"

    @property
    def reported(self) -> float | None:
        """What was reported, in percent with its sign; None where it was no percentage."""
        move = self.move
        if move.value is None or move.unit != "%":
            return None
        return -move.value if move.direction == "down" else move.value


class Quote(Struct, frozen=True, kw_only=True):
    """A day of a security: its changes in percent, and whether it closed at a limit, where somebody checked that."""

    security: str
    company: Company | None
    day: date | None = None
    high: float | None = None
    close: float | None = None
    at_limit: bool = False


class Panel(Struct, frozen=True, kw_only=True):
    """One security of a story: its `first` report that could be checked, or else the first, and its days around."""

    security: str
    company: Company | None
    first: Said
    chart: Candles | None


class Moves(Struct, frozen=True, kw_only=True):
    """All moves of a story: by security, and one by one on one ruler; `more` are not listed."""

    said: tuple[Said, ...]
    more: int
    panels: tuple[Panel, ...]
    ruler: Ruler

    @property
    def rows(self) -> list[tuple[Said, list[Card]]]:
        """Put into one row what several posts reported of a security in the same words, with all of these posts."""
        found: dict[tuple[object, ...], tuple[Said, list[Card]]] = {}
        for one in self.said:
            day = one.check.day if one.check else None
            key = (one.move.security or one.move.instrument, one.move.surface, one.word, day)
            found.setdefault(key, (one, []))[1].append(one.post)
        return list(found.values())

    def count(self, word: Word) -> int:
        """Count the moves of which the check says so."""
        return sum(said.word == word for said in self.said)


class Checks(Struct, frozen=True, kw_only=True):
    """Moves beside a headline, one of each security, on one ruler."""

    said: tuple[Said, ...]
    ruler: Ruler


def said_of(record: Record, posts: Iterable[Card], facts: Mapping[str, Annotations]) -> list[Said]:
    """Check every move that posts, in order, reported; the same words of one post about one security count once."""
    found: dict[tuple[str, str | None, str], Said] = {}
    for post in posts:
        for move in facts[post.id].moves if post.id in facts else ():
            key = (post.id, move.security or move.instrument, move.surface)
            if key not in found:
                found[key] = _said(record, post, move)
    return list(found.values())


def _said(record: Record, post: Card, move: MoveReport) -> Said:
    company = record.companies.get(record.owners.get(move.security or "", ""))
    return Said(post=post, move=move, check=check_of(record, post, move), company=company)


def check_of(record: Record, post: Card, move: MoveReport) -> Check | None:
    """Hold a move against the sessions round its post; None where nothing checks."""
    checking = record.findings.checking
    if checking is None:
        return None
    bars = record.bars(move.security, record.almanac.day_of(post.published)) if move.security else ()
    return checking.check(move, bars, post.published)


def moves_of(record: Record, said: Sequence[Said]) -> Moves | None:
    """Lay out the moves of a story; None where it reports none."""
    if not said:
        return None
    securities = dict.fromkeys(one.move.security for one in said if one.move.security)
    panels = [_panel(record, security, said) for security in list(securities)[:MOST_PANELS]]
    measured = [value for one in said if one.check for value in (one.check.low, one.check.high)]
    values = [value for value in (*measured, *(one.reported for one in said)) if value is not None]
    return Moves(
        said=tuple(said[:MOST_SAID]),
        more=max(0, len(said) - MOST_SAID),
        panels=tuple(panels),
        ruler=ruler_for(values),
    )


def checks_of(said: Iterable[Said]) -> Checks | None:
    """Choose of each security the first move that was held against a session; None where none was."""
    found: dict[str, Said] = {}
    for one in said:
        if one.move.security and one.word != "unchecked" and None not in _ends(one):
            found.setdefault(one.move.security, one)
    kept = tuple(found.values())[:MOST_CHECKS]
    values = [value for one in kept for value in (*_ends(one), one.reported) if value is not None]
    return Checks(said=kept, ruler=ruler_for(values)) if kept else None


def _ends(one: Said) -> tuple[float | None, ...]:
    """Tell between what a share moved that day, and where it closed."""
    return (one.check.low, one.check.high, one.check.close) if one.check else (None,)


def _panel(record: Record, security: str, said: Iterable[Said]) -> Panel:
    own = [one for one in said if one.move.security == security]
    first = next((one for one in own if one.word != "unchecked"), own[0])
    day = record.almanac.day_of(first.post.published)
    meant = first.check.day if first.check and first.check.day else day
    chart = candles_of(daily(record.bars(security, day)), meant, first.reported)
    return Panel(security=security, company=first.company, first=first, chart=chart)


def quotes_of(record: Record, story: StoryRef, said: Iterable[Said]) -> list[Quote]:
    """Tell what the securities of a story did on its day: as its first check of each found, else as the bars say."""
    checked: dict[str, Check] = {}
    for one in said:
        if one.check and one.check.close is not None and one.move.security:
            checked.setdefault(one.move.security, one.check)
    day = record.almanac.day_of(story.first)
    return [
        _checked_quote(record, security, checked[security])
        if security in checked
        else quote_on(record, security, day)
        for security in record.securities(story)[:MOST_CHIPS]
    ]


def _checked_quote(record: Record, security: str, check: Check) -> Quote:
    return Quote(
        security=security,
        company=record.companies.get(record.owners.get(security, "")),
        day=check.day,
        high=check.high,
        close=check.close,
        at_limit=check.closed_at_limit,
    )


def quote_on(record: Record, security: str, day: date) -> Quote:
    """Tell what a security did on a day; nothing where there was no session of it."""
    bars = daily(record.bars(security, day))
    return _quote(record, security, bars, next((at for at, bar in enumerate(bars) if bar.day == day), None))


def last_quote(record: Record, security: str, day: date) -> Quote:
    """Tell what a security did in its last session until a day."""
    bars = [bar for bar in daily(record.bars(security, day)) if bar.day <= day]
    return _quote(record, security, bars, len(bars) - 1 if bars else None)


def _quote(record: Record, security: str, bars: Sequence[Bar], at: int | None) -> Quote:
    company = record.companies.get(record.owners.get(security, ""))
    base = None if at is None else before(bars, at)
    if at is None or not base:
        return Quote(security=security, company=company)
    high, close = (100 * (price / base - 1) for price in (bars[at].high, bars[at].close))
    return Quote(security=security, company=company, day=bars[at].day, high=high, close=close)
