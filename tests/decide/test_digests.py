from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from broadsheet.decide.digests import body_digest, differing_parts, entry_digest, entry_key, link_digest, page_digest
from broadsheet.model import Category, Enclosure, ParsedEntry, Person

ENTRY = ParsedEntry(id="1", link="https://news.example/1", title="标题", summary="摘要", content="<p>正文</p>")


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"title": "新标题"}, ("title",)),
        ({"link": "https://news.example/2"}, ("link",)),
        ({"summary": None}, ("summary",)),
        ({"content": "<p>更正</p>"}, ("content",)),
        ({"authors": (Person(name="李"),)}, ("authors",)),
        ({"categories": (Category(term="财经"),)}, ("categories",)),
        ({"enclosures": (Enclosure(url="https://news.example/1.mp3", length=3),)}, ("enclosures",)),
        ({"images": ("https://news.example/1.png",)}, ("images",)),
        ({"title": "新标题", "content": "x"}, ("title", "content")),
    ],
)
def test_an_edit_changes_the_digest_and_names_its_parts(change: dict[str, object], parts: tuple[str, ...]) -> None:
    assert differing_parts(entry_digest(ENTRY), entry_digest(replace(ENTRY, **change))) == parts


@pytest.mark.parametrize(
    "change",
    [
        {"id": "2"},
        {"published": datetime(2026, 11, 23, tzinfo=UTC)},
        {"updated": datetime(2026, 11, 23, tzinfo=UTC)},
        {"original": b"<item/>"},
        {"link": "http://news.example/1"},
    ],
)
def test_ids_dates_and_the_move_to_https_are_no_edits(change: dict[str, object]) -> None:
    assert entry_digest(replace(ENTRY, **change)) == entry_digest(ENTRY)


def test_an_empty_entry_has_an_empty_digest() -> None:
    assert entry_digest(ParsedEntry(id="1")) == ""


def test_a_lone_surrogate_can_be_digested() -> None:
    assert entry_digest(ParsedEntry(title="\ud800")) != entry_digest(ParsedEntry(title="\ud801"))


def test_the_page_of_an_entry_is_its_title_and_link() -> None:
    edited = entry_digest(replace(ENTRY, content="x"))
    assert page_digest(edited) == page_digest(entry_digest(ENTRY))


@pytest.mark.parametrize(
    ("change", "has_link"),
    [({}, True), ({"title": None}, True), ({"link": None}, False), ({"title": None, "link": None}, False)],
)
def test_only_an_entry_with_a_link_has_a_page(change: dict[str, None], has_link: bool) -> None:
    digest = entry_digest(replace(ENTRY, **change))
    page, link = page_digest(digest), link_digest(digest)
    assert (page is not None, link is not None) == (has_link, has_link)
    assert page is None or (digest.startswith(page) and page.endswith(link or "?"))


def test_an_entry_is_named_by_its_id_else_its_link_else_its_words() -> None:
    nameless = replace(ENTRY, id=None, link=None)
    assert entry_key(ENTRY) == "1"
    assert entry_key(replace(ENTRY, id=None)) == "https://news.example/1"
    assert entry_key(nameless).startswith("digest:")
    assert entry_key(nameless) == entry_key(replace(nameless, published=datetime(2026, 11, 23, tzinfo=UTC)))
    assert entry_key(nameless) != entry_key(replace(nameless, title="x"))


def test_a_body_digest_is_32_hex_digits() -> None:
    assert len(bytes.fromhex(body_digest(b"<rss/>"))) == 16
