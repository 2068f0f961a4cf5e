"""The front page: each event once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from broadsheet.model import Edition, Feed, Member, Post, Story
from broadsheet.publish import load_theme, render_site

AT = datetime(2026, 8, 26, tzinfo=UTC)


def front(edition: Edition) -> str:
    pages = {page.path: page for page in render_site(edition, load_theme(edition.paper))}
    return pages["index.html"].render().decode()


def test_a_post_dated_tomorrow_waits_for_its_day(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    early = post(one, "1", "Tomorrow's news", published=AT + timedelta(days=400))
    made = edition([one], [early, post(one, "2", "Today's news", published=AT)], made_at=AT)
    pages = {page.path: page for page in render_site(made, load_theme(made.paper))}
    page = pages["index.html"].render().decode()
    assert "Today&#39;s news" in page
    assert "Tomorrow" not in page
    assert "Tomorrow" in pages["2027/09/30/index.html"].render().decode()
