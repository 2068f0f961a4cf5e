"""In a list each text stands once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Edition, Feed, Member, Post, Story
from broadsheet.publish.layout import lay_out
from broadsheet.publish.pages.folding import Listed, folded, members_of, root_of_copy
from broadsheet.publish.press import Press
from broadsheet.publish.theme import load_theme

AT = datetime(2026, 8, 26, tzinfo=UTC)
Told = Callable[..., tuple[Press, list[Post]]]


@pytest.fixture
def told(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> Told:
    """A story of so many posts, a minute apart; a copy is given with the number of the post that it carries."""

    def make(count: int, copies: dict[int, int]) -> tuple[Press, list[Post]]:
        one = feed()
        posts = [post(one, str(at), f"post {at}", published=AT + timedelta(minutes=at)) for at in range(count)]
        members = [Member(posts[at].id, "copy", posts[source].id, 0.9) for at, source in copies.items()]
        made = edition([one], posts, [story(posts, *members)])
        theme = load_theme(made.paper)
        return Press(made, theme, lay_out(made, theme.almanac, "Unfiled")), posts

    return make


def shown(listed: list[Listed]) -> list[tuple[str, int]]:
    return [(one.card.title, one.copies) for one in listed]


def test_copies_fold_under_the_report_that_they_carry(told: Told) -> None:
    press, _ = told(4, {1: 0, 3: 0})
    assert shown(folded(press, press.edition.refs)) == [("post 2", 0), ("post 0", 2)]


def test_a_copy_of_a_copy_folds_under_the_report_too(told: Told) -> None:
    press, _ = told(3, {1: 0, 2: 1})
    assert shown(folded(press, press.edition.refs)) == [("post 0", 2)]


def test_where_the_report_is_elsewhere_the_earliest_copy_stands_for_all(told: Told) -> None:
    press, posts = told(4, {1: 0, 2: 0, 3: 2})
    (one,) = folded(press, [ref for ref in press.edition.refs if ref.id != posts[0].id])
    assert (one.card.title, one.copies, one.share) == ("post 1", 2, 0.9)
    assert one.source is not None
    assert one.source.title == "post 0"


def test_copies_that_are_not_on_the_page_are_counted(told: Told) -> None:
    press, posts = told(3, {1: 0, 2: 0})
    assert shown(folded(press, [ref for ref in press.edition.refs if ref.id == posts[0].id])) == [("post 0", 2)]


def test_posts_in_no_story_stand_as_they_are(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    made = edition([one], [post(one, "1", "a"), post(one, "2", "b")])
    theme = load_theme(made.paper)
    press = Press(made, theme, lay_out(made, theme.almanac, "Unfiled"))
    assert {(listed.card.title, listed.story) for listed in folded(press, made.refs)} == {("a", None), ("b", None)}


def test_a_circle_of_copies_ends() -> None:
    story = Story(id="s", title_of="a", members=(Member("a", "copy", "b"), Member("b", "copy", "a")))
    assert root_of_copy("a", members_of([story])) == "b"
