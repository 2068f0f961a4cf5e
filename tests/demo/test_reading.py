"""The paper reads the sample edition whole: every entry of every feed, with what had to be mended said aloud."""

import re

import pytest

from broadsheet.clean import CleanOptions, clean_entry
from broadsheet.demo.sample import documents
from broadsheet.parse import parse_feed

IMAGES = "http://127.0.0.1:8080/demo-img/"
READ = [
    ("jiangan.xml", "江岸财讯", "rss-2.0", 10),
    ("jinglun.xml", "京轮周刊", "rss-2.0", 7),
    ("ostrava.xml", "Ostrava Business Post", "rss-2.0", 5),
    ("chengdong.xml", "城东财经 & 理财", "rss-2.0", 8),
    ("nanqiao.xml", "南桥快报", "atom-1.0", 7),
    ("harbour.xml", "Harbour Wire", "atom-1.0", 6),
    ("zhigeng.json", "知更日报", "json-feed-1.1", 7),
    ("chenzhou.rdf", "晨舟网", "rss-1.0", 7),
]
DANGER = re.compile(r"<(?:script|iframe|form|input|object|svg|style|base|meta)\b|\son\w+=|(?:javascript|data):", re.I)


@pytest.mark.parametrize(("file", "title", "form", "size"), READ)
def test_every_entry_is_read(file: str, title: str, form: str, size: int) -> None:
    document = documents("morning", IMAGES)[file]
    feed = parse_feed(document.body, document.type, f"http://127.0.0.1:8080/feeds/{file}")
    assert (feed.title, feed.format, len(feed.entries)) == (title, form, size)


def test_only_the_two_damaged_feeds_are_mended() -> None:
    served = documents("morning", IMAGES)
    mended = {file: parse_feed(part.body, part.type).repairs for file, part in served.items()}
    assert {file for file, repairs in mended.items() if repairs} == {"chengdong.xml", "chenzhou.rdf"}


def test_nothing_hostile_comes_out_clean() -> None:
    for document in documents("morning", IMAGES).values():
        feed = parse_feed(document.body, document.type)
        for entry in feed.entries:
            article = clean_entry(entry, feed.link, CleanOptions())
            assert not DANGER.search(article.html)
            assert article.title


def test_the_post_it_all_began_with_shows_four_figures_and_a_direct_link() -> None:
    document = documents("morning", IMAGES)["jiangan.xml"]
    feed = parse_feed(document.body, document.type)
    (entry,) = (entry for entry in feed.entries if entry.id == "jiangan-20220826-0417")
    article = clean_entry(entry, feed.link)
    assert article.html.count("<figure>") == article.html.count("<figcaption>") == 4
    assert [image.caption for image in article.images if image.caption] == [
        "一处整车厂的外墙（示意图）",
        "北汽蓝谷贴近涨停价（示意图）",
        "北京汽车午后拉升（示意图）",
        "当年参观的门店（示意图）",
    ]
    assert "duomai" not in article.html
    assert 'href="https://list.shop.example/air.html?cat=737"' in article.html
    assert not re.search(r"<p>\s*</p>|pixel", article.html)
