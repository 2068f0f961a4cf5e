"""The pure middle: bytes in, bytes out, and a feed's fault is data on the feed."""

from datetime import UTC, datetime

import msgspec
import pytest
from tests.pipeline.outlet import rss

from broadsheet.model import Batch, Category, Feed, Known, KnownEntry, ParsedEntry, Response, Task
from broadsheet.pipeline.workers.process import category_names, process, process_bytes

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ADDRESS = "https://paper.example/feed"
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "样刊", "items":
[{"id": "1", "title": "甲", "content_html": "<p>一</p>", "date_published": "2026-11-23T05:00:00Z"}]}"""


def task(body: str, *, kind: str | None = None, known: tuple[KnownEntry, ...] = ()) -> Task:
    headers = {"content-type": kind} if kind else {}
    answer = Response(
        address=ADDRESS, final_address=ADDRESS, status=200, headers=headers, body=body.encode(), received_at=NOW
    )
    feed = Feed(id="f", address=ADDRESS, added_at=NOW)
    return Task(known=Known(feed=feed, entries=known), response=answer, now=NOW)


def test_a_new_entry_becomes_a_revision_with_its_original() -> None:
    batch = process(task(rss(("甲", "<p>一<script>x()</script></p>"))))
    (revision,) = batch.revisions
    assert (batch.outcome, batch.feed.title, revision.reason) == ("changed", "样刊", "new")
    assert revision.clean.text == "甲\n一"
    assert "script" not in revision.clean.html
    assert b"script" in revision.original
    assert (revision.media_type, revision.base_url, revision.seen_at) == ("application/xml", ADDRESS, NOW)


def test_a_json_feed_keeps_its_media_type() -> None:
    (revision,) = process(task(JSON_FEED, kind="application/feed+json")).revisions
    assert revision.media_type == "application/feed+json"
    assert msgspec.json.decode(revision.original)["items"][0]["id"] == "1"


def test_what_is_known_already_is_counted_not_cleaned() -> None:
    first = process(task(rss(("甲", "一"), ("乙", "二"))))
    known = tuple(KnownEntry(one.entry_id, one.post_id, one.entry_digest) for one in first.revisions)
    again = process(task(rss(("甲", "一"), ("乙", "二")), known=known))
    assert (again.outcome, again.revisions, again.unchanged) == ("unchanged", (), 2)


@pytest.mark.parametrize(("body", "reason"), [("", "empty"), ("<html><body>x</body></html>", "html")])
def test_what_is_no_feed_is_a_failure_of_the_feed_not_an_error(body: str, reason: str) -> None:
    batch = process(task(body))
    failure = batch.feed.state.failure
    assert (batch.outcome, batch.revisions) == ("failed", ())
    assert failure is not None
    assert (failure.reason, failure.status, failure.at) == (reason, 200, NOW)


def test_bytes_in_bytes_out_gives_the_same_batches_in_order() -> None:
    tasks = (task(rss(("甲", "一"))), task("no feed"), task(JSON_FEED))
    answered = msgspec.msgpack.decode(process_bytes(msgspec.msgpack.encode(tasks)), type=tuple[Batch, ...])
    assert answered == tuple(process(one) for one in tasks)


def test_the_same_bytes_give_the_same_bytes() -> None:
    tasks = msgspec.msgpack.encode((task(rss(("甲", "一"), ("乙", "<img src=/x.png>"))), task(JSON_FEED)))
    assert process_bytes(tasks) == process_bytes(tasks)


def test_categories_are_named_once_by_their_labels() -> None:
    entry = ParsedEntry(categories=(Category(term="ev", label="汽车"), Category(term="汽车"), Category(term="最新")))
    assert category_names(entry) == ("汽车", "最新")
