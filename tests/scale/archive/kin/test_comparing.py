"""Comparing: the edges of a newspaper, each in one round alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace
from pyarrow import dataset
from tests.scale.archive.kin.samples import POSTS, WINDOW_US, sketched

from broadsheet.errors import StoreError
from broadsheet.model import PostText
from broadsheet.scale.archive.kin.comparing import compare_round
from broadsheet.scale.archive.kin.rounds import plan_rounds


def compared(folder: Path, posts: Sequence[PostText], size: int) -> list[dict[str, Any]]:
    for one in plan_rounds(folder, sketched(folder, posts, 2), WINDOW_US, size):
        compare_round(folder, one)
    rows: list[dict[str, Any]] = dataset.dataset(folder / "edges", format="parquet").to_table().to_pylist()
    return sorted(rows, key=lambda row: (row["first"], row["second"]))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_edges_are_found_within_three_days_across_rounds(tmp_path: Path, size: int) -> None:
    found = compared(tmp_path, POSTS, size)
    assert [(row["first"], row["second"], row["relation"]) for row in found] == [
        ("a-first", "c-edited", "copy"),
        ("b-other", "d-again", "copy"),
        ("c-edited", "e-late", "copy"),
    ]


def test_a_round_tells_what_it_wrote(tmp_path: Path) -> None:
    first, second, _ = plan_rounds(tmp_path, sketched(tmp_path), WINDOW_US, 2)
    assert compare_round(tmp_path, first).edges == 0
    done = compare_round(tmp_path, second)
    assert (done.pairs, done.edges, done.copies) == (2, 2, 2)
    assert [file.path for file in done.files] == [
        "edges/month=2026-11/round-00001.parquet",
        "copies/month=2026-11/round-00001.parquet",
        "kin/links/round-00001.npy",
    ]
    assert np.load(tmp_path / done.files[-1].path).tolist() == [[0, 2], [1, 3]]


def test_posts_after_a_long_silence_are_compared_apart_from_those_before(tmp_path: Path) -> None:
    later = [
        replace(
            post, post_id=f"x{post.post_id}", published=post.published + 9 * (POSTS[3].published - POSTS[0].published)
        )
        for post in POSTS
    ]
    assert len(compared(tmp_path, [*POSTS, *later], 10)) == 6


def test_a_post_that_stands_in_the_archive_twice_is_refused(tmp_path: Path) -> None:
    (one,) = plan_rounds(tmp_path, sketched(tmp_path, [*POSTS, POSTS[1]], 2), WINDOW_US, 10)
    with pytest.raises(StoreError, match="post b-other stands in the archive twice"):
        compare_round(tmp_path, one)
