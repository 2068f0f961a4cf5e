"""Documents become rows, by the functions that polls go through."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from tests.scale.archive.samples import NOW, page, rss

from broadsheet.annotate import NameBook, curated_book
from broadsheet.model import Feed, FeedState, Known, Response, Task, feed_id
from broadsheet.pipeline.workers.process import NO_PAGES, process
from broadsheet.scale.archive import making
from broadsheet.scale.archive.documents import Document, DocumentKind, Rejected
from broadsheet.scale.archive.making import Annotator, Made, Maker
from broadsheet.scale.archive.rows import revision_of

FEED = "https://news.example/feed"


def document(body: bytes, kind: DocumentKind = "feed", address: str = FEED) -> Document:
    return Document(kind=kind, source="in/a", offset=7, address=address, body=body, seen_at=NOW)


def make(*documents: Document | Rejected, annotator: Annotator | None = None) -> list[Made | Rejected]:
    return list(Maker(annotator).make(documents))


def made(*documents: Document | Rejected) -> list[Made]:
    return [one for one in make(*documents) if isinstance(one, Made)]


def test_a_feed_gives_the_revisions_that_a_poll_would() -> None:
    body = rss(("1", "A bridge"), ("2", "A road"))
    (found,) = made(document(body))
    feed = Feed(id=feed_id(FEED), address=FEED, added_at=NOW, state=FeedState(standing="imported"))
    answer = Response(address=FEED, final_address=FEED, status=200, body=body, received_at=NOW)
    batch = process(Task(known=Known(feed=feed), response=answer, fulltext=NO_PAGES, now=NOW))
    assert [revision_of(row) for row in found.posts] == list(batch.revisions)
    assert (found.feed.title, found.posts[0]["source"], found.posts[0]["offset"]) == ("News", "in/a", 7)


def test_what_a_feed_said_before_is_known() -> None:
    first = document(rss(("1", "A bridge"), ("2", "A road")))
    second = document(rss(("2", "A longer road"), ("3", "A lake"), ("1", "A bridge")))
    later = [row["reason"] for row in made(first, second)[1].posts]
    assert later == ["edited: title", "new"]


def test_only_the_newest_entries_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "REMEMBERED", 1)
    feed = document(rss(("1", "A bridge"), ("2", "A road")))
    assert [row["title"] for row in made(feed, feed)[1].posts] == ["A bridge"]


def test_a_page_is_a_post_of_its_server() -> None:
    (found,) = made(document(page(3), "page", "https://news.example/3"))
    (row,) = found.posts
    assert (found.feed.address, found.feed.title) == ("pages:news.example", "news.example")
    assert (row["title"], row["entry_id"], row["language"]) == ("Bridge 3 is open", "https://news.example/3", "en")
    assert row["text"].startswith("Bridge 3 is open\nThe town of Weststadt")


def test_a_page_that_is_met_twice_is_one_post_and_its_edit_another_revision() -> None:
    there = "https://news.example/3"
    again = [document(page(3, words), "page", there) for words in ("", "", "It rained.")]
    found = made(*again, document(page(4), "page", "https://news.example/4"))
    assert [[row["reason"] for row in one.posts] for one in found] == [["new"], [], ["edited: content"], ["new"]]


def test_a_post_file_is_a_post_of_its_section() -> None:
    (found,) = made(document(b"---\ntitle: A bridge\ncategories: [town]\n---\nIt stands.\n", "post-file"))
    assert found.feed.address == "posts:town"
    assert found.posts[0]["reason"] == "imported"


@pytest.mark.parametrize(
    ("body", "address"),
    [
        (rss(("1", "x"), link="https://news.example/"), "https://news.example/"),
        (b"<rss version='2.0'><channel><title>a</title><item><guid>1</guid></item></channel></rss>", "dump:in/a.xml"),
    ],
)
def test_a_feed_without_an_address_has_the_one_it_states(body: bytes, address: str) -> None:
    (found,) = made(document(body, address="in/a.xml"))
    assert found.feed.address == address


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (document(b"<html><body>x</body></html>"), "html"),
        (document(b"", address="a.xml"), "empty"),
        (document(b"words", "post-file"), "not-a-post-file"),
        (document(b"<html></html>", "page"), "no-article"),
        (Rejected(source="a", offset=0, reason="http-404", cause="x"), "http-404"),
    ],
)
def test_what_is_no_post_is_given_on_with_its_reason(one: Document | Rejected, reason: str) -> None:
    (found,) = make(one)
    assert isinstance(found, Rejected)
    assert found.reason == reason


def test_a_fault_of_ours_costs_the_document_that_met_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(task: Task) -> None:
        raise RecursionError(str(task.now))

    monkeypatch.setattr(making, "process", fail)
    (found, other) = make(document(rss()), document(b"---\ntitle: x\n---\ny\n", "post-file"))
    assert isinstance(found, Rejected)
    assert found.reason == "internal-error"
    assert isinstance(other, Made)


def test_facts_are_found_by_the_book_and_days_are_those_of_the_zone() -> None:
    text = "比亚迪（002594.SZ）今日上涨3%。"
    late = document(f"---\ntitle: {text}\ndate: 2026-11-20T20:00:00Z\n---\n{text}\n".encode(), "post-file")
    found = {}
    for zone in ("UTC", "Asia/Shanghai"):
        (one,) = make(late, annotator=Annotator(NameBook(curated_book()), ZoneInfo(zone)))
        assert isinstance(one, Made)
        found[zone] = one.facts[0]
    kinds = [fact["kind"] for fact in found["UTC"]]
    assert {"mention", "move", "date"} <= set(kinds)
    assert kinds == sorted(kinds, key=["mention", "move", "claim", "response", "origin", "date"].index)
    days = {zone: next(fact["date"] for fact in facts if fact["kind"] == "date") for zone, facts in found.items()}
    assert days == {"UTC": "2026-11-20", "Asia/Shanghai": "2026-11-21"}
    assert found["UTC"][0]["post_id"].startswith("20261120-")


def test_a_document_seen_later_dates_what_has_no_date_later() -> None:
    feed = document(rss(("1", "A bridge")))
    later = replace(feed, seen_at=NOW + timedelta(days=1))
    ids = [one.posts[0]["post_id"] for one in (*made(feed), *made(later))]
    assert [name[:8] for name in ids] == ["20261127", "20261128"]
