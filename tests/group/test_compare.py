from msgspec.structs import astuple
from tests.group.samples import FLASH, post

from broadsheet.group.compare import compare_posts
from broadsheet.group.sketches.pairs import Pair, Pairs, find_pairs
from broadsheet.group.sketches.sketch import sketch_posts

TOO = (
    "海川科技盘前跌幅扩大，一度跌超一成五\n"
    "海川科技今日盘前大跌，主管部门此前就电子产品监管公开征求意见，海川科技没有回应。"
)
LIKE = "雾山科技发布电子产品\n雾山科技今日发布新款电子产品，主管部门此前征求过意见。"


def test_reports_are_found_by_their_rare_terms() -> None:
    sketches = sketch_posts([post("a", FLASH), post("b", TOO, hours=1)])
    ((_, _, marks, terms),) = (astuple(pair) for pair in find_pairs(sketches, sketches).pairs)
    assert (marks, terms > 0) == (0, True)


def test_no_pairs_make_no_edges() -> None:
    assert compare_posts(Pairs(), {}) == []


def test_two_reports_of_one_event_are_akin_and_say_why() -> None:
    pairs = Pairs(pairs=(Pair("a", "b", 0, 3), Pair("a", "c", 0, 3)))
    posts = {"a": post("a", FLASH), "b": post("b", TOO, hours=1), "c": post("c", LIKE, hours=2)}
    (edge,) = compare_posts(pairs, posts)
    assert (edge.first, edge.second, edge.relation, edge.share) == ("a", "b", "same-event", None)
    assert 0.5 <= edge.score < 1
    assert any("海川科技" in word for reason in edge.reasons for word in reason.words)


def test_what_may_be_one_event_is_told_as_such() -> None:
    pairs = Pairs(pairs=(Pair("a", "b", 0, 3),))
    later = post("b", TOO, hours=60)
    (edge,) = compare_posts(pairs, {"a": post("a", FLASH), "b": later})
    assert edge.relation == "maybe"


def test_posts_that_only_share_a_band_are_not_compared_further() -> None:
    assert compare_posts(Pairs(pairs=(Pair("a", "b", 1, 0),)), {"a": post("a", FLASH), "b": post("b", TOO)}) == []
