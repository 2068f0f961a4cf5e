"""Filters of questions, and the feeds that they mean."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from tests.store.builders import make_batch, make_feed, make_revision, minutes

from broadsheet.store import Store, open_store

SHANGHAI = ZoneInfo("Asia/Shanghai")
POSTS = {
    "甲": ("https://www.ithome.example/rss", "IT之家", ("新媒体", "最新"), "小米汽车", -60 * 24 * 30),
    "乙": ("https://news.example/feed", "臺灣新聞", ("新闻", "Asia"), "小米手机", -60 * 12.5),
    "丙": ("https://news.example/other", "News", ("新闻", "Europe"), "北汽", 0),
    "丁": ("https://blog.example/", "Blog", ("个人",), "小米，北汽", 60 * 24),
}


@pytest.fixture(scope="module")
def filled(lasting: str) -> Iterator[Store]:
    """A store to be asked, not written."""
    with open_store(lasting, create=True) as store:
        yield fill(store)


def fill(store: Store) -> Store:
    """Store one post in each of four feeds, around noon of 23 November 2026."""
    for number, (title, (address, name, section, body, at)) in enumerate(POSTS.items()):
        feed = replace(make_feed(address), name=name, section=section)
        store.add_feed(feed)
        made = make_revision(title=title, body=body, at=minutes(at), post=f"20261123-{number:010}")
        store.apply([make_batch(made, feed=feed)])
    return store


def found(store: Store, question: str) -> str:
    """The titles found, oldest first, by each order."""
    hits = store.search(question, zone=SHANGHAI)
    best = store.search(question, zone=SHANGHAI, order="best")
    assert sorted(hit.id for hit in hits) == sorted(hit.id for hit in best)
    return "".join(hit.title for hit in reversed(hits))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("feed:ithome", "甲"),
        ("feed:IT之家 小米", "甲"),
        ("feed:台湾", "乙"),
        ("feed:news.example", "乙丙"),
        ("feed:NEWS.example -北汽", "乙"),
        ("-feed:news.example", "甲丁"),
        ("小米 -feed:news.example", "甲丁"),
        ("feed:ithome or feed:blog", "甲丁"),
        ("(feed:ithome or 北汽) 小米", "甲丁"),
        ("feed:nobody", ""),
        ("feed:nobody or 北汽", "丙丁"),
        ("-feed:nobody", "甲乙丙丁"),
        ("section:新闻", "乙丙"),
        ("section:新聞/asia", "乙"),
        ("section:europe", "丙"),
        ("section:新", ""),
        ("section:新媒体/最新 小米", "甲"),
        ("section:/ 小米", ""),
        ("title:甲", "甲"),
        ("title:小米", ""),
        ("title:甲 or title:丁", "甲丁"),
        ("-小米", "丙"),
        ("-(小米 北汽)", "甲乙丙"),
        ("after:2026", "甲乙丙丁"),
        ("after:2026-11-23", "乙丙丁"),
        ("before:2026-11-23", "甲"),
        ("after:2026-11-24", "丁"),
        ("after:2026-11-23 before:2026-11-24", "乙丙"),
        ("before:2026-11-24 小米", "甲乙"),
        ("-after:2026-11-23", "甲"),
        ("before:2020", ""),
        ("feed:blog after:2026-12", ""),
        ("after:0001 before:9999", "甲乙丙丁"),
    ],
)
def test_filters_find_what_they_say(filled: Store, question: str, titles: str) -> None:
    assert found(filled, question) == titles


def test_an_id_means_one_feed_though_others_have_it_in_their_address(store: Store) -> None:
    filled = fill(store)
    feed = replace(make_feed("https://mirror.example/blog"), id="blog")
    filled.add_feed(feed)
    filled.apply([make_batch(make_revision(title="戊"), feed=feed)])
    assert found(filled, "feed:blog") == "戊"


def test_a_post_stays_with_its_feed_when_it_is_edited_and_the_index_made_again(store: Store) -> None:
    filled = fill(store)
    address, name, section, *_ = POSTS["甲"]
    feed = replace(make_feed(address), name=name, section=section)
    filled.apply([make_batch(make_revision(title="甲", body="改了"), feed=feed)])
    assert found(filled, "feed:ithome 改了") == "甲"
    assert found(filled, "feed:ithome 小米") == ""
    filled.reindex()
    assert found(filled, "feed:ithome 改了") == "甲"
    assert filled.check() == []


def test_what_a_question_means_by_surprise_is_told(filled: Store) -> None:
    assert filled.search_notes("小米 feed:ithome section:新闻") == []
    notes = filled.search_notes("feed:nobody -section:nowhere after:soon company:小米 -company:无人知晓 is:lie")
    assert [note.told.split(" ")[0] for note in notes] == [
        "after:soon",
        "feed:nobody",
        "section:nowhere",
        "is:lie",
        "company:无人知晓",
    ]
    assert [note.told.partition(" ")[0] for note in notes] == [note.about for note in notes]
    assert [note.what for note in notes] == ["no-day", "no-feed", "no-section", "no-is", "no-company"]


def test_highlights_are_of_the_words_not_of_the_filters(filled: Store) -> None:
    (hit,) = filled.search("feed:台灣 title:乙 手机 -北汽")
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["乙"]
    assert [hit.snippet[start:end] for start, end in hit.snippet_spans] == ["手机"]
