"""Sketches of a file of posts: those of a newspaper, in the order of publication."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.scale.archive.kin.samples import NOON, POSTS, sketched

from broadsheet.group import sketch_posts
from broadsheet.scale.archive.kin import sketching as module
from broadsheet.scale.archive.kin.sketching import Posts, sketch_file, sketch_of
from broadsheet.store.moments import to_us


def read(folder: Path, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(folder / path, partitioning=None).to_pylist()
    return rows


def test_sketches_are_those_of_a_newspaper_in_the_order_of_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PORTION", 2)
    (done,) = sketched(tmp_path, POSTS[::-1])
    assert done.file.path == "kin/read/month=2026-11/unit-0000.parquet"
    assert done.files == (done.file,)
    rows = read(tmp_path, done.file.path)
    assert [sketch_of(row) for row in rows] == sketch_posts(POSTS)
    assert (done.since, done.until) == (to_us(NOON), to_us(POSTS[-1].published))


def test_of_an_entry_that_was_met_more_than_once_what_is_current_counts_under_its_first_name(tmp_path: Path) -> None:
    rows = [
        {"unit": "u", "row": row, "post_id": f"p{row}", "feed_id": "f", "published": NOON, "language": None,
         "title": "t", "text": f"text {row}"}
        for row in range(3)
    ]  # fmt: skip
    (tmp_path / "posts").mkdir()
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "posts/u.parquet")
    settled = [
        {"unit": "u", "row": 0, "state": "older", "post_id": "p0", "published": NOON},
        {"unit": "u", "row": 1, "state": "current", "post_id": "p0", "published": NOON},
        {"unit": "other", "row": 2, "state": "again", "post_id": "p0", "published": NOON},
    ]
    parquet.write_table(pa.Table.from_pylist(settled), tmp_path / "settled.parquet")
    done = sketch_file(tmp_path, Posts(path="posts/u.parquet", of=""))
    assert [(row["post_id"], row["text"]) for row in read(tmp_path, done.file.path)] == [
        ("p0", "text 1"),
        ("p2", "text 2"),
    ]


def test_a_file_without_posts_of_today_is_sketched_to_none(tmp_path: Path) -> None:
    (done,) = sketched(tmp_path, POSTS[:1])
    path = tmp_path / "posts/month=2026-11/unit-0000.parquet"
    parquet.write_table(parquet.read_table(path, partitioning=None).slice(0, 0), path)
    empty = sketch_file(tmp_path, Posts(path=path.relative_to(tmp_path).as_posix(), of=""))
    assert done.file.rows == 1
    assert (empty.file.rows, empty.since, empty.until) == (0, 0, -1)
