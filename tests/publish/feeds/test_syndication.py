"""The feeds the paper gives out."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.publish.conftest import make_edition, make_feed, make_post

from broadsheet.model import Edition, Enclosure, Feed, Paper, ParsedEntry, Person, Post, SafeHtml
from broadsheet.parse import parse_feed
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.addresses import web_link
from broadsheet.publish.feeds.syndication import NEWEST, modified, stable_id

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


def test_our_own_parser_reads_them_back(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    for path, content in files(edition).items():
        feed = parse_feed(content, None, f"https://paper.example/daily/{path}")
        assert feed.repairs == (), path
        assert (feed.title or "").startswith("对开")
        if path in {"feed.atom", "feed.json"}:
            assert [entry.published for entry in feed.entries] == [ref.published for ref in edition.refs]
            assert len({entry.id for entry in feed.entries}) == len(edition.refs)


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40).map(str.strip)
addresses = st.text("abc/?&=%2C中é", max_size=20).map("https://outlet.example/".__add__)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
bodies = st.lists(
    st.builds("<p>{}</p>".format, words.map(escape))
    | st.builds('<img src="{}" alt="">'.format, addresses.map(escape)),
    max_size=4,
).map("\n".join)
people = st.builds(Person, name=words.filter(bool), url=st.none() | addresses)
enclosures = st.builds(Enclosure, url=addresses, type=st.just("audio/mpeg"), length=st.none() | st.integers(1, 2**40))


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """A paper of a few posts that say anything a cleaned post can say."""
    source = make_feed(section=("科技",), title="Outlet", language="zh")
    posts = [
        make_post(
            source,
            str(number),
            draw(words),
            html=SafeHtml(draw(bodies)),
            summary=draw(words),
            link=draw(st.none() | addresses),
            published=draw(moments),
            updated=draw(st.none() | moments),
            authors=tuple(draw(st.lists(people, max_size=3))),
            categories=tuple(draw(st.lists(words.filter(bool), max_size=3, unique=True))),
            enclosures=tuple(draw(st.lists(enclosures, max_size=2, unique_by=lambda file: file.url))),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return make_edition([source], posts, paper=PAPER)


def said(entry: ParsedEntry) -> dict[str, object]:
    """What an entry of ours says, as far as both formats can say it."""
    return {
        "id": entry.id,
        "link": entry.link,
        "title": (entry.title, entry.title_type) if entry.title else None,
        "content": entry.content,
        "summary": entry.summary,
        "dates": (entry.published, entry.updated),
        "authors": [(author.name, author.url) for author in entry.authors],
        "categories": [category.term for category in entry.categories],
        "files": [(file.url, file.type, file.length) for file in entry.enclosures],
        "language": entry.language,
    }


def meant(post: Post) -> dict[str, object]:
    """What an entry made of a post must say."""
    people = {(author.name, web_link(author.url)): None for author in post.authors} or {("Outlet", None): None}
    return {
        "id": stable_id("broadsheet post", post.id),
        "link": f"{PAPER.address}p/{post.id}/",
        "title": (post.title, "text") if post.title else None,
        "content": post.html.strip() or None,
        "summary": post.summary or None,
        "dates": (post.published, modified(post)),
        "authors": list(people),
        "categories": list(post.categories),
        "files": [(web_link(file.url), file.type, file.length) for file in post.enclosures],
        "language": "zh",
    }


@settings(max_examples=60)
@given(editions())
def test_what_we_publish_reads_back_as_what_we_had(made: Edition) -> None:
    posts = [meant(made.shelf.post(ref.id)) for ref in made.refs]
    for path, content in files(made).items():
        if path in {"feed.atom", "feed.json"}:
            feed = parse_feed(content, None, PAPER.address + path)
            assert feed.repairs == ()
            assert [said(entry) for entry in feed.entries] == posts
