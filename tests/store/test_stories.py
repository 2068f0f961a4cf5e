"""Stories in the store: kept as they grow, merge, split and end; what people said of them stays."""

import sqlite3
from contextlib import suppress

import pytest
from tests.store.builders import (
    NOON,
    make_batch,
    make_copy,
    make_edge,
    make_revision,
    make_sketch,
    make_story,
    minutes,
)

from broadsheet.errors import NotFoundError
from broadsheet.model import Background, Edge, Grouping, Judgement, Member, Story, StoryRef
from broadsheet.store import Kin, Store, open_store

ONE, TWO, THREE, FOUR, FIVE = (make_revision(f"entry-{n}", at=minutes(n)) for n in range(5))
POSTS = (ONE, TWO, THREE, FOUR, FIVE)
EARLY, LATE = make_story(ONE, TWO), make_story(THREE, FOUR)


def tie(store: Store, *edges: Edge) -> None:
    """Sketch all that is to be sketched, or else the ends of these edges."""
    found = store.unsketched_posts()
    wanted = {text.post_id for text in found.posts} or {end for edge in edges for end in (edge.first, edge.second)}
    assert store.keep_sketches(found, [make_sketch(post) for post in POSTS if post.post_id in wanted], edges)


def group(store: Store, *stories: Story, ended: tuple[tuple[str, str | None], ...] = (), at: float = 0) -> None:
    assert store.group(lambda _: Grouping(stories=stories, ended=ended), minutes(at))


def gather(store: Store, limit: int = 2000) -> Kin:
    """What is to be grouped next, and no grouping."""
    seen: list[Kin] = []

    def refuse(kin: Kin) -> Grouping:
        seen.append(kin)
        raise StopAsyncIteration

    with suppress(StopAsyncIteration):
        store.group(refuse, NOON, limit=limit)
    return seen[0]


@pytest.fixture
def filled(store: Store) -> Store:
    """Five posts, two stories of two posts each."""
    store.apply([make_batch(*POSTS)])
    tie(store, make_edge(ONE, TWO), make_edge(THREE, FOUR))
    group(store, EARLY, LATE)
    return store


def ref(store: Store, story: Story) -> StoryRef:
    return next(ref for ref in store.story_refs() if ref.id == story.id)


def test_a_story_is_read_back(filled: Store) -> None:
    assert filled.story(EARLY.id) == EARLY
    assert filled.story(LATE.id) == LATE


def test_copies_name_what_they_carry(store: Store) -> None:
    store.apply([make_batch(*POSTS)])
    tie(store, make_edge(ONE, TWO, "edited-copy", share=0.6))
    members = (Member(ONE.post_id), Member(TWO.post_id, "edited-copy", ONE.post_id, 0.6))
    story = make_story(ONE, TWO, members=members)
    group(store, story)
    assert store.story(story.id) == story
    assert ref(store, story).reports == 1


def test_refs_are_newest_first_and_name_posts_in_their_order(filled: Store) -> None:
    assert [ref.id for ref in filled.story_refs()] == [LATE.id, EARLY.id]
    found = ref(filled, EARLY)
    assert found.posts == (ONE.post_id, TWO.post_id)
    assert (found.first, found.changed_at, found.reports, found.pinned) == (NOON, NOON, 2, False)


def test_the_story_of_a_post_is_found(filled: Store) -> None:
    assert filled.stories_of([TWO.post_id, FIVE.post_id, "nowhere"]) == {TWO.post_id: EARLY.id}


def test_what_was_grouped_is_not_grouped_again(filled: Store) -> None:
    assert filled.group(lambda _: Grouping(), NOON) is None


def test_kin_is_all_that_a_post_can_be_in_one_story_with(filled: Store) -> None:
    tie(filled, make_edge(TWO, FIVE), make_edge(THREE, FIVE, "maybe", score=0.4))
    kin = gather(filled, 1)
    assert [post.post_id for post in kin.posts] == [ONE.post_id, TWO.post_id, FIVE.post_id]
    assert kin.known == (EARLY,)
    assert kin.edges == (make_edge(TWO, FIVE),)


def test_a_person_ties_posts_that_no_edge_does(filled: Store) -> None:
    together = Judgement(TWO.post_id, THREE.post_id, "together")
    filled.judge([together])
    kin = gather(filled, 1)
    assert kin.known == (EARLY, LATE)
    assert kin.judgements == (together,)


def test_kin_is_gathered_in_portions_until_all_are_through(store: Store) -> None:
    store.apply([make_batch(*POSTS)])
    tie(store, make_edge(ONE, TWO), make_edge(THREE, FOUR))
    assert [post.post_id for post in gather(store, 1).posts] == [ONE.post_id, TWO.post_id]
    store.group(lambda _: Grouping(stories=(EARLY,)), NOON, limit=1)
    assert [post.post_id for post in gather(store, 1).posts] == [THREE.post_id, FOUR.post_id]


def test_a_story_that_grows_keeps_its_name_and_changes(filled: Store) -> None:
    before = ref(filled, EARLY)
    tie(filled, make_edge(TWO, FIVE))
    grown = make_story(ONE, TWO, FIVE)
    group(filled, grown, at=7)
    assert filled.story(EARLY.id) == grown
    after = ref(filled, EARLY)
    assert after.changed_at == minutes(7)
    assert after.digest != before.digest


def test_two_stories_become_one_and_the_other_leads_there(filled: Store) -> None:
    tie(filled, make_edge(TWO, THREE))
    both = make_story(ONE, TWO, THREE, FOUR)
    group(filled, both, ended=((LATE.id, EARLY.id),))
    assert filled.story(LATE.id) == both
    assert filled.moved_stories() == {LATE.id: EARLY.id}
    assert [ref.id for ref in filled.story_refs()] == [EARLY.id]
    assert filled.check() == []


def test_a_chain_of_ended_stories_leads_to_the_living_one(filled: Store) -> None:
    tie(filled, make_edge(TWO, THREE))
    whole = make_story(ONE, TWO, THREE, FOUR, key="20261123-aaaaaaaaaa")
    group(filled, make_story(ONE, TWO, THREE, FOUR), ended=((LATE.id, EARLY.id),))
    tie(filled, make_edge(ONE, FIVE))
    group(filled, whole, ended=((EARLY.id, whole.id),))
    assert filled.moved_stories() == {LATE.id: whole.id, EARLY.id: whole.id}
    assert filled.story(LATE.id) == whole


def test_a_story_that_fell_apart_is_no_more(filled: Store) -> None:
    tie(filled, make_edge(ONE, TWO, "maybe"))
    group(filled, ended=((EARLY.id, None),))
    assert filled.moved_stories() == {EARLY.id: None}
    with pytest.raises(NotFoundError, match="fell apart"):
        filled.story(EARLY.id)
    assert filled.stories_of([ONE.post_id]) == {}
    assert filled.check() == []


def test_a_story_that_comes_again_is_at_its_old_address(filled: Store) -> None:
    tie(filled, make_edge(ONE, TWO, "maybe"))
    group(filled, ended=((EARLY.id, None),))
    tie(filled, make_edge(ONE, TWO))
    group(filled, EARLY)
    assert filled.moved_stories() == {}
    assert filled.story(EARLY.id) == EARLY


def test_a_new_story_does_not_take_the_name_of_a_living_one(filled: Store) -> None:
    tie(filled, make_edge(TWO, FIVE))
    group(filled, make_story(TWO, FIVE, key=EARLY.id))
    tie(filled, make_edge(ONE, THREE), make_edge(THREE, FOUR))
    new = make_story(ONE, THREE, FOUR)
    assert new.id == EARLY.id
    group(filled, new, ended=((LATE.id, new.id),))
    ids = [ref.id for ref in filled.story_refs()]
    assert len(ids) == 2
    assert filled.story(EARLY.id).members[-1] == Member(FIVE.post_id)
    assert filled.stories_of([ONE.post_id]) == {ONE.post_id: filled.moved_stories().get(LATE.id, LATE.id)}


def test_an_unknown_story_is_said_to_be_unknown(filled: Store) -> None:
    for ask in (filled.story, filled.pin):
        with pytest.raises(NotFoundError, match="no story has this id"):
            ask("20261123-0000000000")


def test_stories_that_may_be_the_same_are_suggested_both_ways(filled: Store) -> None:
    tie(filled, make_edge(TWO, THREE, "maybe", score=0.4))
    before = ref(filled, LATE).digest
    group(filled)
    assert filled.story(EARLY.id).suggested == (LATE.id,)
    assert filled.story(LATE.id).suggested == (EARLY.id,)
    assert ref(filled, LATE).digest != before


def test_stories_that_a_person_holds_apart_are_not_suggested(filled: Store) -> None:
    tie(filled, make_edge(TWO, THREE, "maybe", score=0.4))
    filled.judge([Judgement(ONE.post_id, FOUR.post_id, "apart")])
    group(filled)
    assert filled.story(EARLY.id).suggested == ()


def test_a_digest_changes_with_everything_that_is_shown(filled: Store) -> None:
    seen = {ref(filled, EARLY).digest}

    def changed() -> bool:
        seen.add(ref(filled, EARLY).digest)
        return len(seen) == count

    count = 2
    filled.replace([make_revision("entry-0", body="今天的规则")])
    assert changed()
    count += 1
    filled.pin(EARLY.id)
    assert changed()
    count += 1
    tie(filled, make_edge(ONE, TWO, score=0.8))
    group(filled)
    assert changed()
    count += 1
    tie(filled, make_edge(ONE, TWO, "copy", score=0.8, share=0.9))
    members = (Member(ONE.post_id), Member(TWO.post_id, "copy", ONE.post_id, 0.9))
    group(filled, make_story(ONE, TWO, members=members))
    assert changed()
    assert ref(filled, EARLY).changed_at == NOON
    count += 1
    address = "https://img.example/1.jpg"
    filled.images.list_shown(filled.images.unlisted_posts(), {ONE.post_id: [address]}, NOON)
    filled.images.keep(address, make_copy(), 900, NOON)
    assert changed()


def test_a_digest_stays_while_nothing_changes(filled: Store) -> None:
    before = filled.story_refs()
    tie(filled, make_edge(ONE, TWO), make_edge(THREE, FOUR))
    group(filled)
    assert filled.story_refs() == before


def test_a_story_is_pinned_until_it_is_not(filled: Store) -> None:
    assert filled.pin(EARLY.id).pinned
    assert filled.story(EARLY.id).pinned
    assert ref(filled, EARLY).pinned
    assert not filled.pin(EARLY.id, pinned=False).pinned
    assert not ref(filled, EARLY).pinned


def test_what_people_said_is_kept_once_a_pair_and_can_be_forgotten(filled: Store) -> None:
    filled.judge([Judgement(TWO.post_id, ONE.post_id, "together")])
    filled.judge([Judgement(ONE.post_id, TWO.post_id, "apart")])
    assert filled.judgements() == [Judgement(ONE.post_id, TWO.post_id, "apart")]
    filled.judge([], forget=[Judgement(TWO.post_id, ONE.post_id, "apart")])
    assert filled.judgements() == []
    with pytest.raises(NotFoundError):
        filled.judge([Judgement(ONE.post_id, "nowhere", "apart")])


def test_what_people_said_outlives_a_rework(filled: Store) -> None:
    said = [Judgement(ONE.post_id, TWO.post_id, "together")]
    filled.judge(said)
    filled.pin(EARLY.id)
    filled.sketch_all_again()
    assert filled.judgements() == said
    assert filled.story(EARLY.id).pinned
    assert filled.story(LATE.id) == LATE


def test_a_power_cut_in_the_middle_keeps_all_or_nothing(filled: Store) -> None:
    tie(filled, make_edge(TWO, THREE))
    kin = gather(filled)
    wrong = make_story(ONE, make_revision("nowhere"))
    with pytest.raises(NotFoundError):
        group(filled, wrong, ended=((LATE.id, EARLY.id),))
    assert [ref.id for ref in filled.story_refs()] == [LATE.id, EARLY.id]
    assert gather(filled) == kin


@pytest.mark.parametrize(
    ("statement", "problem"),
    {
        "DELETE FROM story_post WHERE post = (SELECT min(post) FROM story_post)": "has fewer than two posts",
        "UPDATE story SET title_of = (SELECT max(num) FROM post)": "the title of a post outside it",
    }.items(),
)
def test_damage_is_named(file: str, statement: str, problem: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(*POSTS)])
        tie(store, make_edge(ONE, TWO))
        group(store, EARLY)
        assert store.check() == []
        assert store.sizes()["stories"] == 1
        assert store.sizes()["kin"] > 0
    connection = sqlite3.connect(file)
    connection.executescript(statement)
    connection.close()
    with open_store(file) as store:
        assert any(problem in line for line in store.check()), store.check()


def test_background_is_kept_until_the_story_has_other_posts(filled: Store) -> None:
    assert [story.id for story in filled.without_background()] == [LATE.id, EARLY.id]
    assert [story.id for story in filled.without_background(1)] == [LATE.id]
    before = ref(filled, EARLY).digest
    found = (Background(FIVE.post_id, ("小米", "雷军")),)
    filled.keep_background({EARLY.id: found, LATE.id: ()})
    assert filled.without_background() == []
    assert filled.story(EARLY.id).background == found
    assert filled.story(LATE.id).background == ()
    assert ref(filled, EARLY).digest != before
    tie(filled, make_edge(ONE, TWO, score=0.8))
    group(filled, EARLY)
    assert filled.without_background() == []
    tie(filled, make_edge(TWO, FIVE))
    group(filled, make_story(ONE, TWO, FIVE))
    assert [story.id for story in filled.without_background()] == [EARLY.id]
    filled.sketch_all_again()
    assert len(filled.without_background()) == 2
