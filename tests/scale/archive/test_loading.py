"""An archive into a store."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.scale.archive.samples import NOW, posts, rss, wish, write_posts

from broadsheet.model import Feed, FeedState, feed_id
from broadsheet.parse import parse_postfile
from broadsheet.pipeline.imported import imported_batch
from broadsheet.scale.archive import reading
from broadsheet.scale.archive.build import build_archive
from broadsheet.scale.archive.loading import LoadReport, load_archive
from broadsheet.store import Store, open_store

LINK = "https://news.example/"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(f"sqlite:///{tmp_path}/paper.db", create=True) as opened:
        yield opened


@pytest.fixture
def archive(tmp_path: Path, here: list[str]) -> Path:
    """Posts of a section, and three days of a feed in which an entry is edited twice."""
    write_posts(tmp_path / "in", 5)
    build_archive([tmp_path / "in"], tmp_path / "out", wish())
    for number, title in enumerate(("A bridge", "A long bridge", "A bridge of stone")):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "feed.xml").write_bytes(rss(("1", title), ("2", "A road")))
        build_archive([tmp_path / str(number)], tmp_path / "out", wish(now=NOW + timedelta(days=number)))
    return tmp_path / "out"


def test_posts_and_their_edits_are_stored_in_order(archive: Path, store: Store) -> None:
    told: list[LoadReport] = []
    report = load_archive(archive, store, told.append)
    assert (report.total, report.revisions) == (9, 9)
    assert (report.new, report.edited, report.known) == (7, 2, 0)
    assert told[-1] == report
    (edited,) = (store.post(ref.id) for ref in store.refs() if store.post(ref.id).revision == 3)
    assert (edited.title, edited.published) == ("A bridge of stone", NOW)
    assert [one.seen_at.day for one in store.versions(edited.id)] == [27, 28, 29]


def test_the_store_says_what_the_archive_says(archive: Path, store: Store) -> None:
    load_archive(archive, store)
    for row in posts(archive):
        post = store.post(row["post_id"])
        assert (post.title, post.html, post.text, post.digest) == (
            row["title"],
            row["html"],
            row["text"],
            row["digest"],
        )
        assert (post.published, post.feed_id, post.entry_id) == (row["published"], row["feed_id"], row["entry_id"])


def test_loading_again_changes_nothing(archive: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PORTION", 2)
    load_archive(archive, store)
    before = [store.post(ref.id) for ref in store.refs()]
    report = load_archive(archive, store)
    assert (report.new, report.edited, report.known) == (0, 0, 9)
    assert [store.post(ref.id) for ref in store.refs()] == before


def test_feeds_are_imported_ones_and_those_followed_already_stay_as_they_are(archive: Path, store: Store) -> None:
    followed = Feed(id=feed_id(LINK), address=LINK, name="Mine", added_at=NOW, state=FeedState(failures=3))
    store.add_feed(followed)
    load_archive(archive, store)
    assert store.feed(LINK) == followed
    (other,) = (feed for feed in store.feeds() if feed.address != LINK)
    assert (other.address, other.state.standing, other.section) == ("posts:town", "imported", ("town",))


def test_a_feed_that_has_moved_here_takes_the_posts(archive: Path, store: Store) -> None:
    moved = Feed(id="0123456789", address=LINK, added_at=NOW)
    store.add_feed(moved)
    assert load_archive(archive, store).new == 7
    assert load_archive(archive, store).known == 9
    assert len(store.refs(moved.id)) == 2


def test_what_the_store_has_newer_is_not_undone(archive: Path, store: Store) -> None:
    file = parse_postfile(
        b"---\ntitle: Bridge 0\ndate: 2026-11-01 08:00:00 +0000\ncategories: [town]\n---\nEdited.\n", "x.md"
    )
    store.add_feed((batch := imported_batch(file, NOW + timedelta(days=9))).feed)
    store.apply([replace(batch)])
    assert load_archive(archive, store).known == 1
    assert store.post(batch.revisions[0].post_id).text == "Bridge 0\nEdited."
