"""What machines that visit are told."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from lxml import etree

from broadsheet.model import Edition, Feed, Page, Paper, Post
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.pages import sitemap

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAPER = Paper(title="p", address="https://paper.example/daily/")


def pages(edition: Edition) -> dict[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


def locations(page: Page) -> list[str]:
    return [element.text or "" for element in etree.fromstring(page.render()).iter(f"{NAMESPACE}loc")]


def test_the_index_names_every_sitemap_and_they_name_every_post(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    made = pages(edition)
    names = [address.removeprefix(PAPER.address) for address in locations(made["sitemap.xml"])]
    months = ["sitemap-2026-08.xml", "sitemap-2026-07.xml", "sitemap-2025-07.xml"]
    assert names == ["sitemap-pages.xml", "sitemap-stories.xml", *months]
    listed = [address for name in names for address in locations(made[name])]
    assert {f"{PAPER.address}p/{ref.id}/" for ref in edition.refs} <= set(listed)
    assert all(address.isascii() for address in listed)
    assert PAPER.address in listed


def test_stories_say_when_they_changed_last(sample: Callable[..., Edition]) -> None:
    edition = sample(paper=PAPER)
    (story,) = edition.stories
    (place,) = etree.fromstring(pages(edition)["sitemap-stories.xml"].render())
    assert [element.text for element in place] == [f"{PAPER.address}s/{story.id}/", "2026-08-26T02:52:00Z"]


def test_a_paper_without_stories_has_no_sitemap_of_them(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    assert "sitemap-stories.xml" not in pages(edition([one], [post(one, "1")]))


def test_a_month_over_the_protocols_limit_goes_on_in_a_second_file(
    feed: Callable[..., Feed],
    post: Callable[..., Post],
    edition: Callable[..., Edition],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 2)
    one = feed()
    posts = [post(one, f"{n}", published=datetime(2026, 8, 1 + n, tzinfo=UTC)) for n in range(5)]
    made = pages(edition([one], posts))
    parts = ["sitemap-2026-08.xml", "sitemap-2026-08-2.xml", "sitemap-2026-08-3.xml"]
    assert [len(locations(made[name])) for name in parts] == [2, 2, 1]


def test_robots_are_welcome_and_find_the_sitemap(sample: Callable[..., Edition]) -> None:
    text = pages(sample(paper=PAPER))["robots.txt"].render().decode()
    assert text == "User-agent: *\nAllow: /\n\nSitemap: https://paper.example/daily/sitemap.xml"
