"""The fourth step: which posts hang together, by links that are strong enough.

Every post begins with its own place for a label. A link hangs the greater label of its two ends under the lesser;
where that had one above it already, the search goes up. So each label only ever falls, to the least place of all
that hangs together, whatever the order of the links; eight bytes for each post, and one file of links in memory.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def label_posts(count: int, links: Iterable[Places]) -> Places:
    """Give every post the least place of those it hangs together with.

    Args:
        count: posts, at the places 0, 1, 2 ...
        links: arrays of two columns, the places of the ends of each link.
    """
    labels = np.arange(count, dtype=np.int64)
    for some in links:
        one, other = some[:, 0], some[:, 1]
        while len(one):
            one, other = _top(labels, one), _top(labels, other)
            apart = one != other
            one, other = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
            np.minimum.at(labels, other, one)
    while not np.array_equal(above := labels[labels], labels):
        labels = above
    return labels


def _top(labels: Places, places: Places) -> Places:
    """Follow labels up to the post that has its own."""
    while not np.array_equal(above := labels[places], places):
        labels[places] = labels[above]
        places = above
    return places


def members_by_label(labels: Places) -> Places:
    """List the places of all posts that hang together with others, by their labels, and in order under each."""
    under = np.flatnonzero(labels != np.arange(len(labels)))
    hangs = np.zeros(len(labels), np.bool_)
    hangs[under] = hangs[labels[under]] = True
    with_others = np.flatnonzero(hangs)
    members: Places = with_others[np.argsort(labels[with_others], kind="stable")]
    return members
