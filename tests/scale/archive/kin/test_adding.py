"""Kin as a part of an archive: found of the posts that its manifest names, and named in it."""

from pathlib import Path

import msgspec
import pytest
from bench.kinparity import archive_rows, kept_rows, write_posts
from bench.townposts import Town
from tests.scale.archive.kin.samples import NOON, POSTS
from tests.scale.archive.samples import wish

from broadsheet.errors import NotFoundError
from broadsheet.model import PostText
from broadsheet.pipeline.stories.joining import regroup
from broadsheet.scale.archive.build import build_archive
from broadsheet.scale.archive.kin.adding import add_kin
from broadsheet.scale.archive.loading import load_archive
from broadsheet.scale.archive.manifest import (
    Manifest,
    Rules,
    UnitRecord,
    damaged_files,
    load_manifest,
    save_manifest,
)
from broadsheet.scale.archive.reading import read_posts
from broadsheet.scale.archive.rows import text_of
from broadsheet.store import open_store


def record(files: dict[str, str]) -> UnitRecord:
    return UnitRecord(
        unit="one", source="s", kind="warc", start=0, end=1, documents=5, posts=5, facts=0, rejected=0, reasons={},
        files=files,
    )  # fmt: skip


def test_the_manifest_names_what_was_found(tmp_path: Path) -> None:
    files = write_posts(tmp_path, POSTS)
    (tmp_path / "posts/left-behind.parquet").write_bytes(b"of a unit that is not whole")
    before = {"settled.parquet": "d", "edges/gone.parquet": "e"}
    save_manifest(tmp_path, Manifest(rules=Rules(broadsheet="1"), units=(record(files),), tables=before))
    report = add_kin(tmp_path)
    assert (report.posts, report.copies, report.stories) == (5, 3, 2)
    manifest = load_manifest(tmp_path)
    assert manifest.tables == {"settled.parquet": "d", **{file.path: file.digest for file in report.files}}
    assert {path.partition("/")[0] for path in manifest.tables} == {"settled.parquet", "copies", "edges", "stories"}
    assert list(damaged_files(tmp_path, manifest)) == ["settled.parquet"]


@pytest.mark.usefixtures("here")
def test_a_paper_that_an_archive_was_loaded_into_comes_to_the_same(tmp_path: Path) -> None:
    folder, feed = tmp_path / "archive", []
    for post in (PostText(**row) for day in range(2) for row in Town().day(day, 20)):
        told = {"url": f"https://news.example/{post.post_id}", "title": post.title, "text": post.text}
        feed.append(told | {"published": post.published, "feed": f"https://{post.feed_id}.example/feed"})
    (tmp_path / "dump.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, feed)))
    build_archive([tmp_path / "dump.jsonl"], folder, wish())
    report = add_kin(folder)
    posts = [text_of(row) for rows in read_posts(folder) for row in rows]
    assert (report.posts, len(posts)) == (40, 40)
    assert report.copies > 1
    with open_store(str(tmp_path / "broadsheet.db"), create=True) as store:
        load_archive(folder, store)
        regroup(store, NOON)
        assert kept_rows(store, posts) == archive_rows(folder)


def test_where_there_is_no_archive_nothing_is_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        add_kin(tmp_path)
