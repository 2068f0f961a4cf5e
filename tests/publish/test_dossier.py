"""What a story page tells of its reports and their copies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Edge, Edition, Feed, Member, Post, Reason, Shelf, Story
from broadsheet.publish.dossier import MOST_COMPARED, MOST_QUOTED, MOST_WORDS, Report, Shared, reports_of, shared_of

AT = datetime(2026, 8, 26, tzinfo=UTC)
Lay = Callable[[list[str], dict[int, Member]], tuple[Shelf, Story, list[Post]]]


@pytest.fixture
def lay(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> Lay:
    """A story of posts with these texts; members by number, their sources written as numbers too."""

    def make(texts: list[str], members: dict[int, Member]) -> tuple[Shelf, Story, list[Post]]:
        one = feed()
        posts = [
            post(one, str(at), f"t{at}", text=text, published=AT + timedelta(minutes=at))
            for at, text in enumerate(texts)
        ]
        given = [
            Member(posts[at].id, member.role, posts[int(member.source or 0)].id, member.share)
            for at, member in members.items()
        ]
        told = story(posts, *given)
        return edition([one], posts, [told]).shelf, told, posts

    return make


def tree(reports: tuple[Report, ...]) -> list[tuple[str, int]]:
    return [(report.card.title, report.count) for report in reports]


def test_every_post_stands_once_reports_in_order_and_copies_below(lay: Lay) -> None:
    members = {
        1: Member("", "copy", "0", 1.0),
        2: Member("", "edited-copy", "1", 0.7),
        4: Member("", "copy", "3", 0.9),
    }
    shelf, story, posts = lay(["a", "a", "a", "b", "b"], members)
    reports = reports_of(shelf, story, {})
    assert tree(reports) == [("t0", 2), ("t3", 1)]
    assert [report.is_first for report in reports] == [True, False]
    assert [card.id for report in reports for card in report.cards] == [post.id for post in posts]
    (copy,) = reports[0].copies
    assert [inner.card.title for inner in copy.copies] == ["t2"]


def test_a_copy_is_compared_with_what_it_carries(lay: Lay) -> None:
    shelf, story, _ = lay(
        ["t\nshares rose 25% on Friday", "t\nshares rose 35% on Friday", "t\nshares rose 25% on Friday", "t\nshares"],
        {
            1: Member("", "edited-copy", "0", 0.8),
            2: Member("", "copy", "1", 0.8),
            3: Member("", "excerpt", "0", 0.9),
        },
    )
    (report,) = reports_of(shelf, story, {})
    edited, excerpt = report.copies
    assert edited.changes is not None
    assert [(piece.mark, piece.text) for piece in edited.changes[0].pieces if piece.mark != "same"] == [
        ("gone", "25%"),
        ("new", "35%"),
    ]
    assert edited.copies[0].changes
    assert excerpt.changes is None


def test_only_so_many_copies_are_compared(lay: Lay) -> None:
    copies = {at: Member("", "copy", "0", 1.0) for at in range(1, MOST_COMPARED + 3)}
    shelf, story, _ = lay(["text"] * (MOST_COMPARED + 3), copies)
    (report,) = reports_of(shelf, story, {})
    assert [copy.changes for copy in report.copies] == [()] * MOST_COMPARED + [None] * 2


def test_only_so_many_sentences_are_quoted_and_the_others_counted(lay: Lay) -> None:
    shelf, story, posts = lay(["a", "b"], {})
    reports = reports_of(shelf, story, {posts[1].id: [f"Sentence {number}." for number in range(MOST_QUOTED + 2)]})
    assert [(len(report.added), report.more) for report in reports] == [(0, 0), (MOST_QUOTED, 2)]


def test_a_copy_of_what_is_not_in_the_story_stands_for_itself(lay: Lay) -> None:
    shelf, story, _ = lay(["a", "b"], {})
    lone = Story(
        id="s", title_of=story.title_of, members=(story.members[0], Member(story.members[1].post_id, "copy", "x"))
    )
    assert tree(reports_of(shelf, lone, {})) == [("t0", 0), ("t1", 0)]


def edge(*reasons: Reason, relation: str = "same-event") -> Edge:
    return Edge(first="a", second="b", relation=relation, score=0.9, reasons=reasons)  # type: ignore[arg-type]


def test_what_weighs_most_is_named_first() -> None:
    edges = [
        edge(Reason("numbers", ("25%",), 0.5), Reason("names", ("小米", "北汽"), 2.0)),
        edge(Reason("names", ("北汽",), 1.0), Reason("close", (), 0.2)),
    ]
    assert shared_of(edges) == (
        Shared("names", ("北汽", "小米")),
        Shared("numbers", ("25%",)),
        Shared("close", ()),
    )


def test_what_speaks_against_and_what_only_may_be_is_not_shared() -> None:
    assert (
        shared_of([edge(Reason("numbers", ("3",), -1.0)), edge(Reason("names", ("A",), 1.0), relation="maybe")]) == ()
    )


def test_only_so_many_words_are_named() -> None:
    (shared,) = shared_of([edge(Reason("terms", tuple("abcdefgh"), 1.0))])
    assert shared.words == tuple("abcdefgh"[:MOST_WORDS])
