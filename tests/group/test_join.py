from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.group.samples import NOON

from broadsheet.group.join import join_stories
from broadsheet.model import Edge, Judgement, Member, Sketch, Story
from broadsheet.model.stories import Relation, Verdict

NAMES = "abcdefgh"


def sketches(names: str) -> list[Sketch]:
    """Posts an hour after another, in the order of the alphabet."""
    return [
        Sketch(
            post_id=name,
            feed_id="",
            published=NOON + timedelta(hours=NAMES.index(name)),
            exact=b"",
            bands=b"",
            sentences=b"",
            terms=b"",
        )
        for name in names
    ]


def edge(pair: str, score: float = 0.9, relation: Relation = "same-event") -> Edge:
    share = None if relation == "same-event" else 0.9
    return Edge(first=pair[0], second=pair[1], relation=relation, score=score, share=share)


def judged(pair: str, verdict: Verdict) -> Judgement:
    return Judgement(pair[0], pair[1], verdict)


def joined(names: str, edges: list[Edge], *judgements: Judgement, known: tuple[Story, ...] = ()) -> list[str]:
    grouping = join_stories(sketches(names), edges, judgements, known)
    return ["".join(member.post_id for member in story.members) for story in grouping.stories]


def test_posts_that_tell_of_one_event_make_a_story_and_others_none() -> None:
    assert joined("abc", [edge("ab"), edge("bc", 0.3), edge("bz")]) == ["ab"]


def test_a_copy_counts_once_however_many_carried_it() -> None:
    copies = [edge(f"a{other}", 1.0, "copy") for other in "bcde"]
    assert joined("abcdef", [*copies, edge("af", 0.6)]) == ["abcdef"]


def test_a_copy_of_a_copy_is_a_node_of_its_own() -> None:
    chain = [edge("ab", 1.0, "edited-copy"), edge("bc", 1.0, "edited-copy"), edge("cd", 1.0, "edited-copy")]
    assert joined("abcd", chain) == ["abcd"]
    assert joined("abcd", [*chain[:2], edge("cd", 0.6)]) == ["abc"]


def test_the_story_tells_who_reported_and_who_copied() -> None:
    (story,) = join_stories(sketches("abc"), [edge("ab", 1.0, "copy"), edge("bc")], (), ()).stories
    assert story.members == (Member("a"), Member("b", "copy", "a", 0.9), Member("c"))
    assert story.title_of == "a"


def test_what_a_person_put_together_stays_whatever_the_edges_say() -> None:
    assert joined("abcd", [edge("ab"), edge("cd")], judged("bc", "together")) == ["abcd"]
    assert joined("abcd", [], judged("da", "together"), judged("aa", "together")) == ["ad"]


def test_what_a_person_set_apart_stays_apart_even_if_copied_or_put_together_through_others() -> None:
    assert joined("abc", [edge("ab", 1.0, "copy"), edge("bc")], judged("ba", "apart")) == ["bc"]
    assert joined("abc", [edge("ab"), edge("bc"), edge("ac")], judged("ac", "apart")) == ["ab"]
    both = (judged("ab", "together"), judged("bc", "together"), judged("ac", "apart"), judged("ab", "together"))
    assert joined("abc", [], *both) == ["ab"]
    assert joined("abz"[:2], [edge("ab")], judged("az", "apart")) == ["ab"]


def test_a_known_story_keeps_its_id_when_an_earlier_report_arrives_late() -> None:
    known = Story(id="20261120-0000000000", members=(Member("b"), Member("c")), title_of="b")
    (story,) = join_stories(sketches("abc"), [edge("ab"), edge("bc"), edge("ac")], (), [known]).stories
    assert (story.id, story.title_of) == (known.id, "a")


PAIRS = st.lists(st.sampled_from([one + other for one in NAMES for other in NAMES if one < other]), unique=True)


@settings(max_examples=60)
@given(PAIRS, st.lists(st.sampled_from([0.3, 0.6, 0.9, 1.0]), min_size=28, max_size=28), st.randoms())
def test_the_order_in_which_posts_and_edges_come_is_nothing(
    pairs: list[str], scores: list[float], random: Random
) -> None:
    edges = [
        edge(pair, score, "copy" if score == 1.0 else "same-event")
        for pair, score in zip(pairs, scores, strict=False)
    ]
    posts = sketches(NAMES)
    straight = join_stories(posts, edges, (), ())
    random.shuffle(posts)
    random.shuffle(edges)
    assert join_stories(posts, edges, (), ()) == straight
    # in two batches: what the first made of some posts changes no membership of the whole
    some = set(posts[:4])
    names = {post.post_id for post in some}
    first = join_stories(posts[:4], [one for one in edges if {one.first, one.second} <= names], (), ())
    known = {story.id: story for story in first.stories}
    whole = join_stories(posts, edges, (), first.stories)
    known |= {story.id: story for story in whole.stories}
    for ended, _ in whole.ended:
        del known[ended]
    assert {story.members for story in known.values()} == {story.members for story in straight.stories}
