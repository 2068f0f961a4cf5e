"""Names of stories: their addresses depend on them."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from broadsheet.model import story_id, story_of_one

PUBLISHED = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)


def test_a_story_id_is_for_ever() -> None:
    assert story_id("20261120-386266f616", PUBLISHED) == "20261120-9afb32840b"


def test_a_story_id_carries_the_utc_day_of_its_first_report() -> None:
    assert story_id("a", PUBLISHED + timedelta(seconds=1)).startswith("20261121-")


def test_a_story_id_needs_a_moment_in_utc() -> None:
    with pytest.raises(ValueError, match="not an aware UTC moment"):
        story_id("a", PUBLISHED.replace(tzinfo=None))


def test_a_post_outside_every_story_is_the_whole_of_its_event() -> None:
    alone = story_of_one("20261120-386266f616", PUBLISHED, "d")
    assert alone.is_alone
    assert (alone.posts, alone.first, alone.reports) == (("20261120-386266f616",), PUBLISHED, 1)
    assert not replace(alone, posts=("a", "b")).is_alone
