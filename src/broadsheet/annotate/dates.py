"""Dates named in a text, by a closed grammar: with their precision, relative to the day of publication."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

from msgspec import Struct

from broadsheet.annotate.cues import LANGUAGES
from broadsheet.annotate.tables import rows
from broadsheet.model import DateMention, Precision

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_FIRST_HALF: Final = frozenset({"上", "first"})
_PRECISIONS: Final[Mapping[str, Precision]] = {
    "rquarter": "quarter",
    "bareq": "quarter",
    "rhalf": "half",
    "bareh": "half",
    "rymd": "day",
    "md": "day",
    "edm": "day",
    "d": "day",
    "rday": "day",
    "weekday": "day",
    "eweekday": "day",
    "rym": "month",
    "m": "month",
    "rmonth": "month",
    "ryear": "year",
    "rvague": "vague",
    "vague": "vague",
}

_JOINED: Final = frozenset({"md", "d"})
_JOINTS: Final = frozenset("至到和及与、~～–—")

_Value = tuple[str | None, Precision]


class _Form(Struct, frozen=True):
    """A form of the grammar: what it names, and how the relative word in it moves the day of publication."""

    kind: str
    pattern: str
    shift: int
    groups: int


class _Grammar(Struct, frozen=True):
    """Where a date may begin, and the forms in one pattern for each way it may: a digit, a letter, another sign."""

    trigger: re.Pattern[str]
    ways: Mapping[str, re.Pattern[str]]
    forms: tuple[_Form, ...]


@cache
def _grammar() -> _Grammar:
    signs: list[str] = []
    triggers: list[str] = []
    forms: list[_Form] = []
    ways: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for value, heads, pattern, example in rows(f"dates_{language}"):
            kind, _, shift = value.partition(":")
            if kind == "trigger":
                signs.append(heads)
                triggers.append(pattern)
            else:
                ways.setdefault(_way(example[0]), []).append(f"(?P<f{len(forms)}>{pattern})")
                forms.append(_Form(kind, pattern, int(shift or 0), re.compile(pattern).groups))
    patterns = {way: re.compile("|".join(branches)) for way, branches in ways.items()}
    trigger = f"(?=[{''.join(signs)}])(?:{'|'.join(triggers)})"  # one look at most characters is enough
    return _Grammar(re.compile(trigger), patterns, tuple(forms))


def _way(sign: str) -> str:
    return "digit" if sign.isdigit() else "letter" if sign.isascii() else "sign"


def find_dates(text: str, folded: str, published: date | None) -> tuple[DateMention, ...]:
    """Find the dates of a text, in its order; `folded` is its normal form, of the same length.

    `published` is the day of publication in the zone of the feed; without it what is relative has no value. A
    value is ISO 8601 as far as it is known: 2017-07-28, 2017-07, 2017-Q3, 2017-H1, 2017.
    """
    return tuple(_mentions(text, folded, published))


def dates_ahead(dates: Sequence[DateMention], published: date) -> tuple[int, ...]:
    """Say where the days and months stand that are later than the day of publication."""
    today = published.isoformat()
    exact = [found for found in dates if found.value and found.precision in ("day", "month")]
    return tuple(found.start for found in exact if str(found.value) > today[: len(str(found.value))])


def _mentions(text: str, folded: str, published: date | None) -> Iterator[DateMention]:
    last: DateMention | None = None
    for match, form, parts in _matches(folded):
        since = _day_before(last, folded, match.start())
        value = _later(parts, since) if since and form.kind in _JOINED else _value(form, parts, published)
        if value is not None:
            last = DateMention(
                start=match.start(),
                end=match.end(),
                surface=text[match.start() : match.end()],
                value=value[0],
                precision=value[1],
            )
            yield last


def _day_before(last: DateMention | None, folded: str, start: int) -> date | None:
    """Give the day that the one at `start` is joined to, as in 11月20日至22日."""
    if last is None or last.precision != "day" or not last.value or folded[last.end : start] not in _JOINTS:
        return None
    return date.fromisoformat(last.value)


def _later(parts: tuple[str | None, ...], since: date) -> _Value | None:
    """Give a day that is joined to another the first month, or the first year, in which it comes after that one."""
    *months, day = [int(part) for part in parts if part is not None]
    month = months[0] if months else since.month
    if (month, day) >= (since.month, since.day):
        return _day(since.year, month, day)
    if months:
        return _day(since.year + 1, month, day)
    return _day(since.year + since.month // 12, since.month % 12 + 1, day)


def _matches(folded: str) -> Iterator[tuple[re.Match[str], _Form, tuple[str | None, ...]]]:
    grammar = _grammar()
    end = 0
    for trigger in grammar.trigger.finditer(folded):
        if trigger.start() >= end and (match := _match(grammar, folded, trigger.start())):
            end = match.end()
            form = grammar.forms[int(str(match.lastgroup)[1:])]
            first = match.lastindex or 0
            yield match, form, match.groups()[first : first + form.groups]


def _match(grammar: _Grammar, folded: str, start: int) -> re.Match[str] | None:
    return grammar.ways[_way(folded[start])].match(folded, start)


def _value(form: _Form, parts: tuple[str | None, ...], published: date | None) -> _Value | None:
    """Work out a value; null where there is no such day."""
    given = [part for part in parts if part is not None]
    if form.kind in _ABSOLUTE:
        return _ABSOLUTE[form.kind](given)
    if published is None or form.kind == "vague":
        return None, _PRECISIONS[form.kind]
    return _RELATIVE[form.kind](given, published, form.shift)


def _day(year: int, month: int, day: int) -> _Value | None:
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(max(1, year), month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}", "day"


def _month(year: int, month: int) -> _Value | None:
    return (f"{year:04d}-{month:02d}", "month") if 1 <= month <= len(_MONTHS) else None


def _year(year: int) -> _Value:
    return f"{year:04d}", "year"


def _part_of_year(year: int) -> _Value:
    return f"{year:04d}", "vague"


def _quarter(year: int, quarter: str) -> _Value:
    return f"{year:04d}-Q{_ORDINALS.get(quarter) or int(quarter)}", "quarter"


def _half(year: int, half: str) -> _Value:
    return f"{year:04d}-H{1 if half in _FIRST_HALF else 2}", "half"


def _month_named(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _nearest(published: date, month: int, day: int | None) -> _Value | None:
    """Give a month without a year the year that brings it nearest to the day of publication."""
    if not 1 <= month <= len(_MONTHS):
        return None
    years = (published.year - 1, published.year, published.year + 1)
    year = min(years, key=lambda year: abs((year - published.year) * 12 + month - published.month))
    return _month(year, month) if day is None else _day(year, month, day)


def _of_this_month(published: date, day: int) -> _Value | None:
    """Give a day without a month the last such day that has come, or tomorrow's."""
    if day <= published.day + 1:
        return _day(published.year, published.month, day)
    before = published.replace(day=1) - timedelta(days=1)
    return _day(before.year, before.month, day)


def _shifted(published: date, days: int) -> _Value:
    return (published + timedelta(days=days)).isoformat(), "day"


def _shifted_month(published: date, months: int) -> _Value | None:
    index = published.year * 12 + published.month - 1 + months
    return _month(index // 12, index % 12 + 1)


def _weekday(published: date, weekday: int, weeks: int) -> _Value:
    return _shifted(published, weekday - published.weekday() + 7 * weeks)


def _last_weekday(published: date, weekday: int) -> _Value:
    return _shifted(published, -((published.weekday() - weekday) % 7))


_ABSOLUTE: Final[Mapping[str, Callable[[list[str]], _Value | None]]] = {
    "ymd": lambda given: _day(int(given[0]), int(given[1]), int(given[2])),
    "mdy": lambda given: _day(int(given[2]), _month_named(given[0]), int(given[1])),
    "dmy": lambda given: _day(int(given[2]), _month_named(given[1]), int(given[0])),
    "ym": lambda given: _month(int(given[0]), int(given[1])),
    "my": lambda given: _month(int(given[1]), _month_named(given[0])),
    "quarter": lambda given: _quarter(int(given[0]), given[1]),
    "qy": lambda given: _quarter(int(given[1]), given[0]),
    "half": lambda given: _half(int(given[0]), given[1]),
    "hy": lambda given: _half(int(given[1]), given[0]),
    "year": lambda given: _year(int(given[0])),
    "vagueyear": lambda given: _part_of_year(int(given[0])),
}
"""What the groups of each form with a year give."""

_RELATIVE: Final[Mapping[str, Callable[[list[str], date, int], _Value | None]]] = {
    "rquarter": lambda given, day, years: _quarter(day.year + years, given[0]),
    "rhalf": lambda given, day, years: _half(day.year + years, given[0]),
    "rymd": lambda given, day, years: _day(day.year + years, int(given[0]), int(given[1])),
    "rym": lambda given, day, years: _month(day.year + years, int(given[0])),
    "rvague": lambda _, day, years: _part_of_year(day.year + years),
    "ryear": lambda _, day, years: _year(day.year + years),
    "rmonth": lambda _, day, months: _shifted_month(day, months),
    "rday": lambda _, day, days: _shifted(day, days),
    "weekday": lambda given, day, weeks: _weekday(day, _WEEKDAYS[given[0]], weeks),
    "eweekday": lambda given, day, _: _last_weekday(day, _ENGLISH_DAYS.index(given[0][:3])),
    "md": lambda given, day, _: _nearest(day, int(given[0]), int(given[1])),
    "edm": lambda given, day, _: _nearest(day, _month_named(given[0]), int(given[1])),
    "m": lambda given, day, _: _nearest(day, int(given[0]), None),
    "d": lambda given, day, _: _of_this_month(day, int(given[0])),
    "bareq": lambda *_: (None, "quarter"),
    "bareh": lambda *_: (None, "half"),
}
"""What the groups of each relative form give, with the day of publication and the shift."""
