"""Hashes of our own, over whole arrays: functions of numbers alone, the same on every machine, in every version."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

STEP = 0x9E3779B97F4A7C15
"""An odd number without pattern (2^64 divided by the golden ratio): the base of polynomials modulo 2^64."""

_BACK = pow(STEP, -1, 1 << 64)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit of a number over all 64: the finaliser of SplitMix64 (Steele and others, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values ^= values >> np.uint64(27)
    values *= _SECOND
    values ^= values >> np.uint64(31)
    return values


def hash_runs(values: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """One hash for each run of values, of these and their order; run `n` is from `starts[n]` to `ends[n]`."""
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * _powers(STEP, _size(len(values)))[: len(values)], out=sums[1:])
    return mix((sums[ends] - sums[starts]) * _powers(_BACK, _size(len(values)))[starts])


def upper_half(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The better half of a hash."""
    return (values >> np.uint64(32)).astype(np.uint32)


def _size(length: int) -> int:
    """The next power of two, so that few sizes are kept."""
    return 1 << length.bit_length()


@cache
def _powers(base: int, size: int) -> NDArray[np.uint64]:
    powers = np.full(size, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
