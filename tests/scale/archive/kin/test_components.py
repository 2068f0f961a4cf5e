"""Components: the least place of all that hangs together, whatever the order of links."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.scale.archive.kin.components import label_posts, members_by_label

links = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40)


def by_hand(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    labels = list(range(count))
    for _ in pairs:
        for one, other in pairs:
            least = min(labels[one], labels[other])
            labels[one] = labels[other] = least
    return labels


@given(links, st.integers(1, 7))
def test_labels_are_those_found_by_hand(pairs: list[tuple[int, int]], step: int) -> None:
    chunks = [np.array(pairs[at : at + step], np.int64).reshape(-1, 2) for at in range(0, len(pairs), step)]
    assert label_posts(30, chunks).tolist() == by_hand(30, pairs)


def test_a_long_chain_in_any_order_is_one() -> None:
    chain = np.array([(place, place + 1) for place in range(9_999)], np.int64)
    Random(7).shuffle(order := list(range(len(chain))))
    assert not label_posts(10_000, np.array_split(chain[order], 11)).any()


def test_members_are_those_that_are_not_alone_label_by_label() -> None:
    labels = np.array([0, 1, 0, 3, 1, 0])
    assert members_by_label(labels).tolist() == [0, 2, 5, 1, 4]
    assert members_by_label(np.arange(3)).tolist() == []
