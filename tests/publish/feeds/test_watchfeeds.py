"""A watch as a feed: what it heard of, the newest first."""

from collections.abc import Callable
from datetime import UTC, datetime

from lxml import etree
from msgspec.structs import replace

from broadsheet.model import Edition, Heard, Paper, WatchChange
from broadsheet.publish import load_theme, render_site

ATOM = "{http://www.w3.org/2005/Atom}"
PAPER = Paper(title="对开", address="https://paper.example/")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NEW = WatchChange(
    watch_id="w1",
    at=NOON,
    text="小米、北汽：新说法：<洽谈中>",
    entry_id="e",
    status="in_talks",
    post_id="p",
    quote="正洽谈",
)
DENIED = replace(
    NEW, at=NOON.replace(hour=13), text="小米、北汽：洽谈中 → 已否认", status="denied", before="in_talks"
)


def feed(edition: Edition, *changes: WatchChange) -> etree._Element:
    heard = Heard(watch_id="w1", words="小米 & 北汽", since=NOON, changes=changes)
    pages = {page.path: page for page in render_site(replace(edition, watches=(heard,)), load_theme(edition.paper))}
    return etree.fromstring(pages["w/w1/feed.xml"].render())


def test_each_change_is_an_entry_that_leads_to_its_story_or_post(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    told = replace(DENIED, story_id=edition.stories[0].id)
    found = feed(edition, told, NEW)
    assert [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")] == [DENIED.text, NEW.text]
    links = [entry.find(f"{ATOM}link").get("href") for entry in found.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert links == [f"{PAPER.address}s/{edition.stories[0].id}/", f"{PAPER.address}p/p/"]
    assert found.findtext(f"{ATOM}title") == "对开 / 小米 & 北汽"
    assert found.findtext(f"{ATOM}updated") == "2026-11-20T13:00:00Z"
    assert len({entry.findtext(f"{ATOM}id") for entry in found.iter(f"{ATOM}entry")}) == 2


def test_a_watch_that_heard_nothing_has_an_empty_feed(sample: Callable[..., Edition]) -> None:
    found = feed(sample(paper=PAPER))
    assert list(found.iter(f"{ATOM}entry")) == []
    assert found.findtext(f"{ATOM}updated") == "2026-11-20T12:00:00Z"
