"""Images in the store: listed once, asked for until kept or given up, and told to the pages that show them."""

from datetime import timedelta

import pytest
from tests.store.builders import NOON, make_batch, make_copy, make_revision, minutes

from broadsheet.model import Failure, ImageCopy
from broadsheet.store import Store

ONE, TWO = "https://img.example/1.jpg", "https://img.example/2.jpg?a=1&b=图"
FIRST = make_revision()
SECOND = make_revision("entry-2", at=minutes(2))
GONE = Failure(reason="http-status", message="answered 404", at=NOON, status=404)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two posts; the first shows one image, the second shows it too and another."""
    store.apply([make_batch(FIRST, SECOND)])
    found = {FIRST.post_id: [ONE], SECOND.post_id: [ONE, TWO]}
    store.images.list_shown(store.images.unlisted_posts(), found, NOON)
    return store


def pictures(store: Store) -> dict[str, int]:
    return {ref.id: ref.pictures for ref in store.refs()}


def due(store: Store, after: float = 0) -> list[str]:
    return [image.address for image in store.images.due(minutes(after), 10)]


def test_posts_are_listed_once_in_the_order_of_arrival(store: Store) -> None:
    store.apply([make_batch(FIRST, SECOND)])
    assert store.images.unlisted_posts(1).posts == (FIRST.post_id,)
    store.images.list_shown(store.images.unlisted_posts(1), {}, NOON)
    assert store.images.unlisted_posts().posts == (SECOND.post_id,)
    store.images.list_shown(store.images.unlisted_posts(), {}, NOON)
    assert store.images.unlisted_posts().posts == ()
    store.images.list_shown(store.images.unlisted_posts(), {}, NOON)
    assert store.images.unlisted_posts().posts == ()


def test_an_edited_post_is_listed_again_once(filled: Store) -> None:
    for number in range(2):
        filled.apply([make_batch(make_revision(body=f"改 {number}", post=FIRST.post_id))])
    assert filled.images.unlisted_posts().posts == (FIRST.post_id,)


def test_a_post_that_is_made_again_is_listed_again(filled: Store) -> None:
    assert filled.replace([FIRST, SECOND]) == 0
    assert not filled.images.unlisted_posts().posts
    assert filled.replace([make_revision(body="今天的规则")]) == 1
    assert filled.images.unlisted_posts().posts == (FIRST.post_id,)
    filled.images.list_shown(filled.images.unlisted_posts(), {}, NOON)
    assert not filled.images.unlisted_posts().posts


def test_where_very_many_are_made_again_all_are_listed_again(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.store.images.MOST_AGAIN", 0)
    assert filled.replace([make_revision(body="今天的规则")]) == 1
    assert filled.images.unlisted_posts().posts == (FIRST.post_id, SECOND.post_id)


def test_the_images_of_the_newest_posts_are_due_first_and_each_once(filled: Store) -> None:
    assert due(filled) == [TWO, ONE]
    assert due(filled, -1) == []
    assert filled.images.by_standing() == {"kept": 0, "waiting": 2, "given_up": 0}


def test_a_kept_image_is_never_due_again_and_its_posts_change(filled: Store) -> None:
    before = pictures(filled)
    assert set(before.values()) == {0}
    assert filled.images.keep(ONE, make_copy(), 900, NOON)
    assert due(filled, 10_000) == [TWO]
    after = pictures(filled)
    assert all(after.values())
    assert filled.images.keep(TWO, make_copy("b"), 800, NOON)
    assert pictures(filled)[FIRST.post_id] == after[FIRST.post_id]
    assert pictures(filled)[SECOND.post_id] not in {0, after[SECOND.post_id]}
    assert filled.sizes()["images"] == 1700
    assert filled.images.by_standing() == {"kept": 2, "waiting": 0, "given_up": 0}


def test_keeping_twice_changes_nothing(filled: Store) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    before = pictures(filled)
    assert not filled.images.keep(ONE, make_copy("c"), 900, NOON)
    assert not filled.images.keep("https://img.example/unlisted.png", make_copy("d"), 900, NOON)
    assert pictures(filled) == before
    assert filled.images.copies([ONE]) == {ONE: make_copy()}


def test_listing_again_gives_the_same_number_and_forgets_what_went(filled: Store) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    filled.images.keep(TWO, make_copy("b"), 900, NOON)
    before = pictures(filled)
    filled.replace([make_revision(body="今天的规则"), make_revision("entry-2", body="也改", at=minutes(2))])
    filled.images.list_shown(filled.images.unlisted_posts(), {SECOND.post_id: [TWO, ONE]}, NOON)
    assert pictures(filled) == {SECOND.post_id: before[SECOND.post_id], FIRST.post_id: 0}


def test_two_addresses_of_one_picture_share_its_file_and_both_count(filled: Store) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    alone = pictures(filled)[SECOND.post_id]
    filled.images.keep(TWO, make_copy(), 900, NOON)
    assert pictures(filled)[SECOND.post_id] not in {0, alone}
    assert filled.sizes()["images"] == 900
    assert len(filled.images.new_copies("").copies) == 1


def test_a_failed_image_waits_and_one_given_up_waits_no_more(filled: Store) -> None:
    filled.images.fail(TWO, GONE, minutes(60))
    assert due(filled) == [ONE]
    assert [(one.address, one.failures) for one in filled.images.due(minutes(60), 10)] == [(ONE, 0), (TWO, 1)]
    filled.images.fail(TWO, GONE, None)
    assert due(filled, 100_000) == [ONE]
    assert filled.images.by_standing() == {"kept": 0, "waiting": 1, "given_up": 1}
    assert filled.images.retry(NOON) == 2
    assert filled.images.due(NOON, 10)[0].failures == 0
    assert due(filled) == [TWO, ONE]


def test_a_kept_image_cannot_fail(filled: Store) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    filled.images.fail(ONE, GONE, None)
    assert filled.images.copies([ONE, TWO]) == {ONE: make_copy()}


def test_copies_come_back_as_they_were(filled: Store) -> None:
    copy = make_copy(kind="jpg", variants=("webp", "avif"))
    filled.images.keep(TWO, copy, 2000, NOON)
    assert filled.images.copies([TWO]) == {TWO: copy}
    assert filled.images.copies([]) == {}


def test_new_copies_are_those_after_a_mark(filled: Store) -> None:
    nothing = filled.images.new_copies("")
    assert (nothing.copies, nothing.mark) == ((), "")
    filled.images.keep(ONE, make_copy(), 900, NOON)
    first = filled.images.new_copies(nothing.mark)
    assert [copy.hash[0] for copy in first.copies] == ["a"]
    assert filled.images.new_copies(first.mark) == type(first)(copies=(), mark=first.mark)
    filled.images.keep(TWO, make_copy("b"), 900, NOON + timedelta(hours=1))
    assert [copy.hash[0] for copy in filled.images.new_copies(first.mark).copies] == ["b"]


@pytest.mark.parametrize("mark", ["1 of another store", "99 " + "a" * 64, "nonsense", "-1 x", "²"])
def test_a_mark_of_another_store_asks_for_all(filled: Store, mark: str) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    assert len(filled.images.new_copies(mark).copies) == 1
    assert isinstance(filled.images.new_copies(mark).copies[0], ImageCopy)


def test_an_address_that_utf_8_cannot_hold_is_kept_as_it_can_be(filled: Store) -> None:
    filled.apply([make_batch(make_revision("entry-3"))])
    filled.images.list_shown(
        filled.images.unlisted_posts(), {filled.images.unlisted_posts().posts[0]: ["https://x.example/\ud800"]}, NOON
    )
    address = filled.images.due(NOON, 1)[0].address
    assert filled.images.keep(address, make_copy(), 9, NOON)
    assert list(filled.images.copies(["https://x.example/\ud800"])) == [address]


def test_a_lost_copy_is_due_again_and_its_posts_show_it_no_more(filled: Store) -> None:
    filled.images.keep(TWO, make_copy("b"), 900, NOON)
    before = pictures(filled)
    filled.images.keep(ONE, make_copy(), 900, NOON)
    assert filled.images.forget_copies([make_copy()], NOON) == 1
    assert pictures(filled) == before
    assert due(filled) == [ONE]
    assert filled.sizes()["images"] == 900
    assert filled.images.keep(ONE, make_copy(), 900, NOON)
    assert filled.check() == []


def test_variants_that_are_added_change_pages_and_are_told_to_sites(filled: Store) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    filled.images.keep(TWO, make_copy("b"), 900, NOON)
    mark, before = filled.images.new_copies("").mark, pictures(filled)
    assert filled.images.copies_to_vary(["webp"]) == [make_copy(), make_copy("b")]
    filled.images.add_variants(make_copy(), ["webp"], 1000)
    after = filled.images.new_copies(mark)
    assert after.copies == (make_copy(variants=("webp",)),)
    assert all(number != before[post] for post, number in pictures(filled).items())
    assert filled.images.copies([ONE]) == {ONE: make_copy(variants=("webp",))}
    assert filled.sizes()["images"] == 1900
    assert filled.check() == []
    filled.images.forget_copies([make_copy(variants=("webp",)), make_copy("b")], NOON)
    assert set(pictures(filled).values()) == {0}


def test_variants_are_made_of_no_copy_twice(filled: Store) -> None:
    filled.images.keep(ONE, make_copy(), 900, NOON)
    filled.images.note_varied(["webp"])
    assert filled.images.copies_to_vary(["webp"]) == []
    assert filled.images.copies_to_vary(["webp", "avif"]) == [make_copy()]
    filled.images.note_varied(["webp", "avif"])
    filled.images.note_varied(["webp"])
    filled.images.keep(TWO, make_copy("b", kind="webp"), 900, NOON)
    assert filled.images.copies_to_vary(["webp"]) == []
    assert filled.images.copies_to_vary(["avif"]) == [make_copy("b", kind="webp")]
