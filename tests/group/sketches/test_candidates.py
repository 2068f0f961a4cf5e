from collections.abc import Sequence

import numpy as np

from broadsheet.group.sketches.candidates import CAP, CLOSEST, NEEDED, find_candidates


def runs(posts: Sequence[Sequence[int]]) -> list[bytes]:
    return [np.array(sorted(keys), "<u4").tobytes() for keys in posts]


def pairs(posts: Sequence[Sequence[int]], new: Sequence[bool] | None = None) -> list[tuple[int, int, int]]:
    found = find_candidates(runs(posts), np.array(new or [True] * len(posts), np.bool_))
    return list(zip(found.lesser.tolist(), found.greater.tolist(), found.shared.tolist(), strict=True))


def test_posts_that_share_four_pairs_of_characters_or_one_word_are_candidates() -> None:
    assert pairs([[4, 8, 12, 16], [4, 8, 12, 16, 20], [4, 8, 12], [7], [7]]) == [(0, 1, NEEDED), (3, 4, NEEDED)]


def test_one_of_each_pair_is_new() -> None:
    posts = [[3], [3], [3]]
    assert pairs(posts, [False, False, True]) == [(0, 2, NEEDED), (1, 2, NEEDED)]
    assert pairs(posts, [False, False, False]) == []
    assert pairs([], []) == []
    assert pairs([[], []]) == []


def test_what_many_posts_share_tells_nothing() -> None:
    assert pairs([[3]] * (CAP + 1)) == []


def test_a_post_is_compared_with_its_closest_alone() -> None:
    far = [[3, 7, 11 + 4 * number] for number in range(CLOSEST + 2)]
    close = [3, 7, *(11 + 4 * number for number in range(CLOSEST + 2))]
    found = pairs([*far, close])
    # every far one has the close one among its closest, though the close one cannot have all of them
    assert sum(greater == len(far) for _, greater, _ in found) == len(far)
    assert len(found) < len(far) * (len(far) + 1) // 2
