"""What numpy does not do, or not fast, with arrays of values in order."""

import numpy as np
from numpy.typing import NDArray


def distinct(values: NDArray[np.uint32] | NDArray[np.uint64] | NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where sorted values differ from those before them."""
    differs = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs


def several(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where sorted values stand beside an equal one."""
    found = np.zeros(len(values), np.bool_)
    np.equal(values[1:], values[:-1], out=found[1:])
    found[:-1] |= found[1:]
    return found


def is_among(values: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of the values stand among those that are known, which are in order."""
    if not len(known):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found


def as_set(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The values in order, none twice."""
    values = np.sort(values)
    return values[distinct(values)]
