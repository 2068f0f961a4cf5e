"""The terms of a text and how telling each is: characters and pairs of them in Chinese, words in scripts with spaces.

How telling a term is, is the logarithm of how few texts have it: a file of classes, `data/terms.txt`, counted once on
other texts. It is never counted from the posts at hand, so that two posts are always as alike as they ever were.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from broadsheet.group.texts.listed import read_lines

RAREST: Final = 8.0
"""How telling a term is that the file does not list."""

_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUN: Final = re.compile(rf"[{_CJK}]+|\d+(?:[.,]\d+)*|[^\W\d_{_CJK}]+(?:['’&][^\W\d_{_CJK}]+)*")
_FIRST_CJK: Final = "\u3040"
_ENDINGS: Final = re.compile(r"(?:['’]s|s['’]?)$")
_SHORT_WORD: Final = 3
_YEARS: Final = range(1990, 2040)
_YEAR_WEIGHT: Final = 3.0
"""The years of the news to come are as common as those that were counted."""


def split_terms(folded: str) -> tuple[list[str], list[str]]:
    """Read folded text as characters (of Chinese, Japanese, Korean) and as terms: pairs of these, words, numbers."""
    characters: list[str] = []
    terms: list[str] = []
    for run in _RUN.findall(folded):
        if run[0] >= _FIRST_CJK:
            characters += run
            terms += map("".join, pairwise(run))
        else:
            terms.append(_stem(run))
    return characters, terms


def is_cjk(folded: str) -> bool:
    """Whether text is mostly in characters rather than words: a word of letters counts as two characters."""
    runs = _RUN.findall(folded)
    cjk = sum(len(run) for run in runs if run[0] >= _FIRST_CJK)
    words = sum(run[0] < _FIRST_CJK and not run[0].isdigit() for run in runs)
    return bool(cjk > 2 * words)


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > _SHORT_WORD and not word.endswith("ss") else word


@cache
def term_weights() -> dict[str, float]:
    """How telling the terms are that are listed; any other is as telling as can be."""
    listed = {term: weight for weight, terms in read_classes("terms.txt") for term in terms}
    return dict.fromkeys(map(str, _YEARS), _YEAR_WEIGHT) | listed


class Lessons(NamedTuple):
    """What terms tell beyond their rarity, in log-odds: where two texts share one, and where one has more of it."""

    shared: dict[str, float]
    apart: dict[str, float]


@cache
def lessons() -> Lessons:
    """What those terms tell of which anything was learned."""
    files = ("taught-shared.txt", "taught-apart.txt")
    return Lessons(*({term: told for told, terms in read_classes(name) for term in terms} for name in files))


def read_classes(name: str) -> Iterator[tuple[float, list[str]]]:
    """Read a data file of lines that are a number and the terms that have it."""
    for line in read_lines(name):
        weight, *terms = line.split(" ")
        yield float(weight), terms
