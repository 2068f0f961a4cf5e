"""The words that stand for the parties of a story: what older posts about them are found by."""

import re
from collections.abc import Sequence
from functools import cache
from math import log
from typing import Final

from broadsheet.group.texts.listed import read_lines
from broadsheet.group.texts.names import names_of
from broadsheet.group.texts.normalise import fold
from broadsheet.group.texts.terms import RAREST, split_terms, term_weights
from broadsheet.model.stories import PostText

MOST_WORDS: Final = 6
"""So many words stand for the parties of a story."""

_READ: Final = 1500
"""Characters of each post that are read."""

_TELLING: Final = 5.0
_REPEATED: Final = 2
_DIGIT: Final = re.compile(r"\d")
_RUN: Final = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])")


def party_words(posts: Sequence[PostText]) -> tuple[str, ...]:
    """Find the words that stand for the parties of a story, folded, the most telling first.

    They are names, or short runs of Chinese characters between common words; they stand in a title, and are repeated.
    """
    titles = [fold(post.title) for post in posts]
    texts = [fold(post.text[:_READ]) for post in posts]
    named = (names_of(post.text[:_READ], text) for post, text in zip(posts, texts, strict=True))
    words = {
        word for found in (*named, *map(_runs, texts)) for word in found if any(word in title for title in titles)
    }
    counts = {word: sum(text.count(word) for text in texts) for word in words}
    weighed = {
        word: weight * log(1 + counts[word])
        for word in words
        if counts[word] >= _REPEATED and (weight := _weight(word)) >= _TELLING
    }
    return _apart(sorted(weighed, key=lambda word: (-weighed[word], word)))


def _runs(folded: str) -> list[str]:
    """Cut a text at its common words, and take the short runs of Chinese characters that are left."""
    return _RUN.findall(_common().sub(" ", folded))


def _weight(word: str) -> float:
    """How telling a word is; of several words together, the most telling. A number tells nothing."""
    if _DIGIT.search(word):
        return 0.0
    weights = term_weights()
    return max((weights.get(term, RAREST) for term in split_terms(word)[1]), default=0.0)


def _apart(words: Sequence[str]) -> tuple[str, ...]:
    """Leave out words that are part of a better one, or the other way round."""
    kept: list[str] = []
    for word in words:
        if not any(word in one or one in word for one in kept):
            kept.append(word)
    return tuple(kept[:MOST_WORDS])


@cache
def _common() -> re.Pattern[str]:
    """Words of news that name nobody, and the characters that only join others."""
    words = {word for line in read_lines("common.txt") for word in line.split()}
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))
