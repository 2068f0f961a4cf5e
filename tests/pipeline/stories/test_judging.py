"""People put stories right: merging and splitting stand above what texts say, until people say otherwise."""

import pytest
from tests.pipeline.outlet import START
from tests.pipeline.stories.test_joining import (
    AGAIN_ID,
    COPY_ID,
    EDIT_ID,
    EXPECTED,
    FRUIT_ID,
    OWN_ID,
    POSTS,
    WIRE_ID,
    groups,
    store_posts,
    story_of,
)

from broadsheet.errors import ConfigError, NotFoundError
from broadsheet.pipeline.stories.joining import group_new, regroup
from broadsheet.pipeline.stories.judging import merge_stories, split_story
from broadsheet.store import Store


@pytest.fixture
def grouped(store: Store) -> Store:
    store_posts(store, POSTS)
    group_new(store, START)
    return store


def both(store: Store) -> list[str]:
    return [story_of(store, WIRE_ID), story_of(store, FRUIT_ID)]


def test_merged_stories_are_one_under_the_oldest_id_and_the_other_leads_there(grouped: Store) -> None:
    ids = both(grouped)
    merged = merge_stories(grouped, ids, START)
    assert merged.id == min(ids)
    assert grouped.moved_stories() == {max(ids): min(ids)}
    regroup(grouped, START)
    assert groups(grouped) == {(WIRE_ID, FRUIT_ID, COPY_ID, EDIT_ID, AGAIN_ID)}
    assert grouped.story(max(ids)).id == merged.id


def test_a_pin_goes_with_a_merged_story(grouped: Store) -> None:
    ids = both(grouped)
    grouped.pin(max(ids))
    assert merge_stories(grouped, ids, START).pinned


def test_what_was_merged_can_be_split_again(grouped: Store) -> None:
    merged = merge_stories(grouped, both(grouped), START)
    left = split_story(grouped, merged.id, [FRUIT_ID, AGAIN_ID], START)
    assert left == [WIRE_ID, COPY_ID, EDIT_ID]
    assert groups(grouped) == EXPECTED
    regroup(grouped, START)
    assert groups(grouped) == EXPECTED


def test_what_was_split_can_be_merged_again(grouped: Store) -> None:
    story = story_of(grouped, WIRE_ID)
    split_story(grouped, story, [COPY_ID, EDIT_ID], START)
    assert groups(grouped) == EXPECTED - {(WIRE_ID, COPY_ID, EDIT_ID)} | {(COPY_ID, EDIT_ID)}
    merge_stories(grouped, [story_of(grouped, COPY_ID), story_of(grouped, FRUIT_ID)], START)
    split_story(grouped, story_of(grouped, COPY_ID), [FRUIT_ID, AGAIN_ID], START)
    assert (COPY_ID, EDIT_ID) in groups(grouped)


def test_a_post_that_is_split_off_stays_out_after_a_rework(grouped: Store) -> None:
    split_story(grouped, story_of(grouped, WIRE_ID), [EDIT_ID], START)
    for again in (group_new, regroup):
        again(grouped, START)
        assert grouped.stories_of([EDIT_ID]) == {}
        assert (WIRE_ID, COPY_ID) in groups(grouped)


def test_of_a_story_of_two_nothing_is_left_after_a_split(grouped: Store) -> None:
    story = story_of(grouped, FRUIT_ID)
    assert split_story(grouped, story, [AGAIN_ID], START) == [FRUIT_ID]
    assert grouped.moved_stories() == {story: None}


def test_wrong_use_is_named_and_changes_nothing(grouped: Store) -> None:
    wire, fruit = both(grouped)
    for wrong in ([wire], [wire, wire], []):
        with pytest.raises(ConfigError, match="name two or more"):
            merge_stories(grouped, wrong, START)
    with pytest.raises(NotFoundError, match="no story has this id"):
        merge_stories(grouped, [wire, "20260101-0000000000"], START)
    with pytest.raises(NotFoundError, match="no story has this id"):
        split_story(grouped, "20260101-0000000000", [WIRE_ID], START)
    for outside in (FRUIT_ID, OWN_ID, "nowhere"):
        with pytest.raises(ConfigError, match=f"{outside}: is not in story {wire}"):
            split_story(grouped, wire, [outside], START)
    with pytest.raises(ConfigError, match="these are all posts"):
        split_story(grouped, fruit, [FRUIT_ID, AGAIN_ID], START)
    assert grouped.judgements() == []
    assert groups(grouped) == EXPECTED
