"""What each report of an event added: the sentences that say what nobody had said before."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from broadsheet.group.texts.normalise import fold
from broadsheet.group.texts.phrases import sentences
from broadsheet.model.stories import PostText

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*%?")
_WORD: Final = re.compile(r"[\u0800-\U0010ffff]+|[^\W\d_\u0800-\U0010ffff]+")
_SPACED_END: Final = "\u0800"
_SHORTEST: Final = 8
"""A sentence counts from so many characters on, a word of letters being as wide as two."""

_KNOWN: Final = 0.5
"""A sentence of which so much stands in one sentence of an earlier post is not new."""

_COVERED: Final = 0.75
"""Nor is one of which so much stands in all that was said before, taken together."""


class Addition(NamedTuple):
    """A sentence, an exact part of its post's text; so many of its words (or pairs of characters) are `new`."""

    sentence: str
    new: int


def additions(posts: Sequence[PostText]) -> list[tuple[Addition, ...]]:
    """List, for each post in the order of publication, its sentences that say what none before it said.

    A number that nobody had given makes a sentence new, whatever else it repeats.
    """
    said = _Said()
    found = []
    for post in posts:
        own = [(sentence, _parts(sentence)) for sentence in sentences(post.text)]
        new = [(sentence, parts) for sentence, parts in own if said.is_new(sentence, parts)]
        found.append(tuple(Addition(sentence, said.count_new(parts)) for sentence, parts in new))
        said.hear(post.text, [parts for _, parts in own])
    return found


class _Said:
    """What posts said so far: the parts of each sentence, those of all texts, and every number."""

    def __init__(self) -> None:
        self._sentences: list[frozenset[str]] = []
        self._parts: set[str] = set()
        self._numbers: set[str] = set()

    def hear(self, text: str, parts: list[frozenset[str]]) -> None:
        self._sentences += parts
        self._parts |= _parts(text)
        self._numbers |= set(_NUMBER.findall(fold(text)))

    def count_new(self, parts: frozenset[str]) -> int:
        return len(parts - self._parts)

    def is_new(self, sentence: str, parts: frozenset[str]) -> bool:
        if _width(sentence) < _SHORTEST:
            return False
        if set(_NUMBER.findall(fold(sentence))) - self._numbers:
            return True
        if len(parts & self._parts) >= _COVERED * len(parts):
            return False
        return all(len(parts & known) < _KNOWN * len(parts) for known in self._sentences)


def _width(sentence: str) -> int:
    return sum(len(word) if word >= _SPACED_END else 2 for word in _WORD.findall(sentence))


def _parts(text: str) -> frozenset[str]:
    """Take a text apart: words of letters, and pairs of characters where no spaces part words."""
    return frozenset(part for word in _WORD.findall(fold(text)) for part in _split(word))


def _split(word: str) -> list[str]:
    if word < _SPACED_END or len(word) == 1:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
