"""Posts that fill one form: the same sentences about another company, with other numbers. They are no copies.

Flashes are written that way: "X closed 5 % higher", "Y closed 3 % higher". So two texts that are nearly the same are
of one form where the numbers of each are largely missing in the other, or where each is of somebody whom the other
does not name, though both say the same all round.
"""

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.copies.reading import Reading
from broadsheet.group.texts.hashing import STEP

_DATED = frozenset(map(ord, "年月日号时点分"))
_SHORT = 150
_MISSING, _MISSING_IN_SHORT = 0.67, 0.33
"""The share of numbers; a short text has few, and one that changed is news."""

_ENOUGH_COMMON = 3
"""Where so many numbers agree and none differs, other words are only other words."""

_LONGEST_GAP = 12
_HEAD = 8
"""The words at the beginning of a text in which its title names whom it is of."""


def of_one_form(first: Reading, second: Reading) -> bool:
    """Whether two texts that share much only fill one form."""
    gaps = short_gaps(first.covered(second)), short_gaps(second.covered(first))
    numbers = _numbers(first, gaps[0], second), _numbers(second, gaps[1], first)
    limit = _MISSING_IN_SHORT if min(len(first.words), len(second.words)) < _SHORT else _MISSING
    if all(missing > limit * (missing + common) for missing, common in numbers):
        return True
    if all(not missing and common >= _ENOUGH_COMMON for missing, common in numbers):
        return False
    return names_others(first, gaps[0], second) and names_others(second, gaps[1], first)


def _numbers(reading: Reading, gaps: NDArray[np.bool_], other: Reading) -> tuple[int, int]:
    """How many numbers the other text has not, and how many it has; not dates of both, which are of one day."""
    theirs = set(other.words[other.numbers].tolist())
    places = np.flatnonzero(reading.numbers)
    values, following = reading.words[places].tolist(), np.append(reading.words, np.uint64(0))[places + 1].tolist()
    missing = sum(value not in theirs and gap for value, gap in zip(values, gaps[places].tolist(), strict=True))
    common = sum(value in theirs and unit not in _DATED for value, unit in zip(values, following, strict=True))
    return missing, common


def names_others(reading: Reading, gaps: NDArray[np.bool_], other: Reading) -> bool:
    """Whether the text is of somebody whom the other never names: at its head, where titles name them, and again.

    Names are two characters in a row, or a word, in gaps.
    """
    twos = gaps[1:] & gaps[:-1] & reading.single[1:] & reading.single[:-1]
    words = gaps & ~reading.single & ~reading.numbers
    return _again(_twos(reading), twos, _twos(other)) or _again(reading.words, words, other.words)


def _again(values: NDArray[np.uint64], chosen: NDArray[np.bool_], known: NDArray[np.uint64]) -> bool:
    """Whether a chosen value at the head is chosen once more, and not known."""
    head = set(values[:_HEAD][chosen[:_HEAD]].tolist())
    later = head.intersection(values[_HEAD:][chosen[_HEAD:]].tolist()) if head else head
    return bool(later.difference(known.tolist()))


def _twos(reading: Reading) -> NDArray[np.uint64]:
    return reading.words[:-1] * np.uint64(STEP) + reading.words[1:]


def short_gaps(covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which words stand in short gaps of what is covered; before and after the text is as good as covered."""
    bounded = np.ones(len(covered) + 2, np.bool_)
    bounded[1:-1] = covered
    edges = np.flatnonzero(bounded[1:] != bounded[:-1])
    sizes = np.diff(edges, prepend=0, append=len(covered))
    short = sizes <= _LONGEST_GAP
    short[::2] = False  # every other one is covered, the first and the last too, though they may be of no words
    return np.repeat(short, sizes)
