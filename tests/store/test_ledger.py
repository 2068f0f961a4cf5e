"""The ledger in the store: entries are read back whole, found by what they name, and their changes are kept."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.store.builders import NOON, make_batch, make_edge, make_revision, make_sketch, make_story, minutes

from broadsheet.model import Claim, Grounds, Grouping, LedgerChanges, LedgerEntry, Party, Status, Step, entry_id
from broadsheet.store import Store
from broadsheet.store.ledger import NEWS, news_of

ONE, TWO, THREE = (make_revision(f"entry-{n}", at=minutes(n)) for n in range(3))
POSTS = (ONE, TWO, THREE)


def step(post: str, at: datetime = NOON, kind: str = "said") -> Step:
    return Step(kind=kind, at=at, post_id=post, feed_id="f", start=0, end=2, quote="青禾", root="彭博")  # type: ignore[arg-type]


def entry(
    *steps: Step, status: Status = "rumour", company: str = "qinghe", keys: tuple[str, ...] = ()
) -> LedgerEntry:
    first = steps[0]
    return LedgerEntry(
        id=entry_id(first.post_id, 0, first.at),
        event="acquisition",
        parties=(Party("青禾", company), Party("远方")),
        claim=Claim(start=0, end=2, quote="青禾", event="acquisition", parties=("青禾", "远方")),
        status=status,
        stage="considering",
        steps=steps,
        roots=("彭博",),
        stories=("s1",),
        keys=keys or (f"deals|{company}|~远方",),
        grounds=Grounds(by=len(steps) - 1),
    )


RUMOUR = entry(step(ONE.post_id), step(TWO.post_id, minutes(1), "repeated"))


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(*POSTS)])
    store.ledger.keep(LedgerChanges(entries=(RUMOUR,)), NOON)
    return store


def test_an_entry_is_read_back_and_found_by_story_and_company(filled: Store) -> None:
    assert filled.ledger.entries([RUMOUR.id, "nothing"]) == [RUMOUR]
    assert filled.ledger.of_story("s1") == [RUMOUR]
    assert filled.ledger.of_company("qinghe") == [RUMOUR]
    assert filled.ledger.of_company("yuanfan") == []
    assert filled.ledger.of_post(TWO.post_id) == [RUMOUR]
    assert filled.ledger.of_post(THREE.post_id) == []
    assert filled.ledger.of_posts([TWO.post_id, THREE.post_id]) == [RUMOUR]


def test_its_ref_tells_what_pages_need_and_changes_with_it(filled: Store) -> None:
    (ref,) = filled.ledger.refs()
    assert (ref.id, ref.status, ref.companies, ref.stories) == (RUMOUR.id, "rumour", ("qinghe",), ("s1",))
    assert (ref.first_at, ref.last_at) == (NOON, minutes(1))
    assert ref.alone == (ONE.post_id, TWO.post_id)
    filled.ledger.keep(LedgerChanges(entries=(replace(RUMOUR, roots=("路透",)),)), NOON)
    assert filled.ledger.refs()[0].digest != ref.digest


def test_it_is_found_by_its_posts_and_by_its_keys_between_two_moments(filled: Store) -> None:
    def touched(posts: list[str], keys: list[str], since: float = -10, until: float = 10) -> list[str]:
        return [one.id for one in filled.ledger.touched(posts, keys, minutes(since), minutes(until))]

    key = RUMOUR.keys[0]
    assert touched([TWO.post_id], []) == touched([], [key]) == touched([TWO.post_id], [key]) == [RUMOUR.id]
    assert touched([THREE.post_id], ["deals|other"]) == []
    assert touched([], [key], since=2) == touched([], [key], until=-1) == []


def test_what_an_entry_no_longer_names_does_not_find_it(filled: Store) -> None:
    moved = replace(RUMOUR, parties=(Party("海川", "haichuan"),), stories=(), keys=("x",), steps=RUMOUR.steps[:1])
    filled.ledger.keep(LedgerChanges(entries=(moved,)), NOON)
    assert filled.ledger.of_company("qinghe") == filled.ledger.of_story("s1") == []
    assert filled.ledger.touched([TWO.post_id], RUMOUR.keys, NOON, NOON) == []
    assert filled.ledger.of_company("haichuan") == [moved]


def test_an_entry_that_ended_is_gone_with_all_that_found_it(filled: Store) -> None:
    filled.ledger.keep(LedgerChanges(ended=(RUMOUR.id, "unknown")), NOON)
    assert filled.ledger.refs() == []
    assert filled.ledger.of_company("qinghe") == []
    assert filled.ledger.changes() == []
    assert filled.check() == []


def test_entries_are_listed_by_status_and_silence(filled: Store) -> None:
    denied = entry(step(THREE.post_id, minutes(2)), status="denied", company="haichuan")
    filled.ledger.keep(LedgerChanges(entries=(denied,)), NOON)
    assert filled.ledger.listed(10) == [denied, RUMOUR]
    assert filled.ledger.listed(1) == [denied]
    assert filled.ledger.listed(10, statuses=("rumour", "in_talks")) == [RUMOUR]
    assert filled.ledger.listed(10, before=minutes(1)) == [RUMOUR]


def test_a_change_of_status_and_a_word_are_news_a_repetition_is_none(filled: Store) -> None:
    ledger = filled.ledger
    repeated = replace(RUMOUR, steps=(*RUMOUR.steps, step(THREE.post_id, minutes(2), "repeated")))
    asked = replace(repeated, steps=(*repeated.steps, step(THREE.post_id, minutes(2), "asked")))
    denied = replace(
        asked, status="denied", steps=(*asked.steps, step(THREE.post_id, minutes(3), "denied")), grounds=Grounds(by=4)
    )
    for number, one in enumerate((repeated, asked, denied)):
        ledger.keep(LedgerChanges(entries=(one,)), minutes(10 + number))
    changes = ledger.changes()
    assert [(one.before, one.after, one.step.kind) for one in changes] == [
        (None, "rumour", "said"),
        ("rumour", "rumour", "asked"),
        ("rumour", "denied", "denied"),
    ]
    assert {one.entry for one in changes} == {denied}
    assert ledger.changes(after=changes[1].number) == changes[2:]
    assert ledger.changes(since=minutes(12)) == changes[2:]
    assert ledger.changes(limit=1) == changes[:1]
    assert ledger.last_change() == changes[2].number


def test_what_was_told_long_ago_is_no_news(store: Store) -> None:
    store.apply([make_batch(*POSTS)])
    store.ledger.keep(LedgerChanges(entries=(RUMOUR,)), NOON + NEWS + timedelta(seconds=1))
    assert store.ledger.changes() == []
    assert store.ledger.last_change() == 0


def test_nothing_new_is_no_news() -> None:
    assert news_of(RUMOUR, replace(RUMOUR, roots=())) is None


def test_posts_of_stories_that_changed_wait_to_be_read_and_are_read_once(store: Store) -> None:
    store.apply([make_batch(*POSTS)])
    assert store.ledger.unread().posts == ()
    read = store.unsketched_posts()
    assert store.keep_sketches(read, [make_sketch(post) for post in POSTS], [make_edge(ONE, TWO)])
    story = make_story(ONE, TWO)
    store.group(lambda _: Grouping(stories=(story,)), NOON)
    waiting = store.ledger.unread()
    assert set(waiting.posts) == {ONE.post_id, TWO.post_id}
    assert set(store.ledger.posts_of_stories([story.id])) == {ONE.post_id, TWO.post_id}
    (place,) = store.ledger.places([ONE.post_id])
    assert (place.published, place.story_id, place.carries) == (ONE.published, story.id, None)
    store.ledger.keep(LedgerChanges(), NOON, waiting)
    assert store.ledger.count_unread() == 0
    store.ledger.read_all_again()
    assert store.ledger.count_unread() == 3


def test_a_post_that_changes_while_it_is_read_is_read_again(store: Store) -> None:
    store.apply([make_batch(*POSTS)])
    store.ledger.read_all_again()
    read = store.ledger.unread(limit=2)
    store.ledger.read_all_again()
    store.ledger.keep(LedgerChanges(), NOON, read)
    assert store.ledger.count_unread() == 3
