"""The tree of sections."""

from collections.abc import Callable
from datetime import timedelta

from broadsheet.model import Feed
from broadsheet.publish.sections import DEPTH, section_tree, trails, walk


def test_a_parent_holds_the_feeds_of_its_children(feed: Callable[..., Feed]) -> None:
    here = feed("https://a.example/", section=("新媒体",))
    deep = feed("https://b.example/", section=("新媒体", "cnBeta", "最新"))
    (top,) = section_tree([here, deep], "Unfiled")
    assert set(top.feeds) == {here.id, deep.id}
    assert [section.folder for section in walk([top])] == ["新媒体/", "新媒体/cnBeta/", "新媒体/cnBeta/最新/"]
    assert top.href == "%E6%96%B0%E5%AA%92%E4%BD%93/"


def test_sections_stand_in_the_order_their_first_feed_was_added(feed: Callable[..., Feed]) -> None:
    late = feed("https://a.example/", section=("A",))
    early = feed("https://b.example/", section=("B",), added_at=late.added_at - timedelta(days=1))
    assert [section.name for section in section_tree([late, early], "Unfiled")] == ["B", "A"]


def test_feeds_without_a_section_come_last_in_one_of_their_own(feed: Callable[..., Feed]) -> None:
    plain = feed("https://a.example/", section=(" ",))
    filed = feed("https://b.example/", section=("B",), added_at=plain.added_at + timedelta(days=1))
    assert [section.name for section in section_tree([plain, filed], "未分栏")] == ["B", "未分栏"]


def test_a_bottomless_path_ends_somewhere(feed: Callable[..., Feed]) -> None:
    sections = list(walk(section_tree([feed(section=("x",) * 500)], "Unfiled")))
    assert len(sections) == DEPTH


def test_a_feed_knows_the_way_to_it(feed: Callable[..., Feed]) -> None:
    one = feed(section=("A", "B"))
    found = trails(section_tree([one], "Unfiled"))
    assert [section.name for section in found[one.id]] == ["A", "B"]
