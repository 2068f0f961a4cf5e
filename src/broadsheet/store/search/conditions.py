"""A part of a question as a condition of SQL; whatever was typed is a value of it, never SQL.

Conditions are on rows of post, feed, terms and words: those of the title, then those of the text, a space before and
after each. So there are two spaces between title and text, and no phrase is found across.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import Among, Both, Either, Part, Words
from broadsheet.store.search.terms import Narrowing
from broadsheet.store.search.textindex import Bounds

TRUE = "true"
FALSE = "false"
BETWEEN = "  "
_TITLE = f"split_part(words, '{BETWEEN}', 1) || ' '"
# No EXISTS: a planner would make a join of it, and lose the order.
_OF_DAYS = "(SELECT published >= :since AND published < :until FROM post WHERE num = search.post)"


class Condition(Struct, frozen=True):
    """SQL that is true or false of a row, and the values that are named in it."""

    sql: str
    values: Mapping[str, object]


def narrowed(by: Narrowing) -> Condition | None:
    """The numbers that a row must have; None if any will do."""
    values: dict[str, object] = {}
    found: list[str] = []
    if by.every:
        found.append("terms @> CAST(:every AS integer[])")
        values["every"] = array(by.every)
    for place, some in enumerate(by.some):
        found.append(f"terms && CAST(:some{place} AS integer[])")
        values[f"some{place}"] = array(some)
    return Condition(" AND ".join(found), values) if found else None


def array(numbers: Iterable[int]) -> str:
    """Write an array of numbers; for a thousand this is much quicker than what the driver does."""
    return f"{{{','.join(map(str, numbers))}}}"


def matched(part: Part, meant: Meant, bounds: Bounds) -> Condition:
    """What a row must be to match a part of a question, and to be of the days asked for."""
    writing = _Writing(meant)
    sql = writing.part(part)
    days = {"since": bounds.since, "until": bounds.until}
    if days != {"since": Bounds().since, "until": Bounds().until}:
        return Condition(f"{sql} AND {_OF_DAYS}", {**writing.values, **days})
    return Condition(sql, writing.values)


def chosen(choices: Sequence[tuple[Both, ...]], meant: Meant) -> Condition:
    """Which of some choices a row matches, each of them parts that it must match all: an array of truths."""
    writing = _Writing(meant, "choice")
    found = ", ".join(writing.part(Both(choice)) for choice in choices)
    return Condition(f"CAST(ARRAY[{found}] AS boolean[])", writing.values)


def spaced(words: Sequence[str], *, going_on: bool = False) -> str:
    """Write words with a space before and after each; the last may be the beginning of one that goes on."""
    return f" {' '.join(words)}{'' if going_on else ' '}" if words else " "


class _Writing:
    """A condition being written, and its values; words side by side are one value, for there may be thousands."""

    def __init__(self, meant: Meant, prefix: str = "v") -> None:
        self.values: dict[str, object] = {}
        self._meant = meant
        self._prefix = prefix

    def part(self, part: Part) -> str:
        match part:
            case Words():
                return self._like("ANY", part.in_title, _spaced(part))
            case Among():
                return f"feed = ANY (CAST({self._value(array(map(int, self._meant[part])))} AS bigint[]))"
            case Either():
                return self._any(part.parts)
            case Both():
                found = list(self._all(part.wanted))
                if part.unwanted:
                    found.append(f"NOT {self._any(part.unwanted)}")
                return _joined("AND", found) or TRUE

    def _all(self, parts: Sequence[Part]) -> Iterator[str]:
        for in_title in (True, False):
            plain = [one for one in parts if _is_plain(one, in_title=in_title)]
            if plain:
                yield self._like("ALL", in_title, [one for part in plain for one in _spaced(part)])
        yield from (self.part(one) for one in parts if not isinstance(one, Words) or len(one.ways) > 1)

    def _any(self, parts: Sequence[Part]) -> str:
        found: list[str] = []
        for in_title in (True, False):
            plain = [one for one in parts if isinstance(one, Words) and one.in_title == in_title]
            if plain:
                found.append(self._like("ANY", in_title, [one for part in plain for one in _spaced(part)]))
        found += (self.part(one) for one in parts if not isinstance(one, Words))
        return _joined("OR", found) or FALSE

    def _like(self, which: str, in_title: bool, phrases: Sequence[str]) -> str:
        """Words have no character in them that LIKE reads in another way."""
        column = _TITLE if in_title else "words"
        if len(phrases) == 1:
            return f"strpos({column}, {self._value(phrases[0])}) > 0"
        patterns = [f"%{phrase}%" for phrase in phrases]
        return f"{column} LIKE {which} (CAST({self._value(patterns)} AS text[]))"

    def _value(self, value: object) -> str:
        name = f"{self._prefix}{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def _is_plain(part: Part, *, in_title: bool) -> bool:
    return isinstance(part, Words) and len(part.ways) == 1 and part.in_title == in_title


def _spaced(part: Part) -> list[str]:
    return [spaced(way, going_on=part.beginning) for way in part.ways] if isinstance(part, Words) else []


def _joined(by: str, conditions: Sequence[str]) -> str:
    return f"({f' {by} '.join(conditions)})" if conditions else ""
