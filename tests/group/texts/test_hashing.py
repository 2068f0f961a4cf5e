import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.group.texts.hashing import hash_runs, mix, upper_half

VALUES = st.lists(st.integers(0, 2**64 - 1), max_size=9)


def hashed(*runs: list[int]) -> list[int]:
    bounds = np.cumsum([0, *map(len, runs)])
    values = np.array([value for run in runs for value in run], np.uint64)
    hashes: list[int] = hash_runs(values, bounds[:-1], bounds[1:]).tolist()
    return hashes


@given(VALUES, VALUES, VALUES)
def test_a_run_has_one_hash_wherever_it_stands(before: list[int], run: list[int], after: list[int]) -> None:
    assert hashed(before, run, after)[1] == hashed(run)[0]


def test_order_and_length_matter() -> None:
    assert len(set(hashed([1, 2], [2, 1], [1], [1, 2, 0x3B], [2]))) == 5


def test_the_mixer_is_that_of_splitmix64() -> None:
    # The first value of SplitMix64 from seed 0, as its authors' program prints it.
    assert mix(np.array([0x9E3779B97F4A7C15], np.uint64)).tolist() == [0xE220A8397B1DCDAF]
    assert upper_half(np.array([0xE220A8397B1DCDAF], np.uint64)).tolist() == [0xE220A839]
