from random import Random

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.group.events.clusters import ROOMY, SCALE, average_link

SURE, HALF, LOW = SCALE, SCALE // 2, SCALE // 5


def test_close_nodes_are_joined_and_others_stay_alone() -> None:
    assert average_link(4, {(0, 1): SURE, (2, 3): LOW}, set()) == [[0, 1], [2], [3]]


def test_a_chain_of_likeness_is_no_cluster() -> None:
    chain = {(node, node + 1): round(0.9 * SCALE) for node in range(9)}
    assert max(map(len, average_link(10, chain, set()))) == 2


def test_of_two_ways_to_join_the_closer_is_taken_first() -> None:
    assert average_link(3, {(0, 1): HALF, (1, 2): SURE}, set()) == [[0], [1, 2]]


def test_clusters_are_joined_where_the_mean_between_them_is_high_enough() -> None:
    scores = {(0, 1): SURE, (2, 3): SURE, (0, 2): SURE, (1, 3): SURE, (0, 3): LOW}
    assert average_link(4, scores, set()) == [[0, 1, 2, 3]]


def test_what_was_set_apart_is_never_joined_even_through_others() -> None:
    scores = {(0, 1): SURE, (1, 2): round(0.95 * SCALE), (0, 2): SURE}
    assert average_link(3, scores, {(0, 2)}) == [[0, 1], [2]]
    two_pairs = dict.fromkeys([(0, 2), (1, 2), (0, 3), (1, 3)], round(0.9 * SCALE)) | {(0, 1): SURE, (2, 3): SURE}
    assert average_link(4, two_pairs, {(1, 3)}) == [[0, 1], [2, 3]]


def test_a_large_cluster_asks_for_more_than_a_small_one() -> None:
    def complete(size: int) -> dict[tuple[int, int], int]:
        """Two halves, each certain of itself, hardly enough of each other."""
        half = size // 2
        return {
            (one, other): SURE if (one < half) == (other < half) else round(0.52 * SCALE)
            for one in range(size)
            for other in range(one + 1, size)
        }

    assert len(average_link(ROOMY, complete(ROOMY), set())) == 1
    assert len(average_link(8 * ROOMY, complete(8 * ROOMY), set())) == 2


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.integers(0, SCALE)), st.randoms())
def test_the_order_in_which_scores_come_is_nothing(drawn: dict[tuple[int, int], int], random: Random) -> None:
    scores = {pair: score for pair, score in drawn.items() if pair[0] < pair[1]}
    shuffled = list(scores.items())
    random.shuffle(shuffled)
    clusters = average_link(8, scores, set())
    assert average_link(8, dict(shuffled), set()) == clusters
    assert sorted(node for cluster in clusters for node in cluster) == list(range(8))
