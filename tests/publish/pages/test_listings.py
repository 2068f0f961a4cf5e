"""Section pages and the archive by days."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Edition, Feed, Member, Page, Paper, Post, Story
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.layout import SHEET

AT = datetime(2026, 8, 26, 15, tzinfo=UTC)


def pages(edition: Edition) -> dict[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


def test_a_long_section_is_cut_into_numbered_sheets(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed(section=("A", "B"))
    posts = [post(one, f"{n}", f"n{n}", published=AT - timedelta(hours=n)) for n in range(3 * SHEET + 5)]
    made = pages(edition([one], posts))
    assert {"A/index.html", "A/1/index.html", "A/2/index.html", "A/B/index.html", "A/B/2/index.html"} <= set(made)
    newest, oldest = made["A/B/index.html"].render().decode(), made["A/B/1/index.html"].render().decode()
    assert 'href="../../A/B/2/" rel="prev">较早' in newest
    assert 'href="../../../A/B/2/" rel="next">较新' in oldest
    assert ">n0</a>" in newest
    assert f">n{3 * SHEET + 4}</a>" in oldest


def test_one_new_post_changes_only_the_newest_pages(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one, other = feed(section=("A",)), feed("https://other.example/", section=("B",))
    posts = [
        post(source, f"{n}", published=AT - timedelta(hours=7 * n)) for n in range(150) for source in (one, other)
    ]
    news = post(one, "news", published=AT + timedelta(minutes=1))
    later = AT + timedelta(hours=1)
    before = {path: page.digest for path, page in pages(edition([one, other], posts, made_at=later)).items()}
    after = {path: page.digest for path, page in pages(edition([one, other], [*posts, news], made_at=later)).items()}
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed == {
        "index.html",
        "sections/index.html",
        "A/index.html",
        "archive/index.html",
        "2026/index.html",
        "2026/08/index.html",
        "2026/08/26/index.html",
        "feeds/index.html",
        "feed.atom",
        "feed.json",
        "A/feed.atom",
        "A/feed.json",
        "sitemap-2026-08.xml",
        f"p/{news.id}/index.html",
    }


def test_days_are_those_of_the_papers_zone(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    made = pages(edition([one], [post(one, "1", published=datetime(2025, 12, 31, 16, tzinfo=UTC))]))
    assert "2026/01/01/index.html" in made
    assert "2025/index.html" not in made


def test_a_month_is_a_calendar_with_the_posts_of_each_day(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    posts = [post(one, f"{n}", published=datetime(2026, 2, day, tzinfo=UTC)) for n, day in enumerate((1, 1, 28))]
    month = pages(edition([one], posts))["2026/02/index.html"].render().decode()
    assert month.count("<td>") == 5 * 7
    assert '<a href="../../2026/02/01/"><b>1</b><span class="vh">, </span><span class="n">2 篇</span></a>' in month
    assert "<td><span>27</span></td>" in month


def test_an_empty_paper_says_so_on_every_page(edition: Callable[..., Edition]) -> None:
    made = pages(edition([], []))
    for path in ("index.html", "archive/index.html"):
        assert "还没有报道" in made[path].render().decode()
    for path in ("sections/index.html", "feeds/index.html"):
        assert "还没有订阅源" in made[path].render().decode()


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Shanghai"])
@pytest.mark.parametrize("moment", [datetime.min, datetime.max.replace(microsecond=0), datetime(987, 2, 3)])  # noqa: DTZ001, DTZ901
def test_a_date_at_either_end_of_time_breaks_nothing(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition], zone: str, moment: datetime
) -> None:
    one = feed()
    made = pages(
        edition([one], [post(one, "1", published=moment.replace(tzinfo=UTC))], paper=Paper(title="p", zone=zone))
    )
    assert all(page.render() for page in made.values())
    assert any(path.startswith(f"{moment.year:04}/") for path in made)


def test_copies_fold_under_their_original_where_both_are_on_the_page(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    one, other = feed(title="One", section=("A",)), feed("https://other.example/", title="Two", section=("B",))
    first = post(one, "1", "Original", published=AT)
    copies = [post(outlet, "2", "Taken over", published=AT + timedelta(hours=1)) for outlet in (one, other)]
    told = story([first, *copies], *(Member(copy.id, "copy", first.id, 0.91) for copy in copies))
    made = pages(edition([one, other], [first, *copies], [told], made_at=AT + timedelta(hours=2)))
    for path in ("A/index.html", "2026/08/26/index.html"):
        page = made[path].render().decode()
        assert "Taken over" not in page, path
        assert "另有 2 篇转载" in page, path
    apart = made["B/index.html"].render().decode()
    assert "Taken over" in apart
    assert "91% 出自" in apart
    assert "另有 1 篇转载" in apart
