"""An archive read again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.scale.archive.samples import NOW, posts, rss, wish, write_posts

from broadsheet.errors import ConfigError, NotFoundError
from broadsheet.scale.archive.build import build_archive
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.reading import feed_rows, months, read_posts, settled


@pytest.fixture
def archive(tmp_path: Path, here: list[str]) -> Path:
    """An archive of posts of three months."""
    for number, day in enumerate(("2026-09-01", "2026-10-01", "2026-11-01")):
        (tmp_path / "in").mkdir(exist_ok=True)
        front = f"title: {day}\ndate: {day} 08:00:00 +0000\ncategories: [s{number}]"
        (tmp_path / "in" / f"{day}.md").write_text(f"---\n{front}\n---\nwords\n", "utf-8")
    build_archive([tmp_path / "in"], tmp_path / "out", wish())
    return tmp_path / "out"


def test_months_are_read_in_their_order_or_the_newest_first(archive: Path) -> None:
    titles = [row["title"] for row in posts(archive)]
    assert titles == ["2026-09-01", "2026-10-01", "2026-11-01"]
    newest = [rows[0]["title"] for rows in read_posts(archive, newest_first=True)]
    assert newest == titles[::-1]


def test_only_months_that_are_asked_for_are_read(archive: Path) -> None:
    manifest = load_manifest(archive)
    october = datetime(2026, 10, 5, tzinfo=UTC)
    assert [name[6:19] for name in months(manifest, since=october)] == ["month=2026-10", "month=2026-11"]
    assert [name[6:19] for name in months(manifest, until=october)] == ["month=2026-09", "month=2026-10"]


def test_columns_may_be_chosen_and_those_that_name_a_row_are_always_there(archive: Path) -> None:
    row = next(read_posts(archive, ["title"]))[0]
    assert list(row) == ["unit", "row", "post_id", "published", "title"]
    assert row["published"].tzinfo is UTC


def test_feeds_are_told_as_they_were_seen_first(tmp_path: Path, here: list[str]) -> None:
    for days, name in ((0, "first"), (1, "second")):
        (tmp_path / name).mkdir()
        feed = rss((name, name)).replace(b"News", name.encode())
        (tmp_path / name / "feed.xml").write_bytes(feed)
        build_archive([tmp_path / name], tmp_path / "out", wish(now=NOW.replace(day=20 + days)))
    (feed_row,) = feed_rows(tmp_path / "out").values()
    assert (feed_row["title"], feed_row["added_at"]) == ("first", NOW.replace(day=20))


def test_a_file_that_is_missing_is_named_with_what_to_do(archive: Path) -> None:
    (archive / load_manifest(archive).files("posts")[0]).unlink()
    with pytest.raises(ConfigError, match="build again"):
        posts(archive)


def test_a_half_written_file_is_not_taken_for_whole(archive: Path) -> None:
    folder = archive / "posts" / "month=2026-11"
    (folder / ".other.parquet.new").write_bytes(b"PAR1")
    (folder / "other.parquet").write_bytes(b"PAR1")
    assert len(posts(archive)) == 3


def test_a_folder_without_an_archive_says_so(tmp_path: Path) -> None:
    write_posts(tmp_path, 1)
    with pytest.raises(NotFoundError):
        posts(tmp_path)
    assert settled(tmp_path) == {}
