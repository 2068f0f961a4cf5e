"""Kin as a part of an archive: found of the posts that its manifest names, and named in it."""

from pathlib import Path

import pytest
from bench.kinparity import write_posts
from tests.scale.archive.kin.samples import POSTS

from broadsheet.errors import NotFoundError
from broadsheet.scale.archive.kin.adding import add_kin
from broadsheet.scale.archive.manifest import (
    Manifest,
    Rules,
    UnitRecord,
    damaged_files,
    load_manifest,
    save_manifest,
)


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


def test_where_there_is_no_archive_nothing_is_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        add_kin(tmp_path)
