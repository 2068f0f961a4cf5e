"""A story as a feed: its reports, not its copies."""

from collections.abc import Callable

from lxml import etree

from broadsheet.model import Edition, Paper
from broadsheet.publish import load_theme, render_site

ATOM = "{http://www.w3.org/2005/Atom}"
PAPER = Paper(title="对开", address="https://paper.example/")


def feeds(edition: Edition) -> dict[str, etree._Element]:
    pages = {page.path: page for page in render_site(edition, load_theme(edition.paper))}
    story = edition.stories[0].id
    return {name: etree.fromstring(pages[name].render()) for name in (f"s/{story}/feed.xml", "feed.atom")}


def test_each_report_is_an_entry_the_newest_first_and_copies_are_none(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    told, whole = feeds(edition).values()
    titles = [entry.findtext(f"{ATOM}title") for entry in told.iter(f"{ATOM}entry")]
    assert titles == ["小米与北汽洽谈合造“电动车”", "Xiaomi and BAIC <talk>"]
    ids = {entry.findtext(f"{ATOM}id") for entry in told.iter(f"{ATOM}entry")}
    assert ids < {entry.findtext(f"{ATOM}id") for entry in whole.iter(f"{ATOM}entry")}


def test_it_has_a_name_of_its_own_and_knows_its_addresses(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    told, whole = feeds(edition).values()
    links = {link.get("rel"): link.get("href") for link in told.findall(f"{ATOM}link")}
    here = f"{PAPER.address}s/{edition.stories[0].id}/"
    assert links == {"self": f"{here}feed.xml", "alternate": here}
    assert told.findtext(f"{ATOM}title") == "对开 / Xiaomi and BAIC <talk>"
    assert told.findtext(f"{ATOM}id") != whole.findtext(f"{ATOM}id")


def test_its_name_outlives_a_move_of_the_paper(sample: Callable[..., Edition]) -> None:
    one, _ = feeds(sample(paper=PAPER)).values()
    other, _ = feeds(sample(paper=Paper(title="p", address="https://b.example/"))).values()
    assert one.findtext(f"{ATOM}id") == other.findtext(f"{ATOM}id")
