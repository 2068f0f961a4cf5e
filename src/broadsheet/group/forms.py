"""Posts that fill one form: the same sentences about another company, with other numbers. They are no copies.

Flashes are written that way: "X closed 5 % higher", "Y closed 3 % higher". So two texts that are nearly the same are of
one form where the numbers of each are largely missing in the other, or where each names something again and again
that the other does not, in places where both say the same all round.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.hashing import STEP
from broadsheet.group.reading import Reading

_DATED = frozenset(map(ord, "年月日号时点分"))
_SHORT = 150
_MISSING, _MISSING_IN_SHORT = 0.5, 0.33
"""The share of numbers; a short text has few, and one that changed is news."""

_LONGEST_GAP = 12
_TIMES_OF_CHARACTERS, _TIMES_OF_WORD = 2, 3
_WORDS_A_TIME = 150


def of_one_form(first: Reading, second: Reading) -> bool:
    """Whether two texts that share much only fill one form."""
    gaps = short_gaps(first.covered(second)), short_gaps(second.covered(first))
    limit = _MISSING_IN_SHORT if min(len(first.words), len(second.words)) < _SHORT else _MISSING
    missing = missing_numbers(first, gaps[0], second), missing_numbers(second, gaps[1], first)
    return min(missing) >= limit or (names_in(first, gaps[0]) and names_in(second, gaps[1]))


def missing_numbers(reading: Reading, gaps: NDArray[np.bool_], other: Reading) -> float:
    """The share of numbers that the other text has not; a date of both says nothing, as they are of one day."""
    theirs = set(other.words[other.numbers].tolist())
    places = np.flatnonzero(reading.numbers)
    values, following = reading.words[places].tolist(), np.append(reading.words, np.uint64(0))[places + 1].tolist()
    missing = sum(value not in theirs and gap for value, gap in zip(values, gaps[places].tolist(), strict=True))
    common = sum(value in theirs and unit not in _DATED for value, unit in zip(values, following, strict=True))
    return missing / (missing + common) if missing else 0.0


def names_in(reading: Reading, gaps: NDArray[np.bool_]) -> bool:
    """Whether the gaps say one thing again and again: two characters in a row, or a word."""
    within = gaps[1:] & gaps[:-1] & reading.single[1:] & reading.single[:-1]
    twos = reading.words[:-1] * np.uint64(STEP) + reading.words[1:]
    characters = _most(twos[within])
    spelt = _most(reading.words[gaps & ~reading.single & ~reading.numbers])
    times = max(
        characters if characters >= _TIMES_OF_CHARACTERS else 0,
        spelt if spelt >= _TIMES_OF_WORD else 0,
    )
    return times > 0 and times * _WORDS_A_TIME >= len(reading.words)


def short_gaps(covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which words stand in short gaps of what is covered; before and after the text is as good as covered."""
    edges = np.diff(covered.astype(np.int8), prepend=1, append=1)
    starts, ends = np.flatnonzero(edges == -1), np.flatnonzero(edges == 1)
    short = ends - starts <= _LONGEST_GAP
    depth = np.zeros(len(covered) + 1, np.int64)
    depth[starts[short]] += 1
    depth[ends[short]] -= 1
    return np.cumsum(depth)[:-1] > 0


def _most(values: NDArray[np.uint64]) -> int:
    return max(Counter(values.tolist()).values(), default=0)
