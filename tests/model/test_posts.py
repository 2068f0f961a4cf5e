"""Names that must never change: a paper's addresses depend on them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.model import feed_id, post_id

PUBLISHED = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)


def test_a_feed_id_is_for_ever() -> None:
    assert feed_id("https://feeds.example/news.xml") == "58a5b53fa2"


def test_a_post_id_is_for_ever() -> None:
    assert post_id("58a5b53fa2", "urn:x:1", PUBLISHED) == "20261120-386266f616"


def test_a_post_id_carries_the_utc_day() -> None:
    assert post_id("f", "e", PUBLISHED).startswith("20261120-")
    assert post_id("f", "e", PUBLISHED + timedelta(seconds=1)).startswith("20261121-")


def test_a_post_id_needs_a_moment_in_utc() -> None:
    with pytest.raises(ValueError, match="not an aware UTC moment"):
        post_id("f", "e", PUBLISHED.replace(tzinfo=None))


@given(st.text(), st.text())
def test_any_feed_and_entry_have_a_name_that_can_be_a_folder(feed: str, entry: str) -> None:
    day, _, rest = post_id(feed, entry, PUBLISHED).partition("-")
    assert day.isdecimal()
    assert len(rest) == 10
    assert set(rest) <= set("0123456789abcdef")


def test_where_the_feed_ends_and_the_entry_begins_counts() -> None:
    assert post_id("ab", "c", PUBLISHED) != post_id("a", "bc", PUBLISHED)
