"""Cues: words that say something, from the room's lexicons, found in one scan of a text.

A lexicon is `lexicon/<kind>_<language>.tsv` with four fields a line: value, heads, pattern, example. Heads are
literals in lower case, divided by `|`. A cue stands where a head stands and, if there is a pattern, where the pattern
covers it: a regular expression, tried only in the clauses that have the head. The value `-` makes a mask: what it
covers is no cue of this kind. Nothing in brackets is a cue, and none lies inside a longer one of the same value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from ahocorasick_rs import AhoCorasick
from msgspec import Struct, structs

from broadsheet.annotate.clauses import Clause, Sentence
from broadsheet.annotate.tables import rows

KINDS: Final = ("events", "stages", "polarity", "sources", "asides", "hedges", "responses", "origins")
LANGUAGES: Final = ("zh", "en")
_BRACKETS: Final = re.compile(r"[（(][^（）()\n]{0,160}[）)]")
MASK: Final = "-"
WEAK: Final = "?"
_LOOSE: Final = frozenset({"outlet", "asked", "accused", "say"})
_YIELDING: Final = frozenset({"say"})
_IN_BRACKETS_TOO: Final = "origins"
_ONE_AT_A_PLACE: Final = frozenset({"sources", "responses", "origins"})
_NOTHING: Final[Mapping[str, Sequence["Cue"]]] = MappingProxyType({})
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

    def said(self, sentence: int, clause: int) -> Mapping[str, Sequence[Cue]]:
        """List the cues in a clause, by those kinds that it has."""
        return self.clauses.get((sentence, clause), _NOTHING)

    def at(self, kind: str, sentence: int, clause: int) -> Sequence[Cue]:
        """List the cues of a kind in a clause."""
        return self.said(sentence, clause).get(kind, ())


class Lexicon(Struct, frozen=True):
    """All cues of all kinds, ready to be looked for."""

    automaton: AhoCorasick
    entries: tuple[tuple[Entry, ...], ...]
    words: tuple[bool, ...]


def read_entries(kind: str, language: str) -> Iterator[Entry]:
    """Read a lexicon file."""
    for value, heads, pattern, example in rows(f"{kind}_{language}"):
        compiled = re.compile(pattern) if pattern else None
        yield Entry(kind, value, tuple(heads.split("|")), compiled, example)


def _at_head(entry: Entry, head: str) -> Entry:
    """Keep of an entry's pattern what can cover one head: a scan tries no more than that.

    A branch that has the characters of a head may spell it, as `acquir(?:es|ed)` spells "acquired".
    """
    if entry.pattern is None:
        return entry
    kept = [branch for branch in _branches(entry.pattern.pattern) if set(head) <= set(branch)]
    return structs.replace(entry, pattern=re.compile("|".join(kept))) if kept else entry


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
    by_head: dict[str, list[Entry]] = {}
    for kind in KINDS:
        for language in LANGUAGES:
            for entry in read_entries(kind, language):
                for head in entry.heads:
                    by_head.setdefault(head, []).append(_at_head(entry, head))
    heads = sorted(by_head)
    words = tuple(head[0].isascii() and head[0].isalpha() for head in heads)
    return Lexicon(AhoCorasick(heads), tuple(tuple(by_head[head]) for head in heads), words)


def find_cues(folded: str, sentences: Sequence[Sentence]) -> Cues:
    """Find all cues of a text; `folded` is its normal form, of the same length."""
    found: dict[str, dict[tuple[int, int, str], Cue]] = {}
    closed = _closing_brackets(folded)
    window = _Window(folded, 0, 0)
    for entries, start, end, (number, inner, clause) in _hits(folded, sentences):
        bracketed = end <= closed[start]
        if clause.start != window.left or end > window.right:
            window = _Window(folded, clause.start, max(clause.end, end))
        for entry in entries:
            kind, value, pattern = entry.kind, entry.value, entry.pattern
            if bracketed and kind != _IN_BRACKETS_TOO:
                continue
            place = window.at_head(pattern, start, end) if pattern else (start, end, (start, end))
            if place is not None:
                first, last, name = place
                found.setdefault(kind, {})[first, last, value] = Cue(first, last, kind, value, number, inner, name)
    return _placed({kind: tuple(_longest(found[kind].values())) if kind in found else () for kind in KINDS})


def _closing_brackets(folded: str) -> Sequence[int]:
    """Say of each code point where the brackets round it end; 0 where none are."""
    ends = [0] * len(folded)
    for match in _BRACKETS.finditer(folded):
        ends[match.start() : match.end()] = [match.end()] * len(match[0])
    return ends


class _Window:
    """A clause as patterns see it, each looked for once: heads are asked for in the order of their ends."""

    def __init__(self, folded: str, left: int, right: int) -> None:
        self.left, self.right = left, right
        self._text = folded[left:right]
        self._next: dict[int, re.Match[str] | None] = {}

    def at_head(self, pattern: re.Pattern[str], start: int, end: int) -> tuple[int, int, tuple[int, int]] | None:
        """Say where a cue stands that covers a head, and its name."""
        left, key = self.left, id(pattern)
        if key in self._next:
            match = self._next[key]
        else:
            match = self._next[key] = pattern.search(self._text)
        if match is not None and match.end() < end - left:
            match = self._next[key] = self._reaching(pattern, match, end - left)
        if match is None or match.start() > start - left:
            return None
        one, two = match.span(1) if pattern.groups else match.span()
        return match.start() + left, match.end() + left, (one + left, two + left)

    def _reaching(self, pattern: re.Pattern[str], match: re.Match[str] | None, end: int) -> re.Match[str] | None:
        while match and match.end() < end:
            match = pattern.search(self._text, max(match.end(), match.start() + 1))
        return match


def _hits(
    folded: str, sentences: Sequence[Sentence]
) -> Iterator[tuple[Sequence[Entry], int, int, tuple[int, int, Clause]]]:
    """Yield where heads stand: the entries of a head, its span, and its sentence and clause."""
    lexicon = load_lexicon()
    places = [
        (number, inner, clause)
        for number, sentence in enumerate(sentences)
        for inner, clause in enumerate(sentence.clauses)
    ]
    starts = [clause.start for _, _, clause in places]
    for which, start, end in lexicon.automaton.find_matches_as_indexes(folded, overlapping=True):
        if lexicon.words[which] and _inside_word(folded, start, end):
            continue
        at = bisect_right(starts, start) - 1
        if at >= 0:
            yield lexicon.entries[which], start, end, places[at]


def _placed(kinds: Mapping[str, Sequence[Cue]]) -> Cues:
    sentences: dict[tuple[str, int], list[Cue]] = {}
    clauses: dict[tuple[int, int], dict[str, list[Cue]]] = {}
    for kind, cues in kinds.items():
        for cue in cues:
            sentences.setdefault((kind, cue.sentence), []).append(cue)
            clauses.setdefault((cue.sentence, cue.clause), {}).setdefault(kind, []).append(cue)
    return Cues(kinds, sentences, clauses)


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def _longest(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Drop what lies inside a longer cue of its value or inside a mask, and the masks themselves."""
    reach: dict[str, int] = {}
    masked = covered = -1
    for cue in sorted(cues, key=_longest_first):
        value, end = cue.value, cue.end
        strict = cue.kind in _ONE_AT_A_PLACE and value not in _LOOSE
        if end <= masked or end <= reach.get(value, -1) or (end <= covered and (strict or value in _YIELDING)):
            continue
        reach[value] = end
        covered = end if strict and end > covered else covered
        if value == MASK:
            masked = end
        else:
            yield cue


def _longest_first(cue: Cue) -> tuple[int, int, bool]:
    return cue.start, -cue.end, cue.value != MASK
