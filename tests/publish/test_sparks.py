"""How many posts a feed had in each hour."""

from collections.abc import Callable
from datetime import timedelta

from tests.publish.conftest import AT

from broadsheet.model import Feed, Post, PostRef
from broadsheet.publish.sparks import HOURS, draw_spark, hours_of


def test_posts_count_in_the_hour_that_they_are_of(feed: Callable[..., Feed], post: Callable[..., Post]) -> None:
    given = [timedelta(), timedelta(minutes=59), timedelta(hours=23, minutes=59), timedelta(hours=24), timedelta(-1)]
    posts = [post(feed(), str(at), published=AT - ago) for at, ago in enumerate(given)]
    refs = [PostRef(one.id, one.feed_id, one.published, one.digest) for one in posts]
    assert hours_of(refs, AT) == {feed().id: [1, *[0] * (HOURS - 2), 2]}


def test_an_hour_without_posts_is_a_dot_and_the_busiest_is_as_tall_as_there_is_room() -> None:
    drawn = draw_spark([0, 1, 40], '40 "posts"')
    assert 'd="M2 18v-1M7 18v-1M12 18v-16"' in drawn
    assert 'aria-label="40 &#34;posts&#34;"' in drawn
    assert 'd="M2 18v-3"' in draw_spark([1], "")
