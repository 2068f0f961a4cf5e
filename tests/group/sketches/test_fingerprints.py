from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from tests.group.samples import FLASH, OTHER, post

from broadsheet.group.copies.carry import carried
from broadsheet.group.sketches.fingerprints import unlike
from broadsheet.group.sketches.pairs import Pair, find_pairs
from broadsheet.group.sketches.sketch import sketch_closely
from broadsheet.model import PostText

REPORT = "海川科技盘前直线跳水，跌幅接近一成五。"
MORE = "分析人士认为新规影响有限，多数机构维持原有评级。"


def told(*posts: PostText, unknown: str = "") -> list[tuple[int, int]]:
    """The pairs of some posts that are told to be unlike, where the fingerprints of one may be unknown."""
    made = sketch_closely(posts)
    known = {one.sketch.post_id: one.fingerprints for one in made if one.sketch.post_id != unknown}
    pairs = [(one, other) for other in range(len(posts)) for one in range(other)]
    return list(unlike(pairs, [one.sketch for one in made], known))


def test_posts_that_share_little_are_told_unlike_and_copies_are_not() -> None:
    posts = post("a", FLASH), post("b", f"前言。{FLASH}", hours=1), post("c", REPORT + OTHER, hours=2)
    assert told(*posts) == [(0, 2), (1, 2)]


def test_nothing_is_told_of_posts_of_one_feed_or_without_fingerprints() -> None:
    first, second, third = post("a", FLASH, "feed"), post("b", OTHER, "feed", 1), post("c", REPORT + OTHER, hours=2)
    assert told(first, second) == []
    assert told(first, second, third, unknown="a") == []
    assert told(first, second, third, unknown="b") == [(0, 2)]


SENTENCES = st.permutations([*FLASH.split("。"), *OTHER.split("。"), MORE])


@given(st.lists(st.tuples(SENTENCES, st.integers(1, 6)), min_size=2, max_size=5), st.sampled_from([0, 1]))
def test_no_post_that_is_told_unlike_carries_another(texts: list[tuple[list[str], int]], hours: int) -> None:
    posts = [
        post(str(number), "。".join(text[:count]), hours=number * hours) for number, (text, count) in enumerate(texts)
    ]
    by_id = {one.post_id: one for one in posts}
    pairs = [Pair(str(one), str(other), 1) for one, other in told(*posts)]
    assert not any(edge for _, edge in carried(pairs, by_id))


def test_pairs_that_are_told_unlike_are_not_compared() -> None:
    longer = f"{FLASH}{OTHER}{MORE}"
    made = sketch_closely([post("a", FLASH), post("b", longer, hours=1), post("c", FLASH, hours=2)])
    sketches = [one.sketch for one in made]
    known = {one.sketch.post_id: one.fingerprints for one in made}
    assert marked(find_pairs(sketches, []).pairs) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert marked(find_pairs(sketches, [], known).pairs) == [("a", "c"), ("b", "c")]


def marked(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in pairs if pair.marks]
