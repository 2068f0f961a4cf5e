"""Texts read for comparing two with each other: their words, sentences and shingles, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.sketches.signature import PORTION, lengths, read_texts, shingle
from broadsheet.group.texts.arrays import as_set, is_among
from broadsheet.group.texts.hashing import hash_runs

_SAMPLE_MASK = np.uint64(7)


@dataclass(frozen=True, eq=False)
class Reading:
    """One text: its words as in `Tokens`, and where its sentences begin, the end included.

    `shingles` have a hash each, in order, and the `places` of the words that they begin at.
    """

    words: NDArray[np.uint64]
    single: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    sentences: NDArray[np.int64]
    shingles: NDArray[np.uint64]
    places: NDArray[np.int64]

    @cached_property
    def known(self) -> NDArray[np.uint64]:
        """The shingles sorted, none twice."""
        return as_set(self.shingles)

    @cached_property
    def sample(self) -> NDArray[np.uint64]:
        """An eighth of these, the same in every text."""
        return as_set(self.shingles[self.shingles & _SAMPLE_MASK == 0])

    def said(self) -> list[int]:
        """A hash of each sentence."""
        hashes: list[int] = hash_runs(self.words, self.sentences[:-1], self.sentences[1:]).tolist()
        return hashes

    def part(self, start: int, end: int) -> "Reading":
        """The words from `start` to `end`; a sentence must begin at both."""
        inside = (self.places >= start) & (self.places + lengths(self.single[self.places]) <= end)
        return Reading(
            words=self.words[start:end],
            single=self.single[start:end],
            numbers=self.numbers[start:end],
            sentences=self.sentences[(self.sentences >= start) & (self.sentences <= end)] - start,
            shingles=self.shingles[inside],
            places=self.places[inside] - start,
        )

    def covered(self, by: "Reading") -> NDArray[np.bool_]:
        """Which words stand in a shingle that the other text has too."""
        starts = self.places[is_among(self.shingles, by.known)]
        reach = lengths(self.single[starts])
        covered = np.zeros(len(self.words), np.bool_)
        for ahead in range(reach.max(initial=0)):
            covered[starts[reach > ahead] + ahead] = True
        return covered


def read_each(texts: Sequence[str]) -> list[Reading]:
    """Read texts, in portions that stay near the processor."""
    return [
        reading
        for start in range(0, len(texts), PORTION)
        for reading in _read_portion(texts[start : start + PORTION])
    ]


def _read_portion(texts: Sequence[str]) -> list[Reading]:
    tokens = read_texts(texts)
    shingles = shingle(tokens)
    ends = np.searchsorted(tokens.sentences, tokens.texts).tolist()
    bounds = zip(pairwise(tokens.texts.tolist()), pairwise(shingles.bounds.tolist()), pairwise(ends), strict=True)
    return [
        Reading(
            words=tokens.hashes[start:end],
            single=tokens.single[start:end],
            numbers=tokens.numbers[start:end],
            sentences=tokens.sentences[first : last + 1] - start,
            shingles=shingles.hashes[one:other],
            places=shingles.words[one:other] - start,
        )
        for (start, end), (one, other), (first, last) in bounds
    ]


def count_shared(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    """How many values stand in both, each of which has none twice."""
    values = np.concatenate((one, other))
    values.sort()
    return int(np.count_nonzero(values[1:] == values[:-1]))
