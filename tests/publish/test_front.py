"""What leads the front page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from broadsheet.model import Card, Edition, Feed, Image, Post
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.front import LATEST, SECONDS, rank_cards

AT = datetime(2026, 8, 26, tzinfo=UTC)
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


def test_a_picture_and_a_summary_lead_before_what_is_newer() -> None:
    front = rank_cards([card("newest"), card("told", 1, summary="s"), card("full", 2, image=PICTURE, summary="s")])
    assert front.lead is not None
    assert front.lead.id == "full"
    assert [one.id for one in front.seconds] == ["told", "newest"]


def test_of_two_as_good_the_newer_leads() -> None:
    front = rank_cards([card("newer"), card("older", 1)])
    assert front.lead is not None
    assert front.lead.id == "newer"


def test_yesterdays_paper_does_not_lead() -> None:
    front = rank_cards([card("newest"), card("old", 48, image=PICTURE, summary="s")])
    assert front.lead is not None
    assert front.lead.id == "newest"
    assert [one.id for one in front.latest] == ["old"]


def test_the_second_column_hears_every_outlet_first() -> None:
    loud = [card(f"loud {number}", feed="loud") for number in range(8)]
    front = rank_cards([*loud, card("quiet", 1, feed="quiet"), card("third", 2, feed="third")])
    assert [one.id for one in front.seconds] == ["quiet", "third", "loud 1"]


def test_nothing_is_shown_twice_at_the_top() -> None:
    front = rank_cards([card(str(number)) for number in range(40)])
    assert front.lead is not None
    shown = [front.lead.id, *(one.id for one in (*front.seconds, *front.latest))]
    assert len(shown) == len(set(shown)) == 1 + SECONDS + LATEST


def test_an_empty_paper_has_a_front_page() -> None:
    front = rank_cards([])
    assert (front.lead, front.seconds, front.latest) == (None, (), ())


def test_a_post_dated_tomorrow_waits_for_its_day(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    early = post(one, "1", "Tomorrow's news", published=AT + timedelta(days=400))
    made = edition([one], [early, post(one, "2", "Today's news", published=AT)], made_at=AT)
    pages = {page.path: page for page in render_site(made, load_theme(made.paper))}
    front = pages["index.html"].render().decode()
    assert "Today&#39;s news" in front
    assert "Tomorrow" not in front
    assert "Tomorrow" in pages["2027/09/30/index.html"].render().decode()
