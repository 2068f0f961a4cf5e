from tests.group.samples import FLASH, post

from broadsheet.group.pairs import find_pairs
from broadsheet.group.sketch import sketch_posts
from broadsheet.model import PostText


def found(*posts: PostText) -> list[tuple[str, str]]:
    sketches = sketch_posts(posts)
    return [(pair.first, pair.second) for pair in find_pairs(sketches, sketches).pairs]


def test_posts_that_share_a_sentence_are_compared_within_three_days() -> None:
    assert found(post("a", FLASH), post("b", f"前言不同。{FLASH}", hours=72)) == [("a", "b")]
    assert found(post("a", FLASH), post("b", f"前言不同。{FLASH}", hours=73)) == []


def test_posts_that_were_there_are_not_compared_again() -> None:
    old = sketch_posts([post("a", FLASH), post("b", FLASH, hours=1)])
    new = sketch_posts([post("c", FLASH, hours=2)])
    assert [(pair.first, pair.second) for pair in find_pairs(new, old).pairs] == [("a", "c"), ("b", "c")]


def test_nothing_is_paired_with_nothing() -> None:
    assert find_pairs([], []).pairs == ()
