"""The front page: each event once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from broadsheet.model import Edition, Feed, Member, Post, Story
from broadsheet.publish import load_theme, render_site

AT = datetime(2026, 8, 26, tzinfo=UTC)


def front(edition: Edition) -> str:
    pages = {page.path: page for page in render_site(edition, load_theme(edition.paper))}
    return pages["index.html"].render().decode()


def test_a_post_dated_tomorrow_waits_for_its_day(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    early = post(one, "1", "Tomorrow's news", published=AT + timedelta(days=400))
    made = edition([one], [early, post(one, "2", "Today's news", published=AT)], made_at=AT)
    pages = {page.path: page for page in render_site(made, load_theme(made.paper))}
    page = pages["index.html"].render().decode()
    assert "Today&#39;s news" in page
    assert "Tomorrow" not in page
    assert "Tomorrow" in pages["2027/09/30/index.html"].render().decode()


def test_a_story_is_one_card_and_its_posts_are_no_others(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    outlets = [feed(f"https://o{number}.example/", title=f"Outlet {number}") for number in range(4)]
    posts = [
        post(outlet, "1", f"Report {number}", published=AT + timedelta(minutes=number), summary=f"Said {number}.")
        for number, outlet in enumerate(outlets)
    ]
    told = story(posts, Member(posts[1].id, "copy", posts[0].id, 1.0))
    other = post(outlets[0], "2", "Something else", published=AT)
    page = front(edition(outlets, [*posts, other], [told], made_at=AT + timedelta(hours=1)))
    assert page.count("<article") == 2
    assert f'<h2><a href="s/{told.id}/">Report 0</a></h2>' in page
    assert "<q>Said 0.</q>" in page
    assert "Report 1" not in page
    assert page.count("Report 2") == 1


def test_copies_are_left_out_of_the_newest_and_of_the_sections(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    one, other = feed("https://a.example/", section=("A",)), feed("https://b.example/", section=("B",))
    top = [post(other, f"top {hour}", f"Top {hour}", published=AT, summary="s") for hour in range(4)]
    old = AT - timedelta(hours=40)
    posts = [post(one, str(at), f"Post {at}", published=old + timedelta(minutes=at)) for at in range(9)]
    told = story(posts, *(Member(late.id, "copy", posts[0].id, 0.9) for late in posts[1:]))
    page = front(edition([one, other], [*posts, *top], [told], made_at=AT))
    assert page.count("Post 0") == 2
    assert "Post 8" not in page
    assert "另有 8 篇转载" in page


def test_a_copy_of_what_stands_in_another_section_is_no_card_unless_its_section_has_nothing_else(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    outlets = [feed(f"https://o{at}.example/", section=(f"Section {at}",)) for at in range(3)]
    old = AT - timedelta(hours=40)
    first, copy, mill = (post(outlet, "1", f"Told {at}", published=old) for at, outlet in enumerate(outlets))
    own = post(outlets[1], "2", "Of its own", published=old)
    top = [post(outlets[0], f"top {at}", f"Top {at}", published=AT) for at in range(5)]
    told = story([first, copy, mill], *(Member(late.id, "copy", first.id, 0.9) for late in (copy, mill)))
    page = front(edition(outlets, [first, copy, mill, own, *top], [told], made_at=AT))
    assert "Of its own" in page
    assert "Told 1" not in page
    assert "Told 0" in page
    assert "Told 2" not in page


def test_an_edit_that_nobody_told_of_is_told_even_of_a_copy(sample: Callable[..., Edition]) -> None:
    made = sample(made_at=datetime(2026, 8, 26, 10, tzinfo=UTC))
    page = front(made)
    assert "静默修改" in page
    assert '/#revisions">小米与北汽洽谈合造' in page


def test_a_story_dated_tomorrow_waits_too(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    one = feed()
    today, *later = [post(one, str(at), f"Post {at}", published=AT + timedelta(days=at)) for at in range(3)]
    page = front(edition([one], [today, *later], [story(later)], made_at=AT))
    assert "Post 0" in page
    assert "Post 1" not in page


def test_a_paper_in_which_nothing_moved_says_so(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    old = edition([one], [post(one, "1", published=AT - timedelta(days=9))], made_at=AT)
    assert "没有变化" in front(old)
    assert "没有变化" not in front(edition([one], [post(one, "1", published=AT)], made_at=AT))
    assert "没有变化" not in front(edition([one], [], made_at=AT))


def test_time_alone_changes_the_front_page_only_at_an_editions_close(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    news = post(one, "1", published=AT)

    def digest(hours: int) -> str:
        made = edition([one], [news], made_at=AT + timedelta(hours=hours))
        return next(page.digest for page in render_site(made, load_theme(made.paper)) if page.path == "index.html")

    # AT is 8 in the morning in Shanghai; the evening edition closes ten hours later.
    assert digest(0) == digest(9)
    assert digest(9) != digest(10)
