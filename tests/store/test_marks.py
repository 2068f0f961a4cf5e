"""What a reader did with posts: marked, listed, counted."""

from datetime import datetime

import pytest
from msgspec.structs import replace
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes

from broadsheet.errors import NotFoundError
from broadsheet.model import Marks, Selection
from broadsheet.store import Store, marks, open_store

OTHER = "https://other.example/feed"


@pytest.fixture
def posts(store: Store) -> list[str]:
    """Three posts of one feed and one of another, oldest first."""
    made = [make_revision(f"entry-{number}", at=minutes(number)) for number in range(3)]
    other = make_revision("entry-3", at=minutes(3))
    store.apply([make_batch(*made)])
    store.apply([make_batch(other, feed=make_feed(OTHER))])
    return [ref.id for ref in reversed(store.refs())]


def listed(store: Store, selection: Selection, **page: object) -> list[str]:
    return [one.post_id for one in store.reading.listed(selection, **page)]  # type: ignore[arg-type]


def test_every_mark_is_news_to_who_else_reads(address: str, store: Store, posts: list[str]) -> None:
    with open_store(address) as other:
        assert not other.has_news()
        for change in (
            lambda: store.reading.mark(posts[:1], NOON, read=True),
            lambda: store.reading.mark_all(minutes(9)),
            lambda: store.reading.tag(posts[:1], add=["later"]),
            lambda: store.reading.note(posts[0], "ask again", NOON),
        ):
            change()
            assert other.has_news()


def test_a_post_without_marks_is_unread_and_bears_none(store: Store, posts: list[str]) -> None:
    assert store.reading.marks(posts) == {}
    assert sorted(store.reading.unread().values()) == [1, 3]
    assert listed(store, Selection(unread=True)) == posts[::-1]
    assert listed(store, Selection(read=True)) == []


def test_marking_tells_what_changed_and_keeps_the_first_moment(store: Store, posts: list[str]) -> None:
    assert store.reading.mark(posts[:2], NOON, read=True) == posts[:2]
    assert store.reading.mark(posts[:2], minutes(1), read=True, starred=True) == posts[:2]
    assert store.reading.mark(posts[:2], minutes(2), read=True, starred=True) == []
    assert store.reading.marks(posts)[posts[0]] == Marks(read_at=NOON, starred_at=minutes(1))
    assert store.reading.mark([posts[0], "20200101-0000000000"], NOON, read=False) == [posts[0]]
    assert store.reading.marks(posts)[posts[0]] == Marks(starred_at=minutes(1))
    assert listed(store, Selection(unread=True)) == [posts[3], posts[2], posts[0]]
    assert listed(store, Selection(starred=True, unread=True)) == [posts[0]]


@pytest.mark.parametrize(("before", "left"), [(None, 0), (minutes(-600), 4)])
def test_all_that_had_come_is_marked_at_once(
    store: Store, posts: list[str], before: datetime | None, left: int
) -> None:
    store.reading.mark(posts[:1], NOON, starred=True)
    assert store.reading.mark_all(minutes(600), before=before) == 4 - left
    assert sum(store.reading.unread().values()) == left
    assert store.reading.marks(posts)[posts[0]].starred_at == NOON
    assert store.reading.mark_all(minutes(601), before=before) == 0


def test_one_feed_is_marked_alone(store: Store, posts: list[str]) -> None:
    feed = store.post(posts[3]).feed_id
    assert store.reading.mark_all(minutes(600), feeds=[feed]) == 1
    assert feed not in store.reading.unread()
    assert listed(store, Selection(unread=True)) == posts[2::-1]
    assert listed(store, Selection(feeds=(feed,))) == [posts[3]]


def test_tags_are_put_on_and_taken_off(store: Store, posts: list[str]) -> None:
    store.reading.tag(posts[:2], add=["汽车", "later"])
    store.reading.tag(posts[:1], add=["汽车"], remove=["later", "never"])
    assert store.reading.tags() == [("later", 1), ("汽车", 2)]
    assert store.reading.marks(posts)[posts[0]] == Marks(tags=("汽车",))
    assert listed(store, Selection(tag="汽车")) == [posts[1], posts[0]]
    assert listed(store, Selection(tag="汽车"), oldest_first=True) == [posts[0], posts[1]]


def test_a_note_is_kept_until_it_is_empty(store: Store, posts: list[str]) -> None:
    store.reading.note(posts[0], "ask\nthem", NOON)
    assert store.reading.marks(posts[:1])[posts[0]].note == "ask\nthem"
    assert listed(store, Selection(noted=True)) == [posts[0]]
    store.reading.note(posts[0], "", NOON)
    assert listed(store, Selection(noted=True)) == []


def test_pages_follow_each_other_both_ways(store: Store, posts: list[str]) -> None:
    assert listed(store, Selection(), limit=2) == [posts[3], posts[2]]
    assert listed(store, Selection(), after=posts[2], limit=2) == [posts[1], posts[0]]
    assert listed(store, Selection(), oldest_first=True, after=posts[1]) == [posts[2], posts[3]]
    with pytest.raises(NotFoundError, match="no such post"):
        listed(store, Selection(), after="20200101-0000000000")


def test_posts_are_found_by_their_numbers_and_by_when_they_came(store: Store, posts: list[str]) -> None:
    found = store.reading.listed(Selection(since=minutes(-600)))
    assert store.reading.numbers([one.number for one in found] + [7]) == {one.number: one.post_id for one in found}
    assert [one.number for one in found] == sorted((one.number for one in found), reverse=True)
    assert listed(store, Selection(until=minutes(-600))) == []
    assert {one.feed_id for one in found} == {feed.id for feed in store.feeds()}


def test_an_edit_and_a_rework_leave_the_marks(store: Store, posts: list[str]) -> None:
    store.reading.mark(posts[:1], NOON, read=True)
    store.reading.tag(posts[:1], add=["later"])
    store.reading.note(posts[0], "ask them", NOON)
    before = store.reading.marks(posts)
    edited = make_revision("entry-0", body="Edited.", at=minutes(9), post=posts[0])
    store.apply([make_batch(edited)])
    store.replace([replace(make_revision("entry-0", body="Made again.", at=minutes(9), post=posts[0]), number=2)])
    assert "Made again." in store.post(posts[0]).html
    assert store.reading.marks(posts) == before


def test_pages_stay_the_same_while_posts_arrive(store: Store, posts: list[str]) -> None:
    first = listed(store, Selection(), limit=2)
    store.apply([make_batch(make_revision("entry-9", at=minutes(9)))])
    assert listed(store, Selection(), after=first[-1]) == [posts[1], posts[0]]


@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("few", [0, 30])
def test_lists_of_few_feeds_and_of_many_say_the_same(
    store: Store, posts: list[str], monkeypatch: pytest.MonkeyPatch, few: int, oldest_first: bool
) -> None:
    monkeypatch.setattr(marks, "_FEW_FEEDS", few)
    store.reading.mark([posts[1]], NOON, read=True)
    feeds = tuple(feed.id for feed in store.feeds())
    unread = [posts[0], posts[2], posts[3]]
    wanted = unread if oldest_first else unread[::-1]
    assert listed(store, Selection(unread=True), oldest_first=oldest_first) == wanted
    assert listed(store, Selection(unread=True, feeds=feeds), oldest_first=oldest_first, limit=2) == wanted[:2]
    rest = listed(store, Selection(unread=True, feeds=feeds), oldest_first=oldest_first, after=wanted[1])
    assert rest == wanted[2:]
    assert listed(store, Selection(read=True, feeds=feeds), oldest_first=oldest_first) == [posts[1]]
    assert listed(store, Selection(feeds=feeds, until=minutes(-600)), oldest_first=oldest_first) == []


def test_a_feed_of_which_all_is_read_has_nothing_unread_to_list(store: Store, posts: list[str]) -> None:
    feed = store.post(posts[3]).feed_id
    store.reading.mark_all(minutes(600), feeds=[feed])
    assert listed(store, Selection(unread=True, feeds=(feed,))) == []
    assert listed(store, Selection(unread=True, feeds=())) == []


def test_a_post_whose_marks_were_all_taken_off_bears_none(store: Store, posts: list[str]) -> None:
    store.reading.mark(posts[:1], NOON, read=True, starred=True)
    store.reading.mark(posts[:1], minutes(1), read=False, starred=False)
    store.reading.note(posts[1], "", NOON)
    assert store.reading.marks(posts) == {}
    assert sum(store.reading.unread().values()) == 4
