"""What posts are akin to: sketched once in the order of arrival, again when they change; edges go with sketches."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.store.builders import (
    NOON,
    make_batch,
    make_copy,
    make_edge,
    make_feed,
    make_revision,
    make_sketch,
    minutes,
)

from broadsheet.errors import NotFoundError
from broadsheet.model import Clock, Edge, Image, PostText
from broadsheet.store import Store

ONE = make_revision("one")
TWO = make_revision("two", title="雷军现身", body="雷军来了。", at=minutes(2))
THREE = make_revision("three", at=minutes(4))
ALL = [ONE.post_id, TWO.post_id, THREE.post_id]


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(ONE, TWO, THREE)])
    return store


def sketch(store: Store, *edges: Edge) -> None:
    """Sketch all that is to be sketched."""
    found = store.unsketched_posts()
    posts = {post.post_id: post for post in (ONE, TWO, THREE)}
    assert store.keep_sketches(found, [make_sketch(posts[text.post_id]) for text in found.posts], edges)


def waiting(store: Store) -> list[str]:
    return [post.post_id for post in store.unsketched_posts().posts]


def test_posts_are_sketched_once_in_the_order_of_arrival(filled: Store) -> None:
    first = filled.unsketched_posts(1)
    assert [post.post_id for post in first.posts] == ALL[:1]
    assert [post.post_id for post in filled.unsketched_posts(2, first).posts] == ALL[1:]
    assert filled.keep_sketches(first, [make_sketch(ONE)], [])
    assert waiting(filled) == ALL[1:]
    sketch(filled)
    assert waiting(filled) == []


def test_a_post_is_read_as_grouping_needs_it(filled: Store) -> None:
    expected = PostText(
        post_id=TWO.post_id,
        feed_id=make_feed().id,
        published=minutes(2),
        language=None,
        title="雷军现身",
        text="雷军现身\n雷军来了。",
    )
    assert filled.unsketched_posts().posts[1] == expected
    assert filled.texts([TWO.post_id, "20261123-0000000000"]) == {TWO.post_id: expected}


def test_the_image_of_a_post_is_known_by_what_its_copy_looks_like(store: Store) -> None:
    address = "https://img.example/1.jpg?a=1&b=图"
    shown = replace(ONE, clean=replace(ONE.clean, image=Image(url=address)))
    store.apply([make_batch(shown)])
    assert store.texts([shown.post_id])[shown.post_id].image is None
    store.images.list_shown(store.images.unlisted_posts(), {shown.post_id: [address]}, NOON)
    store.images.keep(address, make_copy(phash="00ff00ff00ff00ff"), 900, NOON)
    assert store.texts([shown.post_id])[shown.post_id].image == "00ff00ff00ff00ff"
    assert [post.image for post in store.unsketched_posts().posts] == [None]


def test_an_edited_post_is_sketched_again_once(filled: Store) -> None:
    sketch(filled)
    for number in range(2):
        filled.apply([make_batch(make_revision("one", body=f"改 {number}", post=ONE.post_id))])
    assert [post.text for post in filled.unsketched_posts().posts] == ["小米发布新车\n改 1"]
    sketch(filled)
    assert waiting(filled) == []


def test_a_post_that_is_made_again_is_sketched_again(filled: Store) -> None:
    sketch(filled)
    assert filled.replace([ONE, TWO]) == 0
    assert waiting(filled) == []
    assert filled.replace([make_revision("one", body="今天的规则")]) == 1
    assert waiting(filled) == ALL[:1]
    sketch(filled)
    assert waiting(filled) == []


def test_several_posts_that_change_again_and_again_wait_once_each(filled: Store) -> None:
    sketch(filled)
    for number in range(3):
        again = [make_revision(post.entry_id, body=f"规则 {number}") for post in (TWO, ONE, THREE)]
        assert filled.replace(again) == 3
    assert sorted(waiting(filled)) == sorted(ALL)
    sketch(filled)
    assert waiting(filled) == []


def test_a_post_that_changed_before_it_was_sketched_is_sketched_once(filled: Store) -> None:
    filled.replace([make_revision("two", body="今天的规则", at=minutes(2))])
    assert waiting(filled) == [TWO.post_id, ONE.post_id, THREE.post_id]
    sketch(filled)
    assert waiting(filled) == []


def test_posts_whose_date_is_put_right_are_sketched_again(store: Store) -> None:
    store.apply([make_batch(replace(ONE, published=minutes(400)))])
    sketch(store)
    store.apply([replace(make_batch(), clock=Clock(ahead_s=28_800, since=NOON))])
    assert waiting(store) == ALL[:1]


def test_sketches_are_found_by_when_their_posts_were_published(filled: Store) -> None:
    sketch(filled)
    assert filled.sketches(NOON, NOON + timedelta(minutes=2)) == [make_sketch(ONE), make_sketch(TWO)]
    assert filled.sketches(minutes(5), minutes(9)) == []


def test_edges_are_read_where_both_ends_are_asked_for(filled: Store) -> None:
    edges = [make_edge(ONE, TWO), make_edge(TWO, THREE, "copy", share=0.9)]
    sketch(filled, *edges)
    assert filled.edges(ALL) == edges
    assert filled.edges(ALL[:2]) == edges[:1]
    assert filled.edges([ONE.post_id, THREE.post_id]) == []


def test_a_post_sketched_again_loses_its_edges_and_keeps_those_of_others(filled: Store) -> None:
    sketch(filled, make_edge(ONE, TWO), make_edge(TWO, THREE), make_edge(ONE, THREE))
    filled.replace([make_revision("one", body="今天的规则")])
    sketch(filled, make_edge(ONE, THREE, "maybe"))
    assert filled.edges(ALL) == [make_edge(ONE, THREE, "maybe"), make_edge(TWO, THREE)]


def test_an_edge_of_a_post_that_is_not_there_is_refused_and_nothing_is_kept(filled: Store) -> None:
    with pytest.raises(NotFoundError, match="no post has this id"):
        sketch(filled, make_edge(ONE, make_revision("nowhere")))
    assert waiting(filled) == ALL


def test_a_post_that_changes_while_it_is_sketched_is_sketched_again(filled: Store) -> None:
    sketch(filled)
    filled.replace([make_revision("one", body="今天的规则")])
    found = filled.unsketched_posts()
    filled.replace([make_revision("one", body="明天的规则")])
    assert filled.keep_sketches(found, [make_sketch(ONE)], [])
    assert waiting(filled) == ALL[:1]


def test_of_two_that_sketch_at_once_the_later_reads_again(filled: Store) -> None:
    one, two = filled.unsketched_posts(1), filled.unsketched_posts()
    assert filled.keep_sketches(one, [make_sketch(ONE)], [])
    assert not filled.keep_sketches(two, [make_sketch(ONE), make_sketch(TWO), make_sketch(THREE)], [])
    assert waiting(filled) == ALL[1:]


def test_a_post_that_is_akin_to_others_is_sketched_again_when_the_copy_of_its_image_comes(store: Store) -> None:
    address = "https://img.example/1.jpg"
    shown = [replace(post, clean=replace(post.clean, image=Image(url=address))) for post in (ONE, THREE)]
    store.apply([make_batch(*shown, TWO)])
    sketch(store, make_edge(ONE, TWO, "maybe"))
    store.images.list_shown(store.images.unlisted_posts(), {post: [address] for post in ALL}, NOON)
    store.images.keep(address, make_copy(), 900, NOON)
    assert waiting(store) == ALL[:1]


def test_all_can_be_sketched_again(filled: Store) -> None:
    sketch(filled, make_edge(ONE, TWO))
    filled.sketch_all_again()
    assert waiting(filled) == ALL
    assert filled.edges(ALL) == []
    assert filled.sketches(NOON, minutes(9)) == []


def test_what_utf_8_cannot_hold_costs_nothing_but_itself(store: Store) -> None:
    broken = make_revision("one", title="断\ud800", body="x")
    store.apply([make_batch(broken)])
    assert [post.title for post in store.unsketched_posts().posts] == ["断\ufffd"]
