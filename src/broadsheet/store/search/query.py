"""The language of questions: words, "phrases", wor*, -not, `or`, ( ), and filters such as `feed:`.

Whatever is typed means something, nothing is an error; what it means that a reader may not expect is told in notes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from broadsheet.store.search.days import DAY_FORMS, Day, parse_day
from broadsheet.store.search.fold import SPACED, STOP, words

Phrase: TypeAlias = tuple[str, ...]

DEEPEST = 20  # parentheses in parentheses; further ones are not read
MOST_WORDS = 400  # in all, and filters; a character of Chinese is a word
SHORTEST_BEGINNING = 2  # characters before a *: fewer begin too many words

_FORMS = str.maketrans("“”„‟«»「」『』＂：（）＊", '"' * 11 + ":()*")
_TERM = re.compile(
    r'(?P<no>[-－−]+)?(?:(?P<open>\()|(?P<field>[A-Za-z]+):(?=[^\s:/])(?:"(?P<value>[^"]*)"?|(?P<bare>[^\s"]+))'
    r'|"(?P<phrase>[^"]*)"?|(?P<word>[^\s")][^\s"]*))|(?P<close>\))'
)
_OR = frozenset({"or", "OR", "Or", "|"})
_EXCHANGES = frozenset({"hk", "sh", "ss", "sz", "bj"})
_HONG_KONG_DIGITS = 5


class Words(Struct, frozen=True):
    """Any of some ways to write the same words, next to each other; `beginning` lets the last word go on."""

    ways: tuple[Phrase, ...]
    beginning: bool = False
    in_title: bool = False


class Among(Struct, frozen=True):
    """Posts of the feeds or sections that a reader calls so, those that name a company, or those of a kind."""

    kind: Literal["feed", "section", "company", "is"]
    name: str


class Both(Struct, frozen=True):
    """All of these, and none of those."""

    wanted: "tuple[Part, ...]" = ()
    unwanted: "tuple[Part, ...]" = ()


class Either(Struct, frozen=True):
    """One of these at the least."""

    parts: "tuple[Part, ...]"


Part: TypeAlias = Words | Among | Both | Either

Counted: TypeAlias = tuple[Words, tuple[Both, ...]]
"""Words, and the parts of a question that a post must match for them to count."""


Surprise: TypeAlias = Literal["no-day", "too-long", "nothing", "no-feed", "no-section", "no-company", "no-is"]


class Remark(Struct, frozen=True):
    """What a question means that its asker may not expect, about which filter; `told` says it in English."""

    what: Surprise
    about: str
    told: str


class Query(Struct, frozen=True):
    """What is asked: what posts must hold, the days they are of (from `since`, up to but not with `until`), notes."""

    root: Both = Both()
    since: tuple[Day, ...] = ()
    until: tuple[Day, ...] = ()
    notes: tuple[Remark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self.root == Both() and not self.since and not self.until


def parse_query(text: str) -> Query:
    """Read a question; what has no words and no filter in it asks for nothing."""
    return _Reading(text).query()


class _Reading:
    """One question being read; days bound the whole of it, wherever they stand."""

    def __init__(self, text: str) -> None:
        self._terms = list(_terms(text.translate(_FORMS)))
        self._since: list[Day] = []
        self._until: list[Day] = []
        self._notes: list[Remark] = []
        self._room = MOST_WORDS
        self._over = 0

    def query(self) -> Query:
        """Read it all; a parenthesis that closes nothing is passed over."""
        self._terms.reverse()
        wanted: list[Part] = []
        unwanted: list[Part] = []
        while self._terms:
            group = self._group(0)
            wanted += group.wanted
            unwanted += group.unwanted
        root = Both(tuple(wanted), tuple(unwanted))
        if self._over:
            asked = f"only the first {MOST_WORDS} words are asked for (a Chinese character is one)"
            self._notes.append(Remark("too-long", str(MOST_WORDS), f"{asked}; left out: {self._over}"))
        return Query(root, tuple(self._since), tuple(self._until), tuple(dict.fromkeys(self._notes)))

    def _group(self, depth: int) -> Both:
        groups: list[list[Part]] = []
        unwanted: list[Part] = []
        joined = False
        while self._terms:
            term = self._terms.pop()
            if term["close"]:
                break
            if term["word"] in _OR and not term["no"]:
                joined = bool(groups)
                continue
            part = self._part(term, depth)
            if part is not None and term["no"]:
                unwanted.append(part)
            elif part is not None and joined:
                groups[-1].append(part)
            elif part is not None:
                groups.append([part])
            joined = False
        wanted = (parts[0] if len(parts) == 1 else Either(tuple(parts)) for parts in groups)
        return Both(tuple(wanted), tuple(unwanted))

    def _part(self, term: re.Match[str], depth: int) -> Part | None:
        if term["open"]:
            return _plain(self._group(depth + 1)) if depth < DEEPEST else None
        if term["field"]:
            return self._field(term)
        return self._words(term["phrase"] or term["word"] or "")

    def _field(self, term: re.Match[str]) -> Part | None:
        field, value = term["field"].lower(), (term["value"] or term["bare"] or "").strip()
        match field:
            case "feed" | "section" | "company" | "is":
                return Among(field, value) if value and self._taken(1) else None
            case "title":
                return self._words(value, in_title=True)
            case "after" | "before":
                self._bound(field, value, negated=bool(term["no"]))
                return None
        return self._words(term[0].lstrip("-－−"))

    def _words(self, text: str, *, in_title: bool = False) -> Words | None:
        found = _trimmed(words(text))
        phrase = tuple(_trimmed(found[: self._taken(len(found))]))
        if not phrase:
            return None
        beginning = text.endswith("*") and len(phrase) == len(found) and _begins(phrase[-1])
        return Words(tuple(dict.fromkeys(_ways(phrase))), beginning, in_title)

    def _taken(self, count: int) -> int:
        """How many words of so many are asked for."""
        taken = min(count, self._room)
        self._room -= taken
        self._over += count - taken
        return taken

    def _bound(self, field: str, value: str, *, negated: bool) -> None:
        day = parse_day(value)
        if day is None:
            told = f"{field}:{value} is left out: no day is written so; {DAY_FORMS}"
            self._notes.append(Remark("no-day", f"{field}:{value}", told))
        elif (field == "after") != negated:
            self._since.append(day)
        else:
            self._until.append(day)


def _terms(text: str) -> Iterator[re.Match[str]]:
    """The terms of a question; a parenthesis in a word that did not open it closes a group."""
    place, depth = 0, 0
    while term := _TERM.search(text, place):
        place = term.end()
        end = _closing(term["word"] or term["bare"] or "") if depth else None
        if end is not None and (shorter := _TERM.match(text, term.start(), place - end)):
            term, place = shorter, place - end
        depth = max(0, depth + (term["open"] is not None) - (term["close"] is not None))
        yield term


def _closing(word: str) -> int | None:
    """How many characters of a word are left from the first ) on that closes nothing in it; None without one."""
    opened = 0
    for place, char in enumerate(word):
        opened += (char == "(") - (char == ")")
        if opened < 0:
            return len(word) - place
    return None


def _plain(group: Both) -> Part | None:
    if group == Both():
        return None
    return group.wanted[0] if len(group.wanted) == 1 and not group.unwanted else group


def _trimmed(found: list[str]) -> list[str]:
    """Words without the stops around them."""
    asked = [place for place, word in enumerate(found) if word != STOP]
    return found[asked[0] : asked[-1] + 1] if asked else []


def _begins(word: str) -> bool:
    """Whether words may be asked for that begin so."""
    return len(word) >= SHORTEST_BEGINNING and re.match(SPACED, word) is not None


def _ways(phrase: Phrase) -> Iterator[Phrase]:
    """How the code of a share may be written: 1958.HK is 01958.HK, HK1958 and HK01958, too."""
    yield phrase
    if len(phrase) != 2 or not _EXCHANGES.intersection(phrase):
        return
    exchange, number = sorted(phrase, key=str.isdecimal)
    if not number.isdecimal():
        return
    numbers = [number]
    if exchange == "hk":
        shortest = number.lstrip("0") or number
        numbers += [shortest, shortest.zfill(_HONG_KONG_DIGITS)]
    for one in numbers:
        yield from ((one, exchange), (exchange, one))


def sought_words(parts: Iterable[Part]) -> Iterator[Words]:
    """The words that a hit may hold, as the question has them, without those that it must not."""
    for part in parts:
        match part:
            case Words():
                yield part
            case Both(wanted=inner) | Either(parts=inner):
                yield from sought_words(inner)
            case Among():
                pass


def counted_words(part: Part, within: tuple[Both, ...] = (), *, chosen: bool = False) -> Iterator[Counted]:
    """The words that a hit may hold, each with what it must match besides for them to count.

    Of words in one of several alternatives (`chosen`) that is all of the alternative, as FTS5 has it.
    """
    match part:
        case Words():
            yield part, within
        case Either():
            for one in part.parts:
                yield from counted_words(one, within, chosen=True)
        case Both():
            whole = (*within, part) if chosen and len(part.wanted) + len(part.unwanted) > 1 else within
            for one in part.wanted:
                yield from counted_words(one, whole, chosen=chosen)
        case Among():
            pass


def filters(parts: Sequence[Part]) -> Iterator[Among]:
    """The filters by feed, section, company and kind, those too that must not be met."""
    for part in parts:
        match part:
            case Among():
                yield part
            case Both():
                yield from filters((*part.wanted, *part.unwanted))
            case Either():
                yield from filters(part.parts)
            case Words():
                pass
