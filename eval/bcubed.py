"""B-cubed: precision and recall of clusters, the mean over all items (Bagga and Baldwin, 1998)."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import NamedTuple


class Score(NamedTuple):
    """Between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def b_cubed(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Score:
    """Compare the cluster of every item with the true one."""
    both = Counter((found[item], truth[item]) for item in truth)
    clusters, classes = Counter(found[item] for item in truth), Counter(truth.values())
    precision = sum(count * count / clusters[cluster] for (cluster, _), count in both.items())
    recall = sum(count * count / classes[label] for (_, label), count in both.items())
    return Score(precision / len(truth), recall / len(truth))
