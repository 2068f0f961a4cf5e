"""The feeds the paper gives out."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest
from lxml import etree

from broadsheet import parse
from broadsheet.model import Edition, Feed, Paper, Post
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.syndication import NEWEST, stable_id

ATOM = "{http://www.w3.org/2005/Atom}"
PAPER = Paper(title="对开", subtitle="谁说了什么", address="https://paper.example/daily/")


def files(edition: Edition) -> dict[str, bytes]:
    pages = render_site(edition, load_theme(edition.paper))
    return {page.path: page.render() for page in pages if page.path.endswith(("feed.atom", "feed.json"))}


def one(element: etree._Element, name: str) -> etree._Element:
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0]


def assert_rfc3339(text: str | None) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text or "")
    datetime.fromisoformat(text or "")


def test_atom_has_all_that_the_rfc_requires(sample: Callable[..., Edition]) -> None:
    for path, content in files(sample(paper=PAPER)).items():
        if not path.endswith(".atom"):
            continue
        feed = etree.fromstring(content)
        for element in (feed, *feed.findall(ATOM + "entry")):
            assert (one(element, "id").text or "").startswith("urn:uuid:")
            one(element, "title")
            assert_rfc3339(one(element, "updated").text)
            assert element.find(f"{ATOM}author/{ATOM}name") is not None
        selves = [link.get("href") or "" for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
        assert len(selves) == 1
        assert selves[0].startswith("https://paper.example/daily/")
        assert selves[0].isascii()
        names = [entry.findtext(ATOM + "id") for entry in feed.findall(ATOM + "entry")]
        assert len(names) == len(set(names))


def test_atom_carries_the_whole_post(sample: Callable[..., Edition]) -> None:
    feed = etree.fromstring(files(sample(paper=PAPER))["汽车/feed.atom"])
    entry = one(feed, "entry")
    assert one(entry, "title").text == "小米与北汽洽谈合造“电动车”"
    assert (one(entry, "content").text or "").startswith("<p>知情人士说")
    assert one(entry, "content").get("type") == "html"
    links = {link.get("rel"): link for link in entry.findall(ATOM + "link")}
    assert (links["alternate"].get("href") or "").startswith("https://paper.example/daily/p/2026")
    assert links["via"].get("href") == "https://nanqiao.example/1?a=1&b=2"
    assert links["enclosure"].get("length") == "41234567"
    assert [category.get("term") for category in entry.findall(ATOM + "category")] == ["汽车", "A & B"]
    assert one(entry, "updated").text == "2026-08-26T03:47:00Z"


def test_json_feed_has_all_that_version_1_1_requires(sample: Callable[..., Edition]) -> None:
    for path, content in files(sample(paper=PAPER)).items():
        if not path.endswith(".json"):
            continue
        feed = json.loads(content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["feed_url"].startswith("https://paper.example/daily/")
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert "content_html" in item or "title" in item
            assert_rfc3339(item["date_published"])
            assert_rfc3339(item["date_modified"])
            assert all(attachment["url"] and attachment["mime_type"] for attachment in item.get("attachments", []))
            assert None not in item.values()
        assert b"javascript" not in content


def test_both_formats_name_a_post_alike(sample: Callable[..., Edition]) -> None:
    made = files(sample(paper=PAPER))
    atom = etree.fromstring(made["feed.atom"])
    names = [entry.findtext(ATOM + "id") for entry in atom.findall(ATOM + "entry")]
    assert names == [item["id"] for item in json.loads(made["feed.json"])["items"]]


def test_the_name_of_a_post_outlives_a_move_of_the_paper(sample: Callable[..., Edition]) -> None:
    moved = msgspec.structs.replace(PAPER, address="https://elsewhere.example/")
    here, there = (json.loads(files(sample(paper=paper))["feed.json"]) for paper in (PAPER, moved))
    assert [item["id"] for item in here["items"]] == [item["id"] for item in there["items"]]


def test_names_are_valid_uuids_and_differ() -> None:
    names = {stable_id("post", str(number)) for number in range(50)} | {stable_id("post1", "")}
    assert len(names) == 51
    assert all(
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", name)
        for name in names
    )


def test_only_the_newest_are_given_out(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    source = feed(section=("A",))
    posts = [
        post(source, str(number), f"n{number}", published=source.added_at + timedelta(minutes=number))
        for number in range(NEWEST + 20)
    ]
    items = json.loads(files(edition([source], posts))["A/feed.json"])["items"]
    assert [item["title"] for item in items] == [f"n{number}" for number in range(NEWEST + 19, 19, -1)]


def test_an_empty_paper_gives_out_valid_feeds(edition: Callable[..., Edition]) -> None:
    made = files(edition([], []))
    assert_rfc3339(one(etree.fromstring(made["feed.atom"]), "updated").text)
    assert json.loads(made["feed.json"])["items"] == []


@pytest.mark.skipif(not hasattr(parse, "parse_feed"), reason="the parser is not built yet")
def test_our_own_parser_reads_them_back(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    for path, content in files(edition).items():
        feed = parse.parse_feed(content, None, f"https://paper.example/daily/{path}")
        assert feed.repairs == (), path
        assert (feed.title or "").startswith("对开")
        if path in {"feed.atom", "feed.json"}:
            assert [entry.published for entry in feed.entries] == [ref.published for ref in edition.refs]
            assert len({entry.id for entry in feed.entries}) == len(edition.refs)
