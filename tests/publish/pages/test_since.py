"""What the front page says of changes since the last edition."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from broadsheet.model import Card, Edition, Feed, Heard, Post, StoryRef, WatchChange
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.almanac import make_almanac
from broadsheet.publish.pages.ranking import News
from broadsheet.publish.pages.since import (
    MOST,
    MOST_HEARD,
    Change,
    changes,
    heard_since,
    last_edition,
    page_of,
    silent_edits,
)

SHANGHAI = make_almanac(ZoneInfo("Asia/Shanghai"), NullTranslations())
SINCE = datetime(2026, 8, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "name", "closed_at"),
    [
        ("2026-08-26T03:00", "morning", "2026-08-25T06:00"),
        ("2026-08-26T05:59", "morning", "2026-08-25T06:00"),
        ("2026-08-26T06:00", "evening", "2026-08-25T18:00"),
        ("2026-08-26T12:00", "evening", "2026-08-25T18:00"),
        ("2026-08-26T18:00", "morning", "2026-08-26T06:00"),
        ("2026-08-26T23:59", "morning", "2026-08-26T06:00"),
    ],
)
def test_editions_close_at_six_in_the_morning_and_in_the_evening(now: str, name: str, closed_at: str) -> None:
    last = last_edition(datetime.fromisoformat(now + "+08:00").astimezone(UTC), SHANGHAI)
    assert (last.name, last.closed_at) == (name, datetime.fromisoformat(closed_at + "+08:00"))
    assert last.closed_at.tzinfo is UTC


def card(name: str, hours: float) -> Card:
    return Card(
        id=name,
        feed_id="f",
        title=name,
        summary="",
        language=None,
        image=None,
        published=SINCE + timedelta(hours=hours),
        revision=1,
    )


def story(name: str, *hours: float) -> News:
    reports = tuple(card(f"{name} {number}", hour) for number, hour in enumerate(hours))
    ref = StoryRef(name, "d", SINCE, SINCE, tuple(report.id for report in reports), len(reports))
    return News(title=reports[0], reports=reports, story=ref)


def edit(name: str) -> Change:
    return Change(kind="edit", at=SINCE, title=card(name, 0), card=card(name, 0))


def told(found: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind, change.story_id or change.card.id) for change in found]


def test_a_story_is_new_or_has_a_new_report() -> None:
    found = changes([story("new", 1, 2), story("older", -5, 3), story("still", -6, -5)], [], SINCE)
    assert told(found) == [("report", "older"), ("story", "new")][::-1]
    assert [change.at for change in found] == [SINCE + timedelta(hours=1), SINCE + timedelta(hours=3)]


def test_what_most_reported_on_comes_first() -> None:
    found = changes([story("two", 1, 1), story("four", -1, 1, 1, 1), story("three", 1, 1, 1)], [], SINCE)
    assert [change.story_id for change in found] == ["four", "three", "two"]


def test_a_single_post_is_no_change_worth_a_line() -> None:
    one = card("alone", 1)
    assert changes([News(title=one, reports=(one,))], [], SINCE) == ()


def test_what_one_alone_reported_is_no_change_worth_a_line_whoever_copied_it() -> None:
    assert changes([story("copied", 1)], [], SINCE) == ()


def test_there_are_few_lines_and_a_silent_edit_is_always_among_them() -> None:
    many = [story(f"s{number}", 1, 1) for number in range(9)]
    found = changes(many, [edit("a"), edit("b")], SINCE)
    assert len(found) == MOST
    assert [change.kind for change in found] == ["story"] * 4 + ["edit"]
    assert [change.kind for change in changes(many[:1], [edit(str(n)) for n in range(9)], SINCE)] == [
        "story",
        *["edit"] * 4,
    ]


def test_only_edits_of_this_edition_that_nobody_told_of_are_silent(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    late, early = SINCE + timedelta(hours=1), SINCE - timedelta(hours=1)
    posts = [
        post(one, "1", "edited", published=early, changed_at=late, revision=2),
        post(one, "2", "edited before", published=early, changed_at=early, revision=2),
        post(one, "3", "new", published=late, changed_at=late),
    ]
    made = edition([one], posts)
    cards = made.shelf.cards([post.id for post in posts])
    found = silent_edits(made.shelf, made.feeds, cards, SINCE)
    assert [(change.card.title, change.at) for change in found] == [("edited", late)]


def heard(name: str, hours: float, story_id: str | None = None) -> WatchChange:
    return WatchChange(
        watch_id="w",
        at=SINCE + timedelta(hours=hours),
        text=f"{name}：新说法",
        entry_id=name,
        status="rumour",
        post_id=f"p-{name}",
        story_id=story_id,
    )


def test_what_watches_heard_of_is_listed_once_the_newest_first() -> None:
    one, two = heard("甲", 1), heard("乙", 2)
    watches = [
        Heard(watch_id="w", words="甲", since=SINCE, changes=(two, one, heard("旧", -1))),
        Heard(watch_id="v", words="乙", since=SINCE, changes=(two,)),
    ]
    assert heard_since(watches, SINCE) == [two, one]
    many = Heard(watch_id="w", words="甲", since=SINCE, changes=tuple(heard(f"{n}", n) for n in range(1, 9)))
    assert len(heard_since([many], SINCE)) == MOST_HEARD


def test_it_leads_to_its_story_or_to_its_post() -> None:
    assert page_of(heard("甲", 1, "s1"), {"s1"}) == "s/s1/"
    assert page_of(heard("甲", 1, "s1"), set()) == page_of(heard("甲", 1), {"s1"}) == "p/p-甲/"


def test_the_front_page_has_a_line_for_it(sample: Callable[..., Edition]) -> None:
    edition = sample()
    told = replace(heard("甲", 0, edition.stories[0].id), at=edition.made_at)
    watched = replace(edition, watches=(Heard(watch_id="w", words="甲", since=SINCE, changes=(told,)),))
    pages = {page.path: page for page in render_site(watched, load_theme(edition.paper))}
    front = pages["index.html"].render().decode()
    assert f'<a href="s/{edition.stories[0].id}/">甲：新说法</a>' in front
    assert pages["index.html"].digest != next(
        page.digest for page in render_site(edition, load_theme(edition.paper)) if page.path == "index.html"
    )
