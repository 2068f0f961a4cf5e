"""Storing polls: what is new, edited, trivial or known; all or nothing."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.store import builders
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes

from broadsheet.errors import NotFoundError, StoreError
from broadsheet.model import Clock, KnownEntry, Original, Post, Revision, SafeHtml, Stored, Validators
from broadsheet.store import Store, open_store
from broadsheet.store.sound import sound, sound_text

NUL = b"\\u0000"
FIRST = make_revision()
EDITED = replace(
    make_revision(body="小米汽车否认发布。", at=minutes(5)), post_id=FIRST.post_id, reason="edited: text"
)


def test_an_unknown_entry_makes_a_post_at_revision_one(store: Store) -> None:
    assert store.apply([make_batch(FIRST)]) == Stored(new=1)
    post = store.post(FIRST.post_id)
    assert (post.title, post.html, post.text) == (FIRST.clean.title, FIRST.clean.html, FIRST.clean.text)
    assert (post.revision, post.first_seen, post.published, post.digest) == (1, NOON, NOON, FIRST.digest)
    assert store.known_entries(make_feed().id) == (KnownEntry("entry-1", FIRST.post_id, FIRST.entry_digest),)


def test_an_entry_said_again_changes_nothing(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    assert store.apply([make_batch(FIRST, FIRST)]) == Stored()
    assert len(store.revisions(FIRST.post_id)) == 1


def test_a_change_no_reader_sees_makes_no_revision(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    before = store.refs()
    assert store.apply([make_batch(make_revision(said="guid"))]) == Stored(trivial=1)
    assert store.known_entries(make_feed().id)[0].entry_digest == make_revision(said="guid").entry_digest
    assert store.refs() == before
    assert len(store.revisions(FIRST.post_id)) == 1


def test_a_change_makes_the_next_revision_of_the_same_post(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    before = store.refs()
    assert store.apply([make_batch(EDITED)]) == Stored(edited=1)
    post = store.post(FIRST.post_id)
    assert (post.id, post.published, post.first_seen) == (FIRST.post_id, NOON, NOON)
    assert (post.revision, post.changed_at, post.text) == (2, minutes(5), EDITED.clean.text)
    assert [(one.number, one.reason, one.body) for one in store.revisions(post.id)] == [
        (1, "new", FIRST.original),
        (2, "edited: text", EDITED.original),
    ]
    assert [(one.number, one.seen_at, one.html, one.text) for one in store.versions(post.id)] == [
        (1, NOON, FIRST.clean.html, FIRST.clean.text),
        (2, minutes(5), EDITED.clean.html, EDITED.clean.text),
    ]
    assert store.refs()[0].digest != before[0].digest


def test_an_edit_is_found_by_its_new_words_alone(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    store.apply([make_batch(EDITED)])
    assert not store.search("今日")
    assert [hit.id for hit in store.search("否认")] == [FIRST.post_id]
    assert store.check() == []


def test_one_transaction_may_bring_an_entry_its_edit_and_the_edit_of_that(store: Store) -> None:
    last = replace(make_revision(body="第三稿"), reason="edited: text")
    assert store.apply([make_batch(FIRST, EDITED), make_batch(last)]) == Stored(new=1, edited=2)
    store.apply([make_batch(EDITED, FIRST)])
    assert store.post(FIRST.post_id).revision == 5
    assert len(store.search("今日")) == 1
    assert not store.search("第三稿")
    assert store.check() == []


def test_one_transaction_may_edit_one_post_and_bring_another(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    other = make_revision("entry-2", body="今日再报")
    assert store.apply([make_batch(EDITED, other)]) == Stored(new=1, edited=1)
    assert [hit.id for hit in store.search("今日")] == [other.post_id]
    assert store.check() == []


def test_the_same_entry_id_in_two_feeds_is_two_posts(store: Store) -> None:
    other = make_feed("https://other.example/")
    store.apply([make_batch(FIRST), make_batch(make_revision(post="20261123-0123456789"), feed=other)])
    assert len(store.refs()) == 2
    assert [ref.feed_id for ref in store.refs(other.id)] == [other.id]


def test_two_entries_with_one_post_id_are_both_kept(store: Store) -> None:
    twins = [make_revision(name, post=FIRST.post_id, body=f"正文{name}") for name in ("a", "b", "c")]
    assert store.apply([make_batch(*twins)]) == Stored(new=3)
    assert store.apply([make_batch(*twins)]) == Stored()
    names = [known.post_id for known in store.known_entries(make_feed().id)]
    assert len(set(names)) == 3
    assert FIRST.post_id in names
    assert all(name.startswith(FIRST.post_id) for name in names)
    assert {store.post(name).text for name in names} == {twin.clean.text for twin in twins}


def test_a_lengthened_post_id_depends_on_the_entry_alone(another: Callable[[], str]) -> None:
    first, second, third = (make_revision(name, post=FIRST.post_id, body=name) for name in "abc")
    lengthened = []
    for order in ((first, second, third), (first, third, second)):
        with open_store(another(), create=True) as store:
            store.apply([make_batch(*order)])
            names = {known.entry_id: known.post_id for known in store.known_entries(make_feed().id)}
            lengthened.append((names["b"], names["c"]))
    assert lengthened[0] == lengthened[1]


def test_many_posts_of_one_moment_are_all_kept_in_order(store: Store) -> None:
    for part in range(3):
        store.apply([make_batch(*(make_revision(f"{part}-{number:03}") for number in range(200)))])
    store.apply([make_batch(make_revision("after", at=NOON + timedelta(milliseconds=1)))])
    refs = store.refs()
    assert len(refs) == 601
    assert refs == sorted(refs, key=lambda ref: (ref.published, ref.id), reverse=True)
    assert len(store.search("小米", limit=1000)) == 601
    assert store.check() == []


def test_validators_are_stored_with_the_entries(store: Store) -> None:
    feed = make_feed()
    polled = replace(feed, state=replace(feed.state, validators=Validators(etag='"1"')))
    store.apply([make_batch(FIRST, feed=polled)])
    assert store.feed(feed.id).state.validators.etag == '"1"'


def test_a_poll_that_fails_half_way_leaves_nothing(store: Store) -> None:
    store.add_feed(make_feed())
    broken = make_batch(feed=make_feed(key="0123456789"))
    polled = replace(make_feed(), title="Said")
    with pytest.raises(StoreError, match="another feed follows"):
        store.apply([make_batch(FIRST, feed=polled), broken])
    assert store.refs() == []
    assert store.feeds() == [make_feed()]
    assert store.apply([make_batch(FIRST)]) == Stored(new=1)


def test_a_lone_surrogate_costs_one_character(store: Store) -> None:
    hurt = make_revision("id\ud800", title="小米\ud800", body="汽车\udfff发布")
    assert store.apply([make_batch(hurt)]) == Stored(new=1)
    assert store.apply([make_batch(hurt)]) == Stored()
    assert store.post(hurt.post_id).title == "小米\ufffd"
    assert store.search("发布\ud800")[0].snippet == "汽车\ufffd发布"


def test_a_rework_writes_a_post_anew_without_a_revision(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    before = store.post(FIRST.post_id), store.refs()
    assert store.replace([FIRST]) == 0
    assert store.replace([EDITED]) == 1
    post = store.post(FIRST.post_id)
    assert post.text == EDITED.clean.text
    assert (post.revision, post.changed_at, post.first_seen) == (1, before[0].changed_at, before[0].first_seen)
    assert store.refs() != before[1]
    assert len(store.revisions(post.id)) == 1
    assert not store.search("今日")
    assert store.search("否认")
    assert store.replace([EDITED]) == 0
    assert store.check() == []


def test_a_rework_of_markup_alone_is_a_change(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    marked = replace(FIRST, clean=replace(FIRST.clean, html=SafeHtml("<p>x</p>")))
    assert store.replace([marked]) == 1
    assert store.post(FIRST.post_id).html == "<p>x</p>"


def test_a_rework_of_text_alone_is_a_change(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    assert store.replace([replace(FIRST, clean=replace(FIRST.clean, text="小米发布新车\n另一种读法"))]) == 1
    assert store.search("读法")
    assert not store.search("今日")


def test_a_rework_of_a_post_that_is_not_there_names_it_and_changes_nothing(store: Store) -> None:
    store.apply([make_batch(FIRST)])
    with pytest.raises(NotFoundError, match="nobody"):
        store.replace([EDITED, replace(EDITED, post_id="nobody")])
    assert store.post(FIRST.post_id).text == FIRST.clean.text


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(made=st.lists(builders.revisions, max_size=4, unique_by=lambda made: held(made.entry_id)))
def test_whatever_the_types_allow_comes_back(another: Callable[[], str], made: list[Revision]) -> None:
    feed = make_feed()
    with open_store(another(), create=True) as store:
        assert store.apply([make_batch(*made, feed=feed)]) == Stored(new=len(made))
        assert store.apply([make_batch(*made, feed=feed)]) == Stored()
        names = {known.entry_id: known.post_id for known in store.known_entries(feed.id)}
        for revision in made:
            name = names.get(sound_text(revision.entry_id)) or names[held(revision.entry_id)]
            same(store.post(name), expected_post(revision, name))
            same(store.revisions(name), [expected_original(revision, name)])
        assert len(store.refs()) == len(store.cards(list(names.values()))) == len(store.originals()) == len(made)
        assert store.check() == []


def held(text: str) -> str:
    """Text as PostgreSQL holds it, which has no NUL."""
    return sound_text(text).replace("\0", "\ufffd")


def same(kept: object, made: object) -> None:
    """What was kept is what was made, but for what UTF-8 has no place for, or PostgreSQL."""
    one, other = (msgspec.json.encode(sound(msgspec.to_builtins(value)), order="sorted") for value in (kept, made))
    assert one.replace(NUL, b"\xef\xbf\xbd") == other.replace(NUL, b"\xef\xbf\xbd")


def expected_post(revision: Revision, name: str) -> Post:
    clean = revision.clean
    return Post(
        id=name,
        feed_id=make_feed().id,
        entry_id=revision.entry_id,
        title=clean.title,
        html=clean.html,
        text=clean.text,
        summary=clean.summary,
        link=clean.link,
        language=clean.language,
        image=clean.image,
        authors=revision.authors,
        categories=revision.categories,
        enclosures=revision.enclosures,
        comments=revision.comments,
        published=revision.published,
        updated=revision.updated,
        first_seen=revision.seen_at,
        changed_at=revision.seen_at,
        revision=1,
        digest=revision.digest,
        changes=clean.changes,
    )


def expected_original(revision: Revision, name: str) -> Original:
    return Original(
        post_id=name,
        feed_id=make_feed().id,
        entry_id=revision.entry_id,
        number=1,
        seen_at=revision.seen_at,
        reason=revision.reason,
        body=revision.original,
        media_type=revision.media_type,
        base_url=revision.base_url,
    )


def test_a_clock_found_out_puts_right_what_was_seen_since_and_no_identity(store: Store) -> None:
    ahead = timedelta(hours=8)
    old = replace(make_revision("old"), published=NOON - timedelta(days=9))
    dated = replace(make_revision("dated", at=minutes(5)), published=minutes(5) + ahead, updated=minutes(6) + ahead)
    undated = make_revision("undated", at=minutes(5))
    store.apply([make_batch(old, dated, undated)])
    before = store.refs()
    clock = Clock(ahead_s=28_800, since=minutes(5))
    new = replace(make_revision("new", at=minutes(10)), published=minutes(9))
    store.apply([replace(make_batch(new), clock=clock)])
    posts = {post.entry_id: post for post in map(store.post, [ref.id for ref in store.refs()])}
    assert {name: post.published for name, post in posts.items()} == {
        "old": old.published,
        "dated": minutes(5),
        "undated": minutes(5),
        "new": minutes(9),
    }
    assert (posts["dated"].updated, posts["dated"].id, posts["dated"].revision) == (minutes(6), dated.post_id, 1)
    after = {ref.id: ref.digest for ref in store.refs()}
    assert [ref.id for ref in before if after[ref.id] != ref.digest] == [dated.post_id]
