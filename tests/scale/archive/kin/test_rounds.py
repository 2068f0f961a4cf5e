"""Rounds: all posts in one order, however they are spread over files."""

from itertools import pairwise
from pathlib import Path

from pyarrow import parquet
from tests.scale.archive.kin.samples import POSTS, WINDOW_US, sketched

from broadsheet.scale.archive.kin.rounds import plan_rounds


def test_rounds_are_in_the_order_of_publication_whatever_the_files(tmp_path: Path) -> None:
    found = {}
    for files in (1, 3):
        folder = tmp_path / str(files)
        rounds = list(plan_rounds(folder, sketched(folder, POSTS[::-1], files), WINDOW_US, 2))
        assert [one.name for one in rounds] == ["round-00000", "round-00001", "round-00002"]
        assert [(one.begin, one.end) for one in rounds] == [(0, 2), (2, 4), (4, 5)]
        assert [one.first_id for one in rounds] == ["a-first", "c-edited", "e-late"]
        assert all(one.last <= other.first for one, other in pairwise(rounds))
        found[files] = [one.file for one in rounds]
    assert found[1] == found[3]
    names = [parquet.read_table(tmp_path / "1" / file.path).column("post_id").to_pylist() for file in found[1]]
    assert [name for some in names for name in some] == [post.post_id for post in POSTS]


def test_a_round_is_made_of_the_files_that_have_posts_of_its_window(tmp_path: Path) -> None:
    read = sketched(tmp_path, POSTS, len(POSTS))
    rounds = list(plan_rounds(tmp_path, read, WINDOW_US, 2))
    assert [len(one.near) for one in rounds] == [2, 4, 4]
    others = list(plan_rounds(tmp_path, read[:-1], WINDOW_US, 2))
    assert [one.of for one in others] == [one.of for one in rounds[:2]]


def test_where_there_are_no_posts_there_are_no_rounds(tmp_path: Path) -> None:
    assert list(plan_rounds(tmp_path, [], WINDOW_US, 2)) == []
