from tests.group.samples import NOON

from broadsheet.group.naming import name_stories
from broadsheet.model import Grouping, Member, Story, story_id

TIMES = dict.fromkeys("abcdef", NOON)


def members(ids: str) -> tuple[Member, ...]:
    return tuple(map(Member, ids))


def story(name: str, ids: str, pinned: bool = False) -> Story:
    return Story(id=name, members=members(ids), title_of=ids[0], pinned=pinned)


def test_a_new_story_is_named_by_its_first_report_and_bears_its_title() -> None:
    copy_first = (Member("a"), Member("b", "copy", "a", 1.0))
    (made,) = name_stories([copy_first], TIMES, ()).stories
    assert (made.id, made.title_of) == (story_id("a", NOON), "a")


def test_a_story_that_grows_keeps_its_name_its_pin_and_what_may_be_the_same() -> None:
    known = Story(id="1", members=members("bc"), title_of="b", pinned=True, suggested=("9",))
    (made,) = name_stories([members("abc")], TIMES, [known]).stories
    assert made == Story(id="1", members=members("abc"), title_of="a", pinned=True, suggested=("9",))


def test_a_story_that_did_not_change_is_not_told_again() -> None:
    assert name_stories([members("ab")], TIMES, [story("1", "ab")]) == Grouping()


def test_of_stories_that_merge_the_oldest_name_stands() -> None:
    grouping = name_stories([members("abcd")], TIMES, [story("2", "ab"), story("1", "cd", pinned=True)])
    assert grouping == Grouping(stories=(story("1", "abcd", pinned=True),), ended=(("2", "1"),))


def test_of_a_story_that_parts_the_larger_part_keeps_the_name() -> None:
    grouping = name_stories([members("ab"), members("cde")], TIMES, [story("1", "abcde")])
    assert [(one.id, one.title_of) for one in grouping.stories] == [(story_id("a", NOON), "a"), ("1", "c")]


def test_of_equal_parts_the_one_with_the_earliest_keeps_the_name() -> None:
    grouping = name_stories([members("ab"), members("cd")], TIMES, [story("1", "abcd")])
    assert [one.id for one in grouping.stories] == ["1", story_id("c", NOON)]


def test_a_name_that_a_story_bears_elsewhere_is_not_given_twice() -> None:
    elsewhere = story(story_id("a", NOON), "acde")
    grouping = name_stories([members("ab"), members("cde")], TIMES, [elsewhere])
    assert [one.id for one in grouping.stories] == [story_id("b", NOON), story_id("a", NOON)]


def test_a_story_that_fell_apart_or_whose_posts_are_gone_went_nowhere() -> None:
    grouping = name_stories([members("ab")], TIMES, [story("1", "cd"), story("2", "yz")])
    assert grouping.ended == (("1", None), ("2", None))
