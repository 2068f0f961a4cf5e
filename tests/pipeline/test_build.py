"""A build writes what changed, and only that."""

from datetime import timedelta
from pathlib import Path

from tests.pipeline.outlet import START, Clock, Outlet, follow_all, rss

from broadsheet.model import Paper
from broadsheet.pipeline.build import build
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.update import update
from broadsheet.store import Store

PAPER = Paper(title="对开")
HEALTH = "feeds/index.html"


def files(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_an_empty_store_makes_a_whole_site(store: Store, tmp_path: Path) -> None:
    report = build(store, PAPER, tmp_path / "site", START)
    assert report.written == len(files(tmp_path / "site"))
    assert "index.html" in files(tmp_path / "site")


def test_the_same_again_writes_nothing(store: Store, means: Means, outlet: Outlet, tmp_path: Path) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"), ("乙", "二"))))
    update(store, means)
    first = build(store, PAPER, tmp_path / "site", START)
    again = build(store, PAPER, tmp_path / "site", START)
    assert (again.written, again.unchanged, again.removed) == (0, first.written, 0)


def test_a_little_later_only_the_page_of_feeds_tells_the_time(
    store: Store, means: Means, outlet: Outlet, tmp_path: Path
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    update(store, means)
    build(store, PAPER, tmp_path / "site", START)
    before = files(tmp_path / "site")
    assert build(store, PAPER, tmp_path / "site", START + timedelta(minutes=5)).written == 1
    assert changed(before, files(tmp_path / "site")) == {HEALTH}


def test_one_new_post_changes_its_page_and_the_lists_that_show_it(
    store: Store, means: Means, outlet: Outlet, clock: Clock, tmp_path: Path
) -> None:
    follow_all(store, outlet.put("/b", rss(("丙", "三"))))
    update(store, means)
    (other,) = store.refs()
    follow_all(store, outlet.put("/a", rss(("甲", "一"), ("乙", "二"))))
    clock.forward(days=2)
    update(store, means)
    build(store, PAPER, tmp_path / "site", START)
    before = files(tmp_path / "site")
    known = {ref.id for ref in store.refs()}
    outlet.put("/a", rss(("丁", "四"), ("甲", "一"), ("乙", "二")))
    clock.forward(days=2)
    update(store, means)
    (new,) = {ref.id for ref in store.refs()} - known
    build(store, PAPER, tmp_path / "site", START)
    touched = changed(before, files(tmp_path / "site"))
    posts = {path for path in touched if path.startswith("p/")}
    assert f"p/{new}/index.html" in posts
    assert f"p/{other.id}/index.html" not in posts
    assert len(posts) <= 3  # its own, and the neighbours that link to it
    assert {"index.html", "feed.atom", "feed.json", "2026/11/23/index.html"} <= touched
