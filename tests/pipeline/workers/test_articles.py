"""What a worker does with a page: bytes in, bytes out."""

import msgspec
import pytest
from tests.pipeline.outlet import START, rss

from broadsheet.model import ArticlePage, Feed, Original, PageReading, PageTask
from broadsheet.pipeline.workers.articles import read_page, read_page_bytes

WORDS = "水厂昨天通水，老城区的水压有望改善，居民说这次是真的好了，三年的工程终于完成。"
FEED = Feed(id="a", address="https://paper.example/feed", added_at=START)


def task(page: bytes, said: str = "水厂昨天通水…", original: bytes | None = None) -> PageTask:
    return PageTask(
        feed=FEED,
        original=Original(
            post_id="20261123-0000000000",
            feed_id="a",
            entry_id="甲",
            number=1,
            seen_at=START,
            reason="new",
            body=rss(("甲", said)).encode() if original is None else original,
            media_type="application/xml",
            base_url=None,
        ),
        page=ArticlePage(address="https://paper.example/1", body=page, fetched_at=START),
    )


def test_a_page_makes_the_post_again_with_its_article() -> None:
    there = f"<html><body><p>{WORDS}</p><p>{WORDS}</p></body></html>".encode()
    reading = msgspec.msgpack.decode(read_page_bytes(msgspec.msgpack.encode(task(there))), type=PageReading)
    assert reading.revision is not None
    assert reading.revision.article is not None
    assert reading.revision.article.clean.text.count(WORDS) == 2
    assert reading.revision.clean.text == "甲\n水厂昨天通水…"
    assert reading.revision.original == task(there).original.body


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "no-article"),
        (b"\xff\xfe\x00", "other-page"),
        ("<p>页面不存在，请返回首页。</p>".encode(), "other-page"),
    ],
)
def test_a_page_without_the_article_says_why(page: bytes, reason: str) -> None:
    assert read_page(task(page)) == PageReading(refused=reason)


def test_without_an_entry_there_is_nothing_to_look_for() -> None:
    assert read_page(task(b"<p>x</p>", original=b"nothing")).refused == "no-entry"
