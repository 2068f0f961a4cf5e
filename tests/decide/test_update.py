from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.model import Failure, ParsedEntry, ParsedFeed, Validators

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

ENTRY = ParsedEntry(id="1", title="标题", content="正文")
BOTH = {"etag": 'W/"a b"', "last-modified": "yesterday, about noon"}


def test_what_a_feed_says_of_itself_is_taken_over(poller: "Poller") -> None:
    poller.read(
        ENTRY,
        parsed=ParsedFeed(
            format="atom-1.0",
            title="新闻",
            link="https://news.example/",
            language="zh",
            hubs=("https://hub.example/",),
            repairs=("entities",),
            ttl_minutes=5,
        ),
    )
    feed, state = poller.feed, poller.state
    assert (feed.title, feed.link, feed.language) == ("新闻", "https://news.example/", "zh")
    assert (state.format, state.hubs, state.repairs) == ("atom-1.0", ("https://hub.example/",), ("entities",))
    assert (state.last_status, state.last_polled, state.last_changed) == (200, poller.now, poller.now)
    poller.read(ENTRY)
    assert (poller.feed.title, poller.feed.link, poller.feed.language) == ("新闻", "https://news.example/", "zh")
    assert poller.state.repairs == ()


def test_a_body_equal_to_the_last_needs_no_parsing(poller: "Poller") -> None:
    poller.decide(ParsedFeed(format="rss-2.0", entries=(ENTRY,)), poller.response(200, {"etag": '"a"'}, b"<rss/>"))
    poller.sleep(7200)
    update = poller.answer(200, {"etag": '"b"'}, b"<rss/>")
    assert (update.outcome, update.choices) == ("unchanged", ())
    assert poller.state.validators.etag == '"b"'
    assert poller.state.last_changed != poller.now


def test_another_body_that_nobody_read_is_a_failure(poller: "Poller") -> None:
    poller.read(ENTRY, headers=BOTH)
    before = poller.state
    update = poller.answer(200, {"etag": '"challenge"'}, b"<html>Just a moment")
    assert update.outcome == "failed"
    assert poller.state.validators == before.validators
    assert poller.state.body_digest == before.body_digest


def test_a_failure_gives_nothing_up_and_a_success_forgets_it(poller: "Poller") -> None:
    poller.read(ENTRY, headers=BOTH)
    before = poller.state
    poller.fail("timeout")
    poller.fail("dns")
    state = poller.state
    assert (state.failures, state.last_status) == (2, None)
    assert state.failure == Failure(reason="dns", message="it was dns", at=poller.now)
    assert (state.validators, state.body_digest, state.last_changed, state.interval_s, state.format) == (
        before.validators,
        before.body_digest,
        before.last_changed,
        before.interval_s,
        before.format,
    )
    poller.answer(304)
    assert (poller.state.failures, poller.state.failure, poller.state.advice) == (0, None, None)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "the server answered 404 Not Found"),
        (522, "the server answered 522"),
        (300, "the server answered 300 Multiple Choices"),
        (302, "the server answered 302 Found"),
    ],
)
def test_an_answer_that_is_no_success_is_a_failure_with_its_status(
    poller: "Poller", status: int, message: str
) -> None:
    assert poller.answer(status).outcome == "failed"
    failure = poller.state.failure
    assert failure is not None
    assert (failure.reason, failure.message, failure.status) == (f"http-{status}", message, status)
    assert poller.state.last_status == status


def test_an_imported_feed_is_never_due(poller: "Poller") -> None:
    poller.feed = replace(poller.feed, state=replace(poller.state, standing="imported"))
    poller.read(ENTRY)
    assert (poller.state.standing, poller.state.next_due) == ("imported", None)
    poller.fail("timeout")
    assert poller.state.next_due is None


def test_a_paused_feed_asked_by_hand_stays_paused(poller: "Poller") -> None:
    poller.feed = replace(poller.feed, state=replace(poller.state, standing="paused"))
    poller.read(ENTRY)
    assert poller.state.standing == "paused"


def test_validators_of_a_redirect_target_remember_it(poller: "Poller") -> None:
    poller.read(ENTRY, headers={"etag": '"a"'}, redirects=[(302, "https://cdn.example/feed")])
    assert poller.state.validators == Validators(etag='"a"', address="https://cdn.example/feed")


def test_an_empty_validator_is_none(poller: "Poller") -> None:
    poller.read(ENTRY, headers={"etag": "", "last-modified": ""})
    assert poller.state.validators == Validators()
