"""Numbers that narrow a search down: of words, of two words side by side, of beginnings, of feeds.

A post that matches a question has the numbers that the question asks for. One that has them need not match, for
numbers may be alike, and a phrase is more than its pairs: what the index is asked for is wide enough, never too
narrow.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias
from zlib import crc32

from msgspec import Struct

from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import SHORTEST_BEGINNING, Among, Both, Either, Part, Phrase, Words

LONGEST_BEGINNING = 8  # characters; what begins with more is narrowed down by so many
MOST_CHOICES = 4  # more of them narrow nothing down that these did not

_HIGHEST_BIT = 1 << 31

# What no word has in it keeps these from being words: a space, a star, a colon.
_PAIR = "{} {}"
_BEGINNING = "{}*"
_FEED = "feed:{}"


class Way(Struct, frozen=True):
    """Numbers of what matches; `paired` if they are of pairs, which fewer posts have than words."""

    terms: tuple[int, ...]
    paired: bool = False


Choice: TypeAlias = tuple[Way, ...]
"""Ways of which a post has one; none is what no post has."""


class Narrowing(Struct, frozen=True):
    """Numbers that a post must have all of, and sets of which it must have one; without any it says nothing."""

    every: tuple[int, ...] = ()
    some: tuple[tuple[int, ...], ...] = ()


def number(term: str) -> int:
    """The number of a term, in 32 bits with a sign."""
    return (crc32(term.encode()) ^ _HIGHEST_BIT) - _HIGHEST_BIT


def terms_of(feed: int, *texts: Sequence[str]) -> set[int]:
    """Give all numbers of a post: of its feed, and of the words of each of its texts."""
    terms = {_FEED.format(feed)}
    for words in texts:
        terms.update(words)
        terms.update(map(_PAIR.format, words, words[1:]))
    beginnings = {word[:size] for text in texts for word in text if len(word) > 1 for size in _sizes(word)}
    terms.update(map(_BEGINNING.format, beginnings))
    return set(map(number, terms))


def _sizes(word: str) -> range:
    return range(SHORTEST_BEGINNING, min(len(word), LONGEST_BEGINNING) + 1)


def narrowing(part: Part, meant: Meant) -> Narrowing:
    """Find what every post that matches a part of a question has; what it must not have narrows nothing down."""
    choices = _choices(part, meant)
    every = (term for choice in choices if len(choice) == 1 for term in choice[0].terms)
    some = sorted((choice for choice in choices if len(choice) != 1), key=len)[:MOST_CHOICES]
    return Narrowing(
        tuple(dict.fromkeys(every)), tuple(tuple(dict.fromkeys(way.terms[0] for way in choice)) for choice in some)
    )


def _choices(part: Part, meant: Meant) -> list[Choice]:
    match part:
        case Words():
            return [tuple(_way(phrase, beginning=part.beginning) for phrase in part.ways)]
        case Among():
            return [tuple(Way((number(_FEED.format(feed)),)) for feed in meant[part])]
        case Both():
            return [choice for one in part.wanted for choice in _choices(one, meant)]
        case Either():
            return _either([_choices(one, meant) for one in part.parts])


def _either(parts: Iterable[Sequence[Choice]]) -> list[Choice]:
    """Take from each part what narrows it down most; if one has nothing, there is nothing."""
    narrowest = [min(choices, key=_width, default=None) for choices in parts]
    found = [choice for choice in narrowest if choice is not None]
    return [tuple(way for choice in found for way in choice)] if len(found) == len(narrowest) else []


def _width(choice: Choice) -> tuple[int, bool]:
    return len(choice), not all(way.paired for way in choice)


def _way(phrase: Phrase, *, beginning: bool) -> Way:
    whole = phrase[:-1] if beginning else phrase
    pairs = [_PAIR.format(*pair) for pair in pairwise(whole)]
    terms = pairs or list(whole)
    if beginning:
        terms.append(_BEGINNING.format(phrase[-1][:LONGEST_BEGINNING]))
    return Way(tuple(map(number, terms)), paired=bool(pairs))
