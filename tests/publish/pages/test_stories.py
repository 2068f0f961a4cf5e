"""A story's own page."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import msgspec
import pytest

from broadsheet.model import Edition, Feed, Member, Page, Paper, Post, Story
from broadsheet.publish import load_theme, render_site

ADDRESS = "https://paper.example/"


def pages(edition: Edition) -> Mapping[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


@pytest.fixture
def page(sample: Callable[..., Edition]) -> str:
    """The page of the sample's story, in English."""
    edition = sample(paper=Paper(title="Paper", language="en", address=ADDRESS))
    return pages(edition)[f"s/{edition.stories[0].id}/index.html"].render().decode()


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))


def test_the_headline_is_the_earliest_reports_and_says_so(page: str) -> None:
    assert "<h1>Xiaomi and BAIC &lt;talk&gt;</h1>" in page
    assert "The headline is that of the earliest independent report, by Harbour &lt;Wire&gt;." in text(page)


def test_reports_and_copies_are_counted_apart(page: str) -> None:
    assert "2 independent reports · 2 copies" in text(page)
    assert '<line class="i" x2="10"' in page
    assert '<line class="c" x1="10" x2="20"' in page


def test_copies_stand_under_what_they_carry_with_the_share(page: str) -> None:
    first, second = page.split('<li class="own"')[1:]
    assert "100% carried over · word for word" in text(first)
    assert "87% carried over" in text(second)


def test_what_an_edited_copy_changed_is_shown_word_by_word(page: str) -> None:
    assert "小米<del>与北汽洽谈</del><ins>将与北汽</ins>合造" in page or "<ins>" in page
    assert "<ins>涨了35%。" in page


def test_what_nobody_had_said_is_quoted_and_leads_to_its_place(page: str) -> None:
    first = page.split('<li class="own"')[1]
    assert '<span class="tag k">First report</span>' in first
    assert '#:~:text=The%20two%20companies">The two companies talk.</a></q>' in first


def test_numbers_that_disagree_stand_side_by_side(page: str) -> None:
    (numbers,) = re.findall(r'<section class="sect" id="numbers".*?</section>', page, re.DOTALL)
    assert re.findall("<h3>(.*?)</h3>", numbers) == ["25%", "35%"]
    assert "<q>Shares of Beijing Motor rose 25% on Friday.</q>" in numbers
    assert "<q>Shares of Beijing Motor rose 35% on Friday.</q>" in numbers


def test_what_explains_the_story_stands_there_with_why(page: str) -> None:
    (older,) = re.findall(r'<section class="sect" id="background".*?</section>', page, re.DOTALL)
    assert "LongLong" in older
    assert "also about Xiaomi 北汽" in text(older)


def test_the_reasons_for_one_story_are_named(page: str) -> None:
    assert "Why one story: the names Xiaomi 北汽; the days 13-40 26 August" in text(page)


def test_the_feed_is_announced_and_the_page_is_described_for_machines(
    page: str, sample: Callable[..., Edition]
) -> None:
    assert 'type="application/atom+xml"' in page
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described = json.loads(found)
    assert described["@type"] == "CollectionPage"
    assert described["url"] == f"{ADDRESS}s/{sample().stories[0].id}/"
    items = described["mainEntity"]["itemListElement"]
    assert [item["item"]["@type"] for item in items] == ["NewsArticle", "NewsArticle"]
    assert [item["position"] for item in items] == [1, 2]


def test_a_story_that_is_no_more_leads_on(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=Paper(title="p", address=ADDRESS))
    into = edition.stories[0].id
    old = pages(edition)["s/20260101-aaaaaaaaaa/index.html"].render().decode()
    assert f'<meta http-equiv="refresh" content="0; url=../../s/{into}/">' in old
    assert f'<link rel="canonical" href="{ADDRESS}s/{into}/">' in old
    assert f'<a class="inl" href="../../s/{into}/">' in old


def test_a_story_that_fell_apart_says_so(sample: Callable[..., Edition]) -> None:
    old = pages(sample())["s/20260101-bbbbbbbbbb/index.html"].render().decode()
    assert "这件事已拆开" in old
    assert "refresh" not in old


def test_the_way_of_a_story_is_followed_to_its_end_and_never_in_a_circle(sample: Callable[..., Edition]) -> None:
    into = sample().stories[0].id
    moved = {"a": "b", "b": "c", "c": into, "x": "y", "y": "x", into: "a"}
    made = pages(sample(moved=moved))
    assert f'url=../../s/{into}/"' in made["s/a/index.html"].render().decode()
    assert "refresh" not in made["s/x/index.html"].render().decode()
    assert "<h1" in made[f"s/{into}/index.html"].render().decode()


def test_a_changed_post_changes_what_shows_its_story_and_nothing_else(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    outlets = [feed(f"https://o{at}.example/", title=f"O{at}", section=(f"S{at}",)) for at in range(3)]
    at = datetime(2026, 8, 26, tzinfo=UTC)
    told = [post(outlets[n], "1", f"Told {n}", published=at) for n in range(2)]
    apart = post(outlets[2], "1", "Apart", published=datetime(2026, 7, 1, tzinfo=UTC))
    before = edition(outlets, [*told, apart], [story(told)])
    edited = msgspec.structs.replace(told[1], title="Told anew", digest="other")
    after = edition(outlets, [told[0], edited, apart], [story([told[0], edited])])
    old, new = pages(before), pages(after)
    assert old.keys() == new.keys()
    changed = {path for path in old if old[path].digest != new[path].digest}
    assert f"s/{before.stories[0].id}/index.html" in changed
    assert {path for path in old if old[path].render() != new[path].render()} <= changed
    assert not [
        path for path in changed if path.startswith(("S2/", "2026/07/01/", f"p/{apart.id}", "sitemap", "feeds/"))
    ]


def test_a_page_of_a_very_large_story_stays_light(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    story: Callable[..., Story],
) -> None:
    outlets = [feed(f"https://o{at}.example/", title=f"某某通讯社第{at}分社") for at in range(60)]
    said = [
        "".join(f"{chr(0x4E00 + 97 * at + line) * 3}公司的第{at}号工厂在第{line}条街上开工。" for line in range(12))
        for at in range(60)
    ]
    reports = [
        post(outlet, "1", f"关于工厂的第{at}篇报道", text=f"t\n{said[at]}") for at, outlet in enumerate(outlets)
    ]
    copies = [post(outlets[at % 60], f"copy {at}", f"转来的第{at}篇", text=f"t\n{said[0]}{at}") for at in range(240)]
    told = story([*reports, *copies], *(Member(copy.id, "copy", reports[0].id, 0.99) for copy in copies))
    made = edition(outlets, [*reports, *copies], [told])
    page = pages(made)[f"s/{told.id}/index.html"].render()
    assert len(page) < 100_000
    assert "另有 200 篇转载" in page.decode()
