"""How a feed's condition is judged and shown."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Edition, Failure, Feed, FeedState
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.health import condition_of

NOW = datetime(2026, 8, 26, 12, tzinfo=UTC)
FAILED = Failure(reason="http-status", message="answered 503; asked again in an hour", at=NOW, status=503)


@pytest.mark.parametrize(
    ("state", "condition"),
    [
        (FeedState(), "ok"),
        (FeedState(next_due=NOW - timedelta(minutes=59)), "ok"),
        (FeedState(next_due=NOW - timedelta(hours=1)), "late"),
        (FeedState(failures=1, failure=FAILED), "bad"),
        (FeedState(failures=0, failure=FAILED), "ok"),
        (FeedState(standing="gone"), "bad"),
        (FeedState(standing="paused", next_due=NOW - timedelta(days=9)), "rest"),
        (FeedState(standing="imported"), "rest"),
    ],
)
def test_a_feed_is_judged_by_its_state(feed: Callable[..., Feed], state: FeedState, condition: str) -> None:
    assert condition_of(feed(state=state), NOW) == condition


def test_feeds_in_trouble_stand_first_and_say_what_to_do(
    feed: Callable[..., Feed], edition: Callable[..., Edition]
) -> None:
    fine = feed("https://a.example/", title="Fine Post")
    failing = feed("https://b.example/", title="Failing Post", state=FeedState(failures=3, failure=FAILED))
    made = edition([fine, failing], [])
    (page,) = [page for page in render_site(made, load_theme(made.paper)) if page.path == "feeds/index.html"]
    html = page.render().decode()
    assert FAILED.message in html
    assert html.rindex("Failing Post") < html.index("Fine Post")
