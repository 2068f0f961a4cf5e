"""Commands that need no paper."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.pipeline.outlet import rss

FEED_KEYS = [
    "format", "title", "subtitle", "link", "self_link", "hubs", "language", "updated", "image", "ttl_minutes",
    "skip_hours", "skip_days", "authors", "categories", "repairs", "entries",
]  # fmt: skip
ENTRY_KEYS = [
    "id", "link", "title", "summary", "content", "published", "updated", "authors", "categories", "enclosures",
    "images", "language", "source", "comments",
]  # fmt: skip
RICH = """<rss version="2.0"><channel><title>样刊</title><item><title>甲</title><guid>1</guid>
<author>desk@paper.example (某某)</author><category domain="x">科技</category>
<enclosure url="https://paper.example/a.mp3" type="audio/mpeg" length="3"/>
<pubDate>Mon, 23 Nov 2026 06:33:02 +0800</pubDate></item></channel></rss>"""


def test_parse_json_has_exactly_the_documented_keys(call: Call) -> None:
    whole = call("parse", "--json", "-", stdin=RICH.encode()).json
    (entry,) = whole["entries"]
    assert list(whole) == FEED_KEYS
    assert list(entry) == ENTRY_KEYS
    assert entry["authors"] == [{"name": "某某", "email": "desk@paper.example", "url": None}]
    assert entry["categories"] == [{"term": "科技", "scheme": "x", "label": None}]
    assert entry["enclosures"] == [{"url": "https://paper.example/a.mp3", "type": "audio/mpeg", "length": 3}]
    assert entry["published"] == "2026-11-22T22:33:02Z"
    assert (entry["content"], entry["images"], whole["ttl_minutes"], whole["hubs"]) == (None, [], None, [])


def test_parse_prints_a_table_and_what_was_repaired(call: Call, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(("甲", "一"), title="AT&T"), "utf-8")
    answer = call("parse", tmp_path / "feed.xml")
    assert answer.out.startswith("AT&T  [rss-2.0]")
    assert "repaired: bare-ampersand" in answer.out
    assert "https://paper.example/甲" in answer.out


def test_parse_minds_the_content_type_and_the_base(call: Call) -> None:
    body = RICH.replace("<guid>1</guid>", "<guid>1</guid><link>a.html</link>").encode("gb18030")
    options = ("--content-type", "text/xml; charset=gb18030", "--base-url", "https://x.example/y/")
    whole = call("parse", "--json", *options, "-", stdin=body).json
    assert (whole["title"], whole["entries"][0]["link"]) == ("样刊", "https://x.example/y/a.html")


@pytest.mark.parametrize(
    ("body", "words"), [(b"", "empty"), (b"<html><body>x</body></html>", "web page"), (b"words", "plain text")]
)
def test_what_is_no_feed_is_refused_by_the_name_of_its_file(
    call: Call, tmp_path: Path, body: bytes, words: str
) -> None:
    (tmp_path / "file").write_bytes(body)
    answer = call("parse", tmp_path / "file")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"broadsheet: {tmp_path}/file: ")
    assert words in answer.err
    assert call("parse", "-", stdin=body).err.startswith("broadsheet: standard input: ")


@pytest.mark.parametrize("command", ["parse", "clean"])
def test_a_file_that_is_not_there_is_named(call: Call, command: str) -> None:
    answer = call(command, "nowhere.xml")
    assert (answer.code, answer.err) == (2, "broadsheet: nowhere.xml: cannot be read: No such file or directory\n")


def test_clean_prints_safe_html_and_counts_what_it_changed(call: Call) -> None:
    answer = call("clean", "-", stdin=b"<p onclick=x()>one<script>bad()</script><a href='/a?utm_source=x'>two</a>")
    assert answer.code == 0
    assert "script" not in answer.out
    assert "onclick" not in answer.out


def test_clean_reads_the_body_of_a_post_file(call: Call) -> None:
    body = b"---\ntitle: 't'\ncategories: c\ndate: 2026-11-23\n---\n\n<p>one</p>\n"
    assert call("clean", "-", stdin=body).out.strip() == "<p>one</p>"


def test_clean_json_is_the_clean_entry(call: Call) -> None:
    whole = call("clean", "--json", "--base-url", "https://x.example/", "-", stdin=b"<p>one<img src=a.png></p>").json
    assert list(whole) == ["title", "html", "text", "summary", "link", "language", "image", "images", "changes"]
    assert whole["images"][0]["url"] == "https://x.example/a.png"
