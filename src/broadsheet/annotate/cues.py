"""Cues: words that say something, from the room's lexicons, found in one scan of a text.

A lexicon is `lexicon/<kind>_<language>.tsv` with four fields a line: value, heads, pattern, example. Heads are
literals in lower case, divided by `|`. A cue stands where a head stands and, if there is a pattern, where the pattern
covers it: a regular expression, tried only in the clauses that have the head. The value `-` makes a mask: what it
covers is no cue of this kind. Nothing in brackets is a cue, and none lies inside a longer one of the same value.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from broadsheet.annotate.clauses import Sentence
from broadsheet.annotate.tables import rows

KINDS: Final = ("events", "stages", "polarity", "sources", "asides", "hedges", "responses", "origins")
LANGUAGES: Final = ("zh", "en")
_BRACKETS: Final = re.compile(r"\([^()\n]{0,160}\)")
MASK: Final = "-"
WEAK: Final = "?"
_LOOSE: Final = frozenset({"outlet", "asked", "accused", "say"})
_YIELDING: Final = frozenset({"say"})
_IN_BRACKETS_TOO: Final = "origins"
_ONE_AT_A_PLACE: Final = frozenset({"sources", "responses", "origins"})
_NOTHING: Final[Mapping[str, Sequence["Cue"]]] = MappingProxyType({})
_LONGEST_FIRST: Final = itemgetter(0, 1, 2)
_SYNTAX: Final = re.compile(r"\\.|[\[\]()|]")


class Entry(Struct, frozen=True):
    """One line of a lexicon."""

    kind: str
    value: str
    heads: tuple[str, ...]
    pattern: re.Pattern[str] | None
    example: str


class Cue(Struct, frozen=True):
    """A cue in a text: `sentence` and `clause` count from 0, the clause within its sentence.

    `name` is the span that the first group of its pattern took, else the cue itself.
    """

    start: int
    end: int
    kind: str
    value: str
    sentence: int
    clause: int
    name: tuple[int, int]


class Cues(Struct, frozen=True):
    """The cues of one text in its order: by kind, by sentence and by clause."""

    kinds: Mapping[str, Sequence[Cue]]
    sentences: Mapping[tuple[str, int], Sequence[Cue]]
    clauses: Mapping[tuple[int, int], Mapping[str, Sequence[Cue]]]

    def of(self, kind: str) -> Sequence[Cue]:
        """List the cues of a kind."""
        return self.kinds[kind]

    def within(self, kind: str, sentence: int) -> Sequence[Cue]:
        """List the cues of a kind in a sentence."""
        return self.sentences.get((kind, sentence), ())

    def has(self, kind: str, sentence: int, values: Collection[str]) -> bool:
        """Say whether a cue of a kind in a sentence has one of these values."""
        return any(cue.value in values for cue in self.within(kind, sentence))

    def said(self, sentence: int, clause: int) -> Mapping[str, Sequence[Cue]]:
        """List the cues in a clause, by those kinds that it has."""
        return self.clauses.get((sentence, clause), _NOTHING)

    def at(self, kind: str, sentence: int, clause: int) -> Sequence[Cue]:
        """List the cues of a kind in a clause."""
        return self.clauses.get((sentence, clause), _NOTHING).get(kind, ())


_Find = Callable[[str, int], re.Match[str] | None]
_Rule = tuple[str, str, _Find | None, int, int]
"""What an entry says at a head: its kind and value, what looks for its pattern, the number of the pattern and of the
group that names the cue."""

_Window = tuple[int, int, int, str, list[tuple[Sequence[_Rule], int, int]]]
"""A clause as patterns see it: its sentence, its place in it, its start, its text, and the heads that stand in it."""

_Place = tuple[int, int, bool, str]
"""Where a cue stands: its start, its end counted backwards, whether it is no mask, its value."""

_Found = dict[_Place, tuple[int, int, tuple[int, int]]]
"""Of the cues of a kind their sentence, their clause and their name."""


class Lexicon(Struct, frozen=True):
    """All cues of all kinds, ready to be looked for: what each head says, and in brackets, and if it is a word."""

    automaton: AhoCorasick
    rules: tuple[tuple[_Rule, ...], ...]
    in_brackets: tuple[tuple[_Rule, ...], ...]
    words: tuple[bool, ...]


def read_entries(kind: str, language: str) -> Iterator[Entry]:
    """Read a lexicon file."""
    for value, heads, pattern, example in rows(f"{kind}_{language}"):
        compiled = re.compile(pattern) if pattern else None
        yield Entry(kind, value, tuple(heads.split("|")), compiled, example)


def _rule(entry: Entry, head: str) -> _Rule:
    """Keep of an entry's pattern what can cover one head: a scan tries no more than that.

    A branch that has the characters of a head may spell it, as `acquir(?:es|ed)` spells "acquired". What begins where
    the clause does is tried there alone.
    """
    if entry.pattern is None:
        return entry.kind, entry.value, None, 0, 0
    branches = _branches(entry.pattern.pattern)
    kept = [branch for branch in branches if set(head) <= set(branch)] or branches
    pattern = re.compile("|".join(kept))
    find = pattern.match if all(branch.startswith("^") for branch in kept) else pattern.search
    return entry.kind, entry.value, find, id(pattern), min(pattern.groups, 1)


def _branches(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no group or class."""
    branches, depth, in_class, start = [], 0, False, 0
    for match in _SYNTAX.finditer(pattern):
        sign = match[0]
        if in_class or sign == "[":
            in_class = sign != "]"
        elif sign == "|" and depth == 0:
            branches.append(pattern[start : match.start()])
            start = match.end()
        else:
            depth += {"(": 1, ")": -1}.get(sign, 0)
    return [*branches, pattern[start:]]


@cache
def load_lexicon() -> Lexicon:
    """Load every lexicon; read once in a process."""
    by_head: dict[str, list[_Rule]] = {}
    for kind in KINDS:
        for language in LANGUAGES:
            for entry in read_entries(kind, language):
                for head in entry.heads:
                    by_head.setdefault(head, []).append(_rule(entry, head))
    heads = sorted(by_head)
    rules = tuple(tuple(by_head[head]) for head in heads)
    in_brackets = tuple(tuple(rule for rule in each if rule[0] == _IN_BRACKETS_TOO) for each in rules)
    words = tuple(head[0].isascii() and head[0].isalpha() for head in heads)
    return Lexicon(AhoCorasick(heads), rules, in_brackets, words)


def find_cues(folded: str, sentences: Sequence[Sentence]) -> Cues:
    """Find all cues of a text; `folded` is its normal form, of the same length."""
    found: dict[str, _Found] = {kind: {} for kind in KINDS}
    for window in _windows(folded, sentences):
        _look(window, found)
    return _placed({kind: _longest(kind, places) if places else () for kind, places in found.items()})


def _closing_brackets(folded: str) -> Sequence[int]:
    """Say of each code point where the brackets round it end; 0 where none are."""
    ends = [0] * len(folded)
    for match in _BRACKETS.finditer(folded):
        ends[match.start() : match.end()] = [match.end()] * len(match[0])
    return ends


def _windows(folded: str, sentences: Sequence[Sentence]) -> list[_Window]:
    """List the clauses in which heads stand."""
    lexicon = load_lexicon()
    words, everywhere, in_brackets = lexicon.words, lexicon.rules, lexicon.in_brackets
    closed = _closing_brackets(folded)
    places = [
        (number, inner, clause)
        for number, sentence in enumerate(sentences)
        for inner, clause in enumerate(sentence.clauses)
    ]
    starts = [clause.start for _, _, clause in places]
    windows: list[_Window] = []
    last = right = -1
    for which, start, end in lexicon.automaton.find_matches_as_indexes(folded, overlapping=True):
        at = bisect_right(starts, start) - 1
        if at < 0 or (words[which] and _inside_word(folded, start, end)):
            continue
        if at != last or end > right:
            last = at
            number, inner, clause = places[at]
            left, right = clause.start, max(clause.end, end)
            heads: list[tuple[Sequence[_Rule], int, int]] = []
            windows.append((number, inner, left, folded[left:right], heads))
        rules = everywhere if end > closed[start] else in_brackets
        heads.append((rules[which], start, end))
    return windows


def _look(window: _Window, found: Mapping[str, _Found]) -> None:
    """Look for the cues of a clause, for each pattern once: heads are asked for in the order of their ends."""
    number, inner, left, text, heads = window
    matches: dict[int, re.Match[str] | None] = {}
    for rules, start, end in heads:
        for kind, value, find, key, group in rules:
            if find is None:
                found[kind][start, -end, value != MASK, value] = number, inner, (start, end)
                continue
            match = matches[key] if key in matches else find(text, 0)
            while match is not None and match.end() < end - left:
                match = find(text, max(match.end(), match.start() + 1))
            matches[key] = match
            if match is not None and match.start() <= start - left:
                (first, last), (one, two) = match.span(), match.span(group)
                place = first + left, -last - left, value != MASK, value
                found[kind][place] = number, inner, (one + left, two + left)


def _placed(kinds: Mapping[str, Sequence[Cue]]) -> Cues:
    sentences: dict[tuple[str, int], list[Cue]] = defaultdict(list)
    clauses: dict[tuple[int, int], dict[str, list[Cue]]] = defaultdict(dict)
    for kind, cues in kinds.items():
        for cue in cues:
            sentences[kind, cue.sentence].append(cue)
            clauses[cue.sentence, cue.clause].setdefault(kind, []).append(cue)
    return Cues(kinds, sentences, clauses)


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def _longest(kind: str, places: _Found) -> tuple[Cue, ...]:
    """Make cues of places, without what lies inside a longer one of its value or inside a mask, and without masks."""
    cues: list[Cue] = []
    reach: dict[str, int] = {}
    masked = covered = -1
    alone = kind in _ONE_AT_A_PLACE
    for place in sorted(places, key=_LONGEST_FIRST):
        start, end, _, value = place
        end = -end
        strict = alone and value not in _LOOSE
        if end <= masked or end <= reach.get(value, -1) or (end <= covered and (strict or value in _YIELDING)):
            continue
        reach[value] = end
        covered = end if strict and end > covered else covered
        if value == MASK:
            masked = end
        else:
            cues.append(Cue(start, end, kind, value, *places[place]))
    return tuple(cues)
