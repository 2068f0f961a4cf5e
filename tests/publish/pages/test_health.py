"""How a feed's condition is judged and shown."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from broadsheet.model import Clock, Edition, Failure, Feed, FeedState, Notice
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.pages.health import condition_of

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
    html = health_page(edition([fine, failing], []))
    assert "服务器回答 503" in html
    assert FAILED.message not in html
    assert html.rindex("Failing Post") < html.index("Fine Post")


def test_what_is_known_of_a_feed_is_said_in_the_language_of_the_paper(
    feed: Callable[..., Feed], edition: Callable[..., Edition]
) -> None:
    clock = Clock(ahead_s=28_800, zone="Asia/Shanghai", since=NOW)
    gone = Notice(code="missing", values={"failures": 7, "wait_s": 604_800})
    feeds = [
        feed(
            "https://a.example/", state=FeedState(clock=clock, advice=Notice(code="new-address", values={"now": "x"}))
        ),
        feed("https://b.example/", state=FeedState(failures=7, failure=FAILED, advice=gone)),
        feed("https://c.example/", state=FeedState(standing="gone", advice=Notice(code="gone"))),
    ]
    made = edition(feeds, [])
    chinese = health_page(made)
    assert "日期快了 8 小时，已校正" in chinese
    assert "新地址是 x" in chinese
    assert "服务器回答 503·连续 7 次找不到，7 天 后再问" in chinese
    assert "这个源已永久撤下" in chinese
    english = health_page(replace(made, paper=replace(made.paper, language="en")))
    assert "its dates, 8 h ahead, are put right" in english
    assert f"{FAILED.message} · not found 7 times in a row, asked again after 7 d" in english


def health_page(made: Edition) -> str:
    (page,) = [page for page in render_site(made, load_theme(made.paper)) if page.path == "feeds/index.html"]
    return page.render().decode()


def test_repairs_are_said_in_the_language_of_the_paper(
    feed: Callable[..., Feed], edition: Callable[..., Edition]
) -> None:
    made = edition([feed("https://a.example/", state=FeedState(repairs=("truncated", "bad-bytes:3")))], [])
    assert "文件不完整·不成字符的字节 (3)" in health_page(made)
    assert "truncated · bad-bytes:3" in health_page(replace(made, paper=replace(made.paper, language="en")))
