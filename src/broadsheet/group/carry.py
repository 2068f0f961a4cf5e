"""What one post carries of another: the share of its shingles that stand in the other."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.pairs import Pair, Pairs
from broadsheet.group.signature import read_texts, shingle_hashes
from broadsheet.model.stories import Edge, PostText, Reason, Relation

COPY, EDITED = 0.8, 0.5


def carried_texts(pairs: Pairs, texts: Mapping[str, PostText]) -> Iterator[tuple[Pair, Edge | None]]:
    """Each pair, with how the one carries the other, if it does."""
    used = sorted({name for pair in pairs.pairs for name in (pair.first, pair.second) if name in texts})
    shingles = dict(zip(used, _shingle_sets([texts[name].text for name in used]), strict=True))
    for pair in pairs.pairs:
        if pair.first in shingles and pair.second in shingles:
            yield pair, _carrying(pair, shingles[pair.first], shingles[pair.second])


def _carrying(pair: Pair, first: NDArray[np.uint64], second: NDArray[np.uint64]) -> Edge | None:
    if not pair.marks or not len(first) or not len(second):
        return None
    shared = len(np.intersect1d(first, second, assume_unique=True))
    share, least = shared / len(second), shared / max(len(first), len(second))
    if least < EDITED:
        return None
    relation: Relation = "copy" if least >= COPY else "edited-copy"
    return Edge(
        first=pair.first,
        second=pair.second,
        relation=relation,
        score=1.0,
        share=share,
        reasons=(Reason("carried", (f"{share:.0%}",)),),
    )


def _shingle_sets(texts: Sequence[str]) -> list[NDArray[np.uint64]]:
    if not texts:
        return []
    hashes, owners = shingle_hashes(read_texts(texts))
    return [np.unique(run) for run in np.split(hashes, np.searchsorted(owners, np.arange(1, len(texts))))]
