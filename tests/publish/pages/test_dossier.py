"""What a story page tells of its reports and their copies."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Edge, Feed, Member, Post, Reason, Story
from broadsheet.publish.pages.dossier import (
    LONGEST_QUOTED,
    MOST_COMPARED,
    MOST_QUOTED,
    MOST_QUOTING,
    MOST_WORDS,
    Report,
    Shared,
    as_written,
    reports_of,
    shared_of,
)

AT = datetime(2026, 8, 26, tzinfo=UTC)
Lay = Callable[[list[str], dict[int, Member]], tuple[Story, dict[str, Post]]]


@pytest.fixture
def lay(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    story: Callable[..., Story],
) -> Lay:
    """A story of posts with these texts; members by number, their sources written as numbers too."""

    def make(texts: list[str], members: dict[int, Member]) -> tuple[Story, dict[str, Post]]:
        one = feed()
        posts = [
            post(one, str(at), f"t{at}", text=text, published=AT + timedelta(minutes=at))
            for at, text in enumerate(texts)
        ]
        given = [
            Member(posts[at].id, member.role, posts[int(member.source or 0)].id, member.share)
            for at, member in members.items()
        ]
        return story(posts, *given), {post.id: post for post in posts}

    return make


def tree(reports: tuple[Report, ...]) -> list[tuple[str, int]]:
    return [(report.post.title, report.count) for report in reports]


def test_every_post_stands_once_reports_in_order_and_copies_below(lay: Lay) -> None:
    members = {
        1: Member("", "copy", "0", 1.0),
        2: Member("", "edited-copy", "1", 0.7),
        4: Member("", "copy", "3", 0.9),
    }
    story, posts = lay(["a", "a", "a", "b", "b"], members)
    reports = reports_of(story, posts)
    assert tree(reports) == [("t0", 2), ("t3", 1)]
    assert [report.is_first for report in reports] == [True, False]
    (copy,) = reports[0].copies
    assert [inner.post.title for inner in copy.copies] == ["t2"]


def test_a_copy_is_compared_with_what_it_carries(lay: Lay) -> None:
    story, posts = lay(
        ["t\nshares rose 25% on Friday", "t\nshares rose 35% on Friday", "t\nshares rose 25% on Friday", "t\nshares"],
        {
            1: Member("", "edited-copy", "0", 0.8),
            2: Member("", "copy", "1", 0.8),
            3: Member("", "excerpt", "0", 0.9),
        },
    )
    (report,) = reports_of(story, posts)
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
    story, posts = lay(["text"] * (MOST_COMPARED + 3), copies)
    (report,) = reports_of(story, posts)
    assert [copy.changes for copy in report.copies] == [()] * MOST_COMPARED + [None] * 2


def test_the_first_report_is_quoted_from_its_beginning(lay: Lay) -> None:
    story, posts = lay(["t\n" + " ".join(f"Sentence number {at} is here{' again' * at}." for at in range(5))], {})
    (report,) = reports_of(story, posts)
    assert [sentence.split()[2] for sentence in report.added] == ["0", "1", "2"]
    assert report.more == 2


def test_of_later_reports_that_is_quoted_which_says_most_that_is_new(lay: Lay) -> None:
    long = "Eleven wholly different words stand here in a row of sorts."
    short = "They also never said so much. They never once did that."
    later = f"t\nNobody said this yet. Nor had they said that. {long} {short}"
    story, posts = lay(["t\nThe first report says something.", later], {})
    _, report = reports_of(story, posts)
    assert len(report.added) == MOST_QUOTED
    assert long in report.added
    assert [posts[report.post.id].text.index(sentence) for sentence in report.added] == sorted(
        posts[report.post.id].text.index(sentence) for sentence in report.added
    )
    assert report.more == 2


def test_what_is_too_long_is_counted_and_not_quoted(lay: Lay) -> None:
    story, posts = lay([f"t\n{'很' * (LONGEST_QUOTED + 1)}。这一句不长也不短正好。"], {})
    (report,) = reports_of(story, posts)
    assert (report.added, report.more) == (("这一句不长也不短正好。",), 1)


def test_of_very_many_reports_the_later_are_not_quoted(lay: Lay) -> None:
    texts = [
        f"t\n{chr(0x4E00 + at) * 3}公司在{chr(0x5E00 + at) * 3}建设第{at}座厂房。" for at in range(MOST_QUOTING + 1)
    ]
    *_, quoted, counted = reports_of(*lay(texts, {}))
    assert (len(quoted.added), quoted.more) == (1, 0)
    assert (len(counted.added), counted.more) == (0, 1)


def test_a_copy_of_what_is_not_in_the_story_stands_for_itself(lay: Lay) -> None:
    story, posts = lay(["a", "b"], {})
    lone = Story(
        id="s", title_of=story.title_of, members=(story.members[0], Member(story.members[1].post_id, "copy", "x"))
    )
    assert tree(reports_of(lone, posts)) == [("t0", 0), ("t1", 0)]


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


def test_words_are_spelled_as_the_first_text_spells_them_that_has_them() -> None:
    texts = ["Northgate met Loomi.", "LOOMI left London."]
    assert as_written(("loomi", "london", "nowhere"), texts) == ("Loomi", "London", "nowhere")
    assert as_written(("loomi",), ["İİİİLoomi", "LOOMI"]) == ("LOOMI",)


def test_what_speaks_against_and_what_only_may_be_is_not_shared() -> None:
    assert (
        shared_of([edge(Reason("numbers", ("3",), -1.0)), edge(Reason("names", ("A",), 1.0), relation="maybe")]) == ()
    )


def test_a_word_that_stands_in_another_is_not_named_again() -> None:
    (shared,) = shared_of([edge(Reason("names", ("north", "north foods", "north foods plc", "loomi"), 1.0))])
    assert shared.words == ("north foods plc", "loomi")
    codes = edge(Reason("names", ("309901.sz",), 2.0), Reason("numbers", ("309901",), 1.0))
    assert shared_of([codes]) == (Shared("names", ("309901.sz",)),)


def test_only_so_many_words_are_named() -> None:
    (shared,) = shared_of([edge(Reason("terms", tuple("abcdefgh"), 1.0))])
    assert shared.words == tuple("abcdefgh"[:MOST_WORDS])
