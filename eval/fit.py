"""Logistic regression on few dense and many sparse features, by Newton's method cut short: numpy, no randomness."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


_CLOSE, _STILL = 1e-3, 1e-2
"""A step is solved to this part of the gradient, which ends the steps when no part of it is larger than the other."""


class Sparse(NamedTuple):
    """A matrix by its entries: the row, the column and the value of each; so many `columns`."""

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    values: Floats
    columns: int

    def times(self, weights: Floats, rows: int) -> Floats:
        """The matrix times a vector of weights."""
        return np.bincount(self.rows, self.values * weights[self.cols], rows).astype(np.float64)

    def back(self, rows: Floats) -> Floats:
        """The transposed matrix times a vector of rows."""
        return np.bincount(self.cols, self.values * rows[self.rows], self.columns).astype(np.float64)

    def taken(self, chosen: NDArray[np.bool_]) -> "Sparse":
        """These rows alone."""
        kept = chosen[self.rows]
        places = np.cumsum(chosen) - 1
        return Sparse(places[self.rows[kept]], self.cols[kept], self.values[kept], self.columns)


class Fitted(NamedTuple):
    """The weights: of a column of ones, of the dense features standardised, and of the sparse ones."""

    bias: float
    dense: Floats
    mean: Floats
    scale: Floats
    sparse: Floats

    def log_odds(self, dense: Floats, sparse: Sparse) -> Floats:
        """What the model says of every row."""
        return self.bias + (dense - self.mean) / self.scale @ self.dense + sparse.times(self.sparse, len(dense))


def nothing_sparse() -> Sparse:
    """No sparse features."""
    return Sparse(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), 0)


def fit(dense: Floats, sparse: Sparse, labels: NDArray[np.bool_], strength: float, steps: int = 15) -> Fitted:
    """Minimise the log-loss times `strength` plus half the squares of all weights but the bias.

    Each Newton step is solved by conjugate gradients, which needs products with the matrix only.
    """
    mean, scale = dense.mean(0), dense.std(0)
    scale[scale == 0] = 1.0
    inputs = np.hstack([np.ones((len(dense), 1)), (dense - mean) / scale])
    few = inputs.shape[1]
    penalty = np.append(0.0, np.ones(few - 1 + sparse.columns))
    weights = np.zeros(few + sparse.columns)

    def forward(vector: Floats) -> Floats:
        return inputs @ vector[:few] + sparse.times(vector[few:], len(inputs))

    def backward(rows: Floats) -> Floats:
        return np.concatenate([inputs.T @ rows, sparse.back(rows)])

    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(forward(weights), -30, 30)))
        gradient = strength * backward(chance - labels) + penalty * weights
        if abs(gradient).max() < _STILL:
            break
        curve = chance * (1 - chance)

        def product(vector: Floats, curve: Floats = curve) -> Floats:
            return strength * backward(curve * forward(vector)) + penalty * vector

        weights -= _solve(product, gradient)
    return Fitted(float(weights[0]), weights[1:few], mean, scale, weights[few:])


def _solve(product: Callable[[Floats], Floats], target: Floats, rounds: int = 100) -> Floats:
    found = np.zeros_like(target)
    rest = target.copy()
    way = rest.copy()
    size = float(rest @ rest)
    enough = size * _CLOSE**2
    for _ in range(rounds):
        if size <= enough:
            break
        pushed = product(way)
        step = size / float(way @ pushed)
        found += step * way
        rest -= step * pushed
        new = float(rest @ rest)
        way = rest + new / size * way
        size = new
    return found


def folds(count: int, number: int, seed: int) -> NDArray[np.int64]:
    """Which part each of so many rows is in, by a seeded shuffle."""
    parts = np.arange(count) % number
    np.random.default_rng(seed).shuffle(parts)
    return parts


def auc(labels: NDArray[np.bool_], scores: Floats) -> float:
    """The area under the ROC curve, equal scores counted half."""
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positive = int(labels.sum())
    return float((ranks[labels].sum() - positive * (positive + 1) / 2) / (positive * (len(labels) - positive)))
