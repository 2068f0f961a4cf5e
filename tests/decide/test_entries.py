from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.decide.entries import published_at
from broadsheet.model import ParsedEntry, Update, post_id

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def entry(number: int, **fields: object) -> ParsedEntry:
    plain = ParsedEntry(
        id=f"g{number}",
        link=f"https://news.example/{number}",
        title=f"标题 {number}",
        content=f"正文 {number}",
        published=NOON - timedelta(hours=number),
    )
    return replace(plain, **fields)


def reasons(update: Update) -> list[str]:
    return [choice.reason for choice in update.choices]


def test_entries_never_seen_are_new(poller: "Poller") -> None:
    update = poller.read(entry(1), entry(2))
    assert reasons(update) == ["new", "new"]
    assert [choice.post_id for choice in update.choices] == [
        post_id("feed", "g1", NOON - timedelta(hours=1)),
        post_id("feed", "g2", NOON - timedelta(hours=2)),
    ]
    assert update.outcome == "changed"


def test_entries_seen_before_are_counted_and_not_stored(poller: "Poller") -> None:
    poller.read(entry(1), entry(2))
    update = poller.read(entry(1), entry(2))
    assert (update.outcome, update.choices, update.unchanged) == ("unchanged", (), 2)


def test_an_edit_keeps_the_post_and_says_what_was_edited(poller: "Poller") -> None:
    first = poller.read(entry(1), entry(2))
    update = poller.read(entry(1, title="更正", content="改"), entry(2), entry(3))
    assert reasons(update) == ["edited: title, content", "new"]
    assert update.choices[0].post_id == first.choices[0].post_id
    assert update.unchanged == 1


def test_a_new_date_alone_is_no_edit(poller: "Poller") -> None:
    poller.read(entry(1))
    assert poller.read(entry(1, published=NOON, updated=NOON)).choices == ()


def test_an_entry_twice_in_a_document_is_decided_once(poller: "Poller") -> None:
    update = poller.read(entry(1), entry(1, link=None, title="dup"), entry(1))
    assert [choice.entry.title for choice in update.choices] == ["标题 1"]


def test_an_entry_that_says_nothing_is_no_entry(poller: "Poller") -> None:
    update = poller.read(ParsedEntry(id="1"), ParsedEntry())
    assert (update.choices, update.unchanged) == ((), 0)


def test_one_id_for_all_entries_is_no_id(poller: "Poller") -> None:
    site = "https://news.example/"
    update = poller.read(entry(1, id=site), entry(2, id=site), entry(3, id=site))
    assert reasons(update) == ["new", "new", "new"]
    assert poller.read(entry(2, id=site), entry(3, id=site)).choices == ()
    assert poller.read(entry(3, id=site, published=None)).choices == ()


def test_ids_that_change_with_every_request_make_no_duplicates(poller: "Poller") -> None:
    poller.read(*(entry(n, id=f"a{n}") for n in range(5)))
    update = poller.read(entry(5, id="b5"), *(entry(n, id=f"b{n}") for n in range(5)))
    assert reasons(update) == ["new"]
    assert update.unchanged == 5
    assert poller.read(*(entry(n, id=f"c{n}") for n in range(6))).choices == ()


def test_ids_that_change_do_not_hide_an_edit(poller: "Poller") -> None:
    first = poller.read(*(entry(n, id=f"a{n}") for n in range(3)))
    update = poller.read(entry(0, id="b0", content="更正"), entry(1, id="b1"), entry(2, id="b2"))
    assert reasons(update) == ["edited: content"]
    assert update.choices[0].entry_id == "a0"
    assert update.choices[0].post_id == first.choices[0].post_id


def test_changing_ids_without_dates_or_links_make_no_duplicates(poller: "Poller") -> None:
    bare = {"published": None, "link": None}
    poller.read(entry(1, id="a1", **bare), entry(2, id="a2", **bare))
    assert poller.read(entry(1, id="b1", **bare), entry(2, id="b2", **bare)).choices == ()


def test_entries_with_neither_id_nor_date_make_no_duplicates(poller: "Poller") -> None:
    bare = {"id": None, "published": None, "link": None}
    poller.read(entry(1, **bare), entry(2, **bare))
    poller.sleep(86_400)
    assert poller.read(entry(1, **bare), entry(2, **bare)).choices == ()


def test_the_same_words_on_another_day_are_another_post(poller: "Poller") -> None:
    poller.read(entry(1, id="monday", title="早报", link="https://news.example/"))
    poller.sleep(86_400)
    tomorrow = entry(1, id="tuesday", title="早报", link="https://news.example/", published=poller.now)
    assert reasons(poller.read(tomorrow)) == ["new"]


def test_the_same_words_under_two_ids_in_one_document_are_two_posts(poller: "Poller") -> None:
    poller.read(entry(1, id="a"))
    assert reasons(poller.read(entry(1, id="a"), entry(1, id="b"))) == ["new"]


def test_an_article_published_again_on_its_day_under_another_id_is_the_same_post(poller: "Poller") -> None:
    poller.read(entry(1), entry(2))
    update = poller.read(entry(2), entry(1, id="again", content="更正"))
    assert reasons(update) == ["edited: content"]
    assert update.choices[0].entry_id == "g1"


def test_entries_that_all_link_to_one_place_are_never_taken_for_each_other(poller: "Poller") -> None:
    place = "https://status.example/"
    poller.read(entry(1, id="a", link=place, title="up"), entry(2, id="b", link=place, title="down"))
    update = poller.read(entry(1, id="c", link=place, title="up"), entry(2, id="d", link=place, title="down"))
    assert reasons(update) == ["new", "new"]


def test_two_strangers_with_one_link_are_two_posts(poller: "Poller") -> None:
    poller.read(entry(1, id="a"))
    assert reasons(poller.read(entry(1, id="b"), entry(1, id="c"))) == ["new", "new"]


def test_the_same_message_without_a_link_is_another_post_when_it_is_dated(poller: "Poller") -> None:
    poller.read(entry(1, id="a", link=None))
    assert reasons(poller.read(entry(1, id="b", link=None))) == ["new"]


def test_changing_ids_without_links_make_no_duplicates_within_a_day(poller: "Poller") -> None:
    poller.read(entry(1, id="a1", link=None), entry(2, id="a2", link=None))
    assert poller.read(entry(1, id="b1", link=None), entry(2, id="b2", link=None)).choices == ()


def test_a_site_that_moves_to_https_with_all_its_ids_makes_no_duplicates(poller: "Poller") -> None:
    old = [entry(n, id=f"http://news.example/{n}", link=f"http://news.example/{n}") for n in range(5)]
    new = [entry(n, id=f"https://news.example/{n}", link=f"https://news.example/{n}") for n in range(5)]
    poller.read(*old)
    assert poller.read(*new).choices == ()


@pytest.mark.parametrize(
    ("published", "updated", "believed"),
    [
        (NOON - timedelta(days=1), None, NOON - timedelta(days=1)),
        (None, NOON - timedelta(days=1), NOON - timedelta(days=1)),
        (None, None, NOON),
        (NOON + timedelta(days=2), None, NOON + timedelta(days=2)),
        (NOON + timedelta(days=3), None, NOON),
        (NOON + timedelta(days=3), NOON - timedelta(days=1), NOON - timedelta(days=1)),
    ],
)
def test_a_date_far_ahead_is_not_believed(
    published: datetime | None, updated: datetime | None, believed: datetime
) -> None:
    assert published_at(ParsedEntry(published=published, updated=updated), NOON) == believed
