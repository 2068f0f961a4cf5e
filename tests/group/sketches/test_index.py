from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from broadsheet.group.sketches.index import KeyIndex, Shared

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


@given(KEYS, st.integers(0, 12), st.integers(1, 4))
def test_posts_that_ask_in_several_calls_find_what_they_find_in_one(
    keys: list[set[int]], cut: int, most: int
) -> None:
    posts = dict(enumerate(keys))
    index = KeyIndex()
    add(index, posts)
    asking = {number: keys for number, keys in posts.items() if number % 3}
    parts = [{number: keys for number, keys in asking.items() if (number < cut) is early} for early in (True, False)]
    numbers = np.array(list(asking), np.int64)
    found = [pair for part in parts for pair in listed(index.shared(*arrays(part), most, numbers))]
    assert sorted(found) == listed(index.shared(*arrays(asking), most))


def listed(pairs: Shared) -> list[tuple[int, int, int]]:
    return list(zip(*(part.tolist() for part in pairs), strict=True))
