"""Feeds that a page names, in the order in which a person would want them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Subscription
from broadsheet.parse import find_feeds, tells_comments

PAGE = "https://news.example/dir/page"


def addresses(html: str, content_type: str | None = None, encoding: str = "utf-8") -> list[str]:
    return [feed.address for feed in find_feeds(html.encode(encoding), content_type, PAGE)]


def test_link_tags_come_in_the_order_of_use() -> None:
    html = """<head>
      <link rel="alternate" type="application/rss+xml" title="Comments on this" href="/comments/feed">
      <link rel="alternate" type="application/feed+json" href="feed.json">
      <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" title="新闻" href="/atom.xml#top">
      <link rel="feed" href="/plain">
      <link rel="alternate" type="application/json" href="/wp-json/x">
      <link rel="alternate" hreflang="en" type="text/html" href="/en">
      <link rel="stylesheet alternate" type="text/xml" href="/s.css">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml" href="/atom.xml">
    </head><a href="/rss">RSS</a>"""
    assert addresses(html) == [
        "https://news.example/atom.xml",
        "https://news.example/plain",
        "https://news.example/dir/feed.json",
        "https://news.example/comments/feed",
    ]


def test_types_that_no_register_knows_name_feeds_too() -> None:
    html = '<link rel="alternate" type="text/rdf" href="/r"><link rel="alternate" type="text/rss" href="/s">'
    assert addresses(html) == ["https://news.example/r", "https://news.example/s"]


def test_a_name_and_its_page_are_kept() -> None:
    html = '<link rel="alternate" type="application/rss+xml" title=" 新闻 " href="/feed">'
    (feed,) = find_feeds(html.encode("gb18030"), "text/html; charset=gbk", PAGE)
    assert (feed.name, feed.link) == ("新闻", PAGE)


def test_the_charset_of_the_page_is_believed() -> None:
    html = '<meta charset="gb2312"><link rel="alternate" type="application/rss+xml" title="新闻频道" href="/feed">'
    (feed,) = find_feeds(html.encode("gb18030"), "text/html", PAGE)
    assert feed.name == "新闻频道"


def test_a_base_element_moves_relative_addresses() -> None:
    html = '<base href="https://cdn.example/x/"><link rel="alternate" type="application/rss+xml" href="feed">'
    assert addresses(html) == ["https://cdn.example/x/feed"]


def test_anchors_are_the_last_resort() -> None:
    html = """<a href="/about">About</a><a href="/feed/">Feed</a><a href="https://rsshub.example/x">RSS</a>
      <a href="/blog/index.xml" title="Atom">here</a><a href="mailto:a@b.example">m</a>
      <a href="/?feed=rss2">订阅</a>"""
    assert addresses(html) == [
        "https://news.example/feed/",
        "https://rsshub.example/x",
        "https://news.example/blog/index.xml",
        "https://news.example/?feed=rss2",
    ]


def test_a_page_without_feeds_names_none() -> None:
    assert addresses("<p>Nothing") == []
    assert addresses("") == []


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_no_bytes_raise(body: bytes) -> None:
    find_feeds(body, "text/html", PAGE)
    find_feeds(b'<link rel="alternate" type="text/xml" href="' + body, None, "http://[")


def test_a_feed_of_comments_is_told_by_its_address_or_name() -> None:
    assert tells_comments(Subscription(address="https://x.example/comments/feed/"))
    assert tells_comments(Subscription(address="https://x.example/feed", name="某站 » 评论"))
    assert not tells_comments(Subscription(address="https://x.example/feed", name="某站"))
