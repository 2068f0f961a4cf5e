from pathlib import Path

from bench import planted
from hypothesis import given
from hypothesis import strategies as st
from tests.group.samples import FLASH, OTHER, post

from broadsheet.group.sketches.pairs import MOST_BANDS, find_pairs
from broadsheet.group.sketches.sketch import sketch_posts
from broadsheet.model import PostText

Found = set[tuple[str, str, int]]


def found(*posts: PostText, new: int | None = None) -> Found:
    """The pairs that are found when the last `new` posts come, or all of them."""
    sketches = sketch_posts(posts)
    arrived = sketches[-new:] if new else sketches
    return {(pair.first, pair.second, pair.marks) for pair in find_pairs(arrived, sketches).pairs}


def names(pairs: Found) -> list[tuple[str, str]]:
    return sorted((first, second) for first, second, _ in pairs)


def test_posts_that_carry_one_text_are_compared_within_three_days() -> None:
    assert names(found(post("a", FLASH), post("b", f"前言不同。{FLASH}", hours=72))) == [("a", "b")]
    assert names(found(post("a", FLASH), post("b", f"前言不同。{FLASH}", hours=73))) == []


def test_posts_of_other_texts_are_not_compared() -> None:
    assert not found(post("a", FLASH), post("b", OTHER))


def test_posts_that_were_there_are_not_compared_again() -> None:
    posts = post("a", FLASH), post("b", FLASH, hours=1), post("c", FLASH, hours=2)
    assert names(found(*posts, new=1)) == [("a", "c"), ("b", "c")]


def test_a_changed_post_stands_for_what_it_was() -> None:
    old = sketch_posts([post("a", OTHER), post("b", FLASH, hours=1)])
    (pair,) = find_pairs(sketch_posts([post("a", FLASH)]), old).pairs
    assert (pair.first, pair.second) == ("a", "b")


def test_nothing_is_paired_with_nothing() -> None:
    assert find_pairs([], []).pairs == ()


def test_what_more_carry_than_can_be_compared_is_compared_with_the_first() -> None:
    posts = [post(f"{number:03}", FLASH, hours=number / 60) for number in range(MOST_BANDS + 1)]
    assert names(found(*posts)) == [("000", one.post_id) for one in posts[1:]]


SENTENCES = st.permutations([*FLASH.split("。"), *OTHER.split("。")])


@given(st.lists(SENTENCES, max_size=5), st.randoms(use_true_random=False), st.integers(0, 5))
def test_neither_order_nor_batches_of_arrival_matter(texts, random, cut) -> None:  # type: ignore[no-untyped-def]
    posts = [post(str(number), "。".join(text[:4]), hours=number % 2) for number, text in enumerate(texts)]
    expected = found(*posts)
    random.shuffle(posts)
    assert found(*posts) == expected
    early, late = posts[:cut], posts[cut:]
    assert found(*early) | (found(*early, *late, new=len(late)) if late else set()) == expected


RECALL_FLOOR, PRECISION_FLOOR = 0.99, 0.99
PLANTED_DIGEST = "5a4bb75b435f596b"


def test_copies_that_were_planted_in_feeds_are_found_and_nothing_else(shared: Path, tmp_path: Path) -> None:
    """Floors on another generator's feeds, 291 of their 3,000 posts edited copies of others."""
    assert planted.SCRIPT.is_relative_to(shared)
    result = planted.measure(tmp_path, feeds=150)
    assert result.digest == PLANTED_DIGEST, "the feeds are others: look at the figures, then pin both"
    assert result.pairs == 291
    assert result.recall >= RECALL_FLOOR
    assert result.precision >= PRECISION_FLOOR
