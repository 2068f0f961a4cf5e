import numpy as np
from numpy.typing import NDArray

from broadsheet.group.texts.arrays import as_set, distinct, is_among, several


def numbers(*values: int) -> NDArray[np.uint64]:
    return np.array(values, np.uint64)


def test_values_are_told_apart_from_those_before_them() -> None:
    assert distinct(numbers(1, 1, 2)).tolist() == [True, False, True]
    assert distinct(numbers()).tolist() == []
    assert as_set(numbers(3, 1, 3)).tolist() == [1, 3]
    assert several(numbers(1, 2, 2, 2, 3, 4, 4)).tolist() == [False, True, True, True, False, True, True]
    assert several(numbers()).tolist() == []


def test_values_are_looked_up_among_known_ones() -> None:
    assert is_among(numbers(1, 5, 9), numbers(1, 4, 5)).tolist() == [True, True, False]
    assert is_among(numbers(1), numbers()).tolist() == [False]
