"""The whole site: which pages there are, what their digests depend on, and that none is printed unasked."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import msgspec

from broadsheet.model import Edition, Feed, FeedState, Post
from broadsheet.publish import load_theme, render_site


def digests(edition: Edition) -> dict[str, str]:
    return {page.path: page.digest for page in render_site(edition, load_theme(edition.paper))}


def test_every_kind_of_page_has_its_address(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed(section=("新媒体", "cnBeta"))
    news = post(one, "1")
    paths = set(digests(edition([one], [news])))
    assert {
        "index.html",
        f"p/{news.id}/index.html",
        "新媒体/index.html",
        "新媒体/cnBeta/index.html",
        "新媒体/cnBeta/feed.atom",
        "新媒体/cnBeta/feed.json",
        "feed.atom",
        "feed.json",
        "2026/index.html",
        "2026/08/index.html",
        "2026/08/26/index.html",
        "archive/index.html",
        "sections/index.html",
        "feeds/index.html",
        "sitemap.xml",
        "sitemap-pages.xml",
        "sitemap-2026-08.xml",
        "robots.txt",
        "404.html",
    } <= paths
    assert sum(path.startswith("static/") for path in paths) == 5


def test_planning_the_site_reads_no_post(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    made = edition([one], [post(one, str(number)) for number in range(5)])
    assert digests(made)
    assert made.shelf.read == 0  # type: ignore[attr-defined]


def test_every_page_renders(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    made = edition([one], [post(one, "1")])
    for page in render_site(made, load_theme(made.paper)):
        assert page.render(), page.path


def test_a_poll_without_news_changes_only_the_page_of_feeds(
    feed: Callable[..., Feed], post: Callable[..., Post], edition: Callable[..., Edition]
) -> None:
    one = feed()
    made = edition([one], [post(one, "1")])
    later = made.made_at + timedelta(minutes=5)
    polled = msgspec.structs.replace(one, state=FeedState(last_polled=later, last_status=304))
    before, after = digests(made), digests(edition([polled], [post(one, "1")], made_at=later))
    assert {path for path in before if before[path] != after[path]} == {"feeds/index.html"}


def test_a_site_without_stories_is_made_without_what_compares_texts() -> None:
    script = """
import sys
from datetime import UTC, datetime
from broadsheet.model import Edition, Paper
from broadsheet.publish import load_theme, render_site
class Shelf:
    def cards(self, post_ids): return []
    def copies(self, addresses): return {}
paper = Paper(title="p")
edition = Edition(paper=paper, made_at=datetime(2026, 8, 26, tzinfo=UTC), feeds={}, refs=[], shelf=Shelf())
assert all(page.render() for page in render_site(edition, load_theme(paper)))
print(*{"numpy", "rensa", "difflib", "lxml", "broadsheet.group", "broadsheet.parse"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
