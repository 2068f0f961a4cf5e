"""Average link: clusters are joined while the mean score of the pairs between them is high enough.

Scores are whole numbers, so that their sums do not hang on the order in which they are added.
"""

from collections.abc import Mapping, Set
from heapq import heapify, heappop, heappush
from math import log2

SCALE = 10_000
"""The score of what is certain."""

MERGE = 0.4
"""Clusters are joined where the mean probability between them is this or more; pairs never compared count as 0."""

ROOMY, BRAKE = 12, 0.06
"""Clusters of more nodes than ROOMY need more: so much with every doubling."""

Pair = tuple[int, int]


def average_link(nodes: int, scores: Mapping[Pair, int], apart: Set[Pair]) -> list[list[int]]:
    """Cluster nodes 0, 1, 2 ...; a pair without a score counts as 0.

    Args:
        nodes: how many there are.
        scores: of pairs with the lesser node first, 0 to SCALE.
        apart: pairs, the lesser first, that may not be in one cluster.
    """
    clusters = _Clusters(nodes, scores, apart)
    clusters.join_all()
    return clusters.members()


class _Clusters:
    """Each cluster bears the number of its least node; `links` are the sums of scores between them."""

    def __init__(self, nodes: int, scores: Mapping[Pair, int], apart: Set[Pair]) -> None:
        self._nodes: dict[int, list[int]] = {node: [node] for node in range(nodes)}
        self._links: dict[int, dict[int, int]] = {node: {} for node in range(nodes)}
        self._barred: dict[int, set[int]] = {node: set() for node in range(nodes)}
        for (one, other), score in scores.items():
            self._links[one][other] = self._links[other][one] = score
        for one, other in apart:
            self._barred[one].add(other)
            self._barred[other].add(one)
        self._heap = [(-self._mean(one, other), one, other) for one, other in scores]
        heapify(self._heap)

    def join_all(self) -> None:
        """Join the closest two, again and again; of equals, those with the least numbers."""
        while self._heap:
            mean, one, other = heappop(self._heap)
            if self._links.get(one, {}).get(other) is None or -mean != self._mean(one, other):
                continue  # of clusters that are no more, or have grown
            if -mean >= self._needed(one, other) and other not in self._barred[one]:
                self._join(one, other)

    def members(self) -> list[list[int]]:
        return [sorted(self._nodes[one]) for one in sorted(self._nodes)]

    def _mean(self, one: int, other: int) -> float:
        return self._links[one][other] / (len(self._nodes[one]) * len(self._nodes[other]) * SCALE)

    def _needed(self, one: int, other: int) -> float:
        size = len(self._nodes[one]) + len(self._nodes[other])
        return min(MERGE + BRAKE * max(log2(size / ROOMY), 0), 0.95)

    def _join(self, one: int, other: int) -> None:
        self._nodes[one] += self._nodes.pop(other)
        for third in self._barred.pop(other):
            self._barred[third].discard(other)
            self._barred[third].add(one)
            self._barred[one].add(third)
        for third, score in self._links.pop(other).items():
            del self._links[third][other]
            if third != one:
                self._links[third][one] = self._links[one][third] = self._links[one].get(third, 0) + score
        for third in self._links[one]:
            heappush(self._heap, (-self._mean(one, third), min(one, third), max(one, third)))
