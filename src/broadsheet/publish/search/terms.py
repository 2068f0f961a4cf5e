"""The terms by which a post is found on the published site, and their numbers; `static/reading.js` counts alike.

A term is one character or two in a row of a script written without spaces, or a word of one written with them, which
ends between a digit and a Latin letter, too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

STOP = "。"
"""Ends a run in folded text, as sentences do."""

WORD = "[0-9A-Za-z\x80-\u07ff]"
"""A character of a word that stands between spaces, in folded text (a class for patterns)."""

Postings = Sequence[tuple[int, Sequence[int]]]
"""Terms by rising number, each with the rising places of the texts that hold it."""

_BASIS, _PRIME = 0x811C9DC5, 0x01000193
_BETWEEN = re.compile(r"[\x00-/:-@\[-`{-\x7f]+")
_WORDS = re.compile(f"{WORD}+")
_JOINT = re.compile("(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])")
_RUNS = re.compile(f"[^\x00-\u07ff{STOP}]+")


@lru_cache(1 << 16)
def number_of(term: str) -> int:
    """Number a term from 0 to 2**32 - 1: FNV-1a over its code points, then mixed so that ranges are filled evenly."""
    number = _BASIS
    for character in term:
        number = (number ^ ord(character)) * _PRIME & 0xFFFFFFFF
    number ^= number >> 15
    number = number * 0x2C1B3C6D & 0xFFFFFFFF
    return number ^ number >> 12


def terms_of(folded: str) -> set[str]:
    """Find the terms of a folded text."""
    terms = set(_WORDS.findall(_JOINT.sub(" ", folded)))
    # What stands between words parts only those that are written with spaces.
    for run in _RUNS.findall(_BETWEEN.sub("", _WORDS.sub(STOP, folded))):
        terms.update(run)
        terms.update(map("".join, pairwise(run)))
    return terms


def postings(texts: Iterable[str]) -> Postings:
    """Invert folded texts."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for number in set(map(number_of, terms_of(text))):
            places[number].append(place)
    return sorted(places.items())
