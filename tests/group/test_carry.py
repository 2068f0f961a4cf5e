from tests.group.samples import FLASH, post

from broadsheet.group.compare import compare_posts
from broadsheet.group.pairs import Pair, Pairs, find_pairs
from broadsheet.group.sketch import sketch_posts
from broadsheet.model import Edge, PostText


def edges(*posts: PostText) -> list[Edge]:
    sketches = sketch_posts(posts)
    return compare_posts(find_pairs(sketches, sketches), {one.post_id: one for one in posts})


def test_a_text_that_stands_whole_in_another_post_is_a_copy() -> None:
    (edge,) = edges(post("a", FLASH), post("b", f"{FLASH}\n编辑", hours=1))
    assert (edge.first, edge.second, edge.relation) == ("a", "b", "copy")


def test_a_text_that_was_half_rewritten_is_an_edited_copy() -> None:
    half = FLASH.replace("公司没有立即回应记者的提问", "截至收盘时股价仍未恢复到此前水平")
    (edge,) = edges(post("a", FLASH), post("b", half, hours=1))
    assert edge.relation == "edited-copy"


def test_posts_that_only_share_a_sentence_are_no_copies() -> None:
    assert not edges(
        post("a", FLASH), post("b", f"{FLASH.split('。')[1]}。{'另外说的是别的事情，' * 9}{'甲乙丙丁戊己庚辛' * 9}")
    )


def test_a_text_that_is_gone_or_empty_makes_no_edge() -> None:
    pairs = Pairs(pairs=(Pair("a", "b", 1), Pair("a", "c", 1), Pair("a", "d", 0)))
    assert not compare_posts(pairs, {"a": post("a", FLASH), "b": post("b", ""), "d": post("d", FLASH)})
