"""What leads the front page: reports, freshness, change; never copies."""

from datetime import UTC, datetime, timedelta

from broadsheet.model import Card, Image, StoryRef
from broadsheet.publish.pages.ranking import LATEST, SECONDS, Front, News, rank

AT = datetime(2026, 8, 26, tzinfo=UTC)
LONG_AGO = AT - timedelta(days=30)
PICTURE = Image(url="https://outlet.example/a.jpg")


def card(name: str, hours: float = 0, *, feed: str = "f", image: Image | None = None, summary: str = "") -> Card:
    published = AT - timedelta(hours=hours)
    return Card(
        id=name,
        feed_id=feed,
        title=name,
        summary=summary,
        language=None,
        image=image,
        published=published,
        revision=1,
    )


def story(name: str, *reports: Card, copies: int = 0, pinned: bool = False) -> News:
    posts = (*(report.id for report in reports), *(f"{name} copy {number}" for number in range(copies)))
    ref = StoryRef(name, "d", reports[0].published, AT, posts, len(reports), pinned)
    return News(title=reports[0], reports=reports, story=ref)


def ranked(*cards: Card) -> Front:
    return rank([News(title=one, reports=(one,)) for one in cards], cards, LONG_AGO)


def names(front: Front) -> list[str]:
    return [one.title.id for one in front.top]


def test_a_picture_and_a_summary_lead_before_what_is_newer() -> None:
    front = ranked(card("newest"), card("told", 1, summary="s"), card("full", 2, image=PICTURE, summary="s"))
    assert names(front) == ["full", "told", "newest"]


def test_of_two_as_good_the_newer_leads() -> None:
    assert names(ranked(card("newer"), card("older", 1)))[0] == "newer"


def test_yesterdays_paper_does_not_lead() -> None:
    front = ranked(card("newest"), card("old", 48, image=PICTURE, summary="s"))
    assert names(front) == ["newest"]
    assert [one.id for one in front.latest] == ["old"]


def test_the_second_column_hears_every_outlet_first() -> None:
    loud = [card(f"loud {number}", feed="loud") for number in range(8)]
    front = ranked(*loud, card("quiet", 1, feed="quiet"), card("third", 2, feed="third"))
    assert names(front) == ["loud 0", "quiet", "third", "loud 1"]


def test_nothing_is_shown_twice_at_the_top() -> None:
    front = ranked(*(card(str(number)) for number in range(40)))
    shown = [*names(front), *(one.id for one in front.latest)]
    assert len(shown) == len(set(shown)) == 1 + SECONDS + LATEST


def test_an_empty_paper_has_a_front_page() -> None:
    front = rank([], [], LONG_AGO)
    assert (front.lead, front.seconds, front.latest, front.top) == (None, (), (), ())


def test_what_many_report_leads_before_what_is_newer_and_prettier() -> None:
    many = story("many", card("a", 3, feed="a"), card("b", 2, feed="b"), card("c", 1, feed="c"))
    pretty = News(title=(one := card("pretty", image=PICTURE, summary="s")), reports=(one,))
    assert names(rank([pretty, many], [], LONG_AGO)) == ["a", "pretty"]


def test_copies_count_for_nothing() -> None:
    copied = story("copied", card("a", 2), copies=30)
    alone = News(title=(one := card("b", 1)), reports=(one,))
    assert names(rank([copied, alone], [], LONG_AGO)) == ["b", "a"]


def test_an_outlet_that_writes_on_and_on_is_one_source() -> None:
    loud = story("loud", *(card(f"loud {number}", 1, feed="loud") for number in range(5)))
    heard = story("heard", card("a", 2, feed="a"), card("b", 2, feed="b"))
    assert names(rank([loud, heard], [], LONG_AGO)) == ["a", "loud 0"]
    assert (loud.outlets, heard.outlets) == (("loud",), ("a", "b"))


def test_old_reports_weigh_less_than_fresh_ones() -> None:
    old = story("old", *(card(f"old {hour}", hour, feed=str(hour)) for hour in (35, 34, 33)))
    fresh = story("fresh", card("fresh 1", 1, feed="a"), card("fresh 2", feed="b"))
    assert names(rank([old, fresh], [], LONG_AGO)) == ["fresh 1", "old 35"]


def test_what_has_not_moved_since_the_last_edition_steps_back() -> None:
    still = story("still", card("a", 7, feed="a"), card("b", 6.5, feed="b"))
    moving = story("moving", card("c", 20, feed="c"), card("d", 5, feed="d"))
    assert names(rank([still, moving], [], LONG_AGO))[0] == "a"
    assert names(rank([still, moving], [], AT - timedelta(hours=6)))[0] == "c"


def test_pinned_stories_lead_whatever_their_age() -> None:
    pinned = story("pinned", card("a", 300), card("b", 299), pinned=True)
    fresh = story("fresh", card("c"), card("d"), card("e"))
    assert names(rank([fresh, pinned], [], LONG_AGO)) == ["a", "c"]


def test_the_posts_of_what_leads_are_not_in_the_list_of_the_newest() -> None:
    posts = [card("c", 0), card("b", 1), card("a", 2)]
    front = rank([story("told", posts[2], posts[1])], posts, LONG_AGO)
    assert [post.id for post in front.latest] == ["c"]


def test_a_story_shows_the_picture_of_the_headline_or_else_the_first_there_is() -> None:
    bare, other, last = card("bare"), card("other", image=PICTURE), card("last", image=PICTURE)
    told = story("told", bare, other, last)
    assert told.illustrated is other
    assert News(title=last, reports=(bare, other, last)).illustrated is last
    assert story("plain", bare).illustrated is None
