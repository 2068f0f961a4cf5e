"""Of everything said, the best is kept."""

import pytest

from broadsheet.model import Category, Enclosure, Person
from broadsheet.parse.elements.choose import alternate, authors, choose_entry, choose_feed
from broadsheet.parse.elements.draft import Draft, Link, Text

PAGE, OTHER = "https://a.example/page", "https://a.example/other"


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([], None),
        ([Link(PAGE)], PAGE),
        ([Link(OTHER, "self")], None),
        ([Link(OTHER, type="application/pdf"), Link(PAGE, type="text/html")], PAGE),
        ([Link(PAGE, type="application/pdf"), Link(OTHER, "self")], PAGE),
        ([Link(PAGE, "http://www.iana.org/assignments/relation/alternate"), Link(OTHER, "self")], PAGE),
    ],
)
def test_the_link_is_the_page_that_is_meant(links: list[Link], expected: str | None) -> None:
    assert alternate(links) == expected


def test_the_authors_are_those_named_in_the_best_way() -> None:
    writer, show = Person(name="林"), Person(name="Show")
    assert authors(Draft(authors=[(2, show), (0, writer), (0, writer)])) == (writer,)
    assert authors(Draft()) == ()


def test_an_entry_without_a_link_leads_to_its_permalink() -> None:
    assert choose_entry(Draft(words={"permalink": PAGE}), None).link == PAGE
    assert choose_entry(Draft(words={"permalink": PAGE, "origin": OTHER}), None).link == OTHER


def test_files_said_twice_are_one_and_pictures_among_them_are_pictures() -> None:
    draft = Draft(
        links=[Link("https://a.example/1.jpg", "enclosure"), Link("https://a.example/1.mp3", "enclosure")],
        enclosures=[Enclosure(url="https://a.example/1.mp3", type="audio/mpeg")],
        categories=[Category(term="a"), Category(term="a")],
    )
    entry = choose_entry(draft, None)
    assert [file.url for file in entry.enclosures] == ["https://a.example/1.mp3", "https://a.example/1.jpg"]
    assert entry.images == ("https://a.example/1.jpg",)
    assert entry.categories == (Category(term="a"),)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ({"ttl": "60"}, 60),
        ({"ttl": "0"}, None),
        ({"ttl": "99999999"}, 525600),
        ({"period": "Daily", "frequency": "4"}, 360),
        ({"period": "daily", "frequency": "0"}, 1440),
        ({"period": "often"}, None),
    ],
)
def test_the_minutes_between_polls(words: dict[str, str], minutes: int | None) -> None:
    assert choose_feed(Draft(words=words), "rss", (), ()).ttl_minutes == minutes


def test_references_in_a_feeds_title_are_read_unless_it_is_markup() -> None:
    assert choose_feed(Draft(texts={"title": Text("A &amp; B")}), "rss", (), ()).title == "A & B"
    assert choose_feed(Draft(texts={"title": Text("<b>A</b> &amp; B")}), "rss", (), ()).title == "<b>A</b> &amp; B"
