from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from broadsheet.group.index import KeyIndex

KEYS = st.lists(st.sets(st.integers(0, 6)), max_size=12)


def add(index: KeyIndex, posts: dict[int, set[int]]) -> None:
    index.add(*arrays(posts))


def arrays(posts: dict[int, set[int]]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    flat = [(key, post) for post, keys in posts.items() for key in keys]
    return np.array([key for key, _ in flat], np.uint32), np.array([post for _, post in flat], np.int64)


def shared(index: KeyIndex, posts: dict[int, set[int]], most: int = 99) -> dict[tuple[int, int], int]:
    found = index.shared(*arrays(posts), most)
    return dict(
        zip(zip(found.lesser.tolist(), found.greater.tolist(), strict=True), found.keys.tolist(), strict=True)
    )


@settings(deadline=None)
@given(KEYS, KEYS)
def test_posts_are_paired_by_the_keys_they_share(old: list[set[int]], new: list[set[int]]) -> None:
    posts = dict(enumerate([*old, *new]))
    index = KeyIndex()
    for number, keys in posts.items():
        add(index, {number: keys})
    asked = {number: keys for number, keys in posts.items() if number >= len(old)}
    expected = Counter(
        {
            (one, other): len(posts[one] & posts[other])
            for one, other in combinations(posts, 2)
            if other in asked and posts[one] & posts[other]
        }
    )
    assert shared(index, asked) == expected


def test_a_key_of_many_posts_pairs_them_with_the_first_alone() -> None:
    index, posts = KeyIndex(), {number: {7} for number in range(5)}
    add(index, posts)
    assert shared(index, posts, most=4) == {(0, 1): 1, (0, 2): 1, (0, 3): 1, (0, 4): 1}
    assert len(shared(index, posts, most=5)) == 10


def test_an_empty_index_knows_nobody() -> None:
    index = KeyIndex()
    add(index, {0: set()})
    assert shared(index, {0: set()}) == {}
    assert shared(index, {0: {1}}) == {}


@settings(deadline=None)
@given(KEYS, st.integers(1, 3))
def test_pairs_that_are_not_chosen_are_dropped(keys: list[set[int]], least: int) -> None:
    posts = dict(enumerate(keys))
    index = KeyIndex()
    add(index, posts)
    every = index.shared(*arrays(posts), 99)
    chosen = index.shared(*arrays(posts), 99, lambda pairs: pairs.keys >= least)
    assert [part.tolist() for part in chosen] == [part.tolist() for part in every.where(every.keys >= least)]
