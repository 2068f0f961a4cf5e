"""Reading some time out of many files."""

from pathlib import Path

from tests.scale.archive.kin.samples import NOON, POSTS, sketched

from broadsheet.scale.archive.kin.reading import read_between, read_texts
from broadsheet.store.moments import to_us


def test_both_ends_of_a_time_belong_to_it(tmp_path: Path) -> None:
    paths = [one.file.path for one in sketched(tmp_path, files=2)]
    until = to_us(POSTS[2].published)
    found = read_between(tmp_path, paths, to_us(NOON), until, ("post_id",))
    assert sorted(found.column("post_id").to_pylist()) == ["a-first", "b-other", "c-edited"]
    assert read_between(tmp_path, paths, to_us(NOON) + 1, until - 1, ("post_id",)).num_rows == 1


def test_only_the_texts_that_are_wanted_are_read(tmp_path: Path) -> None:
    paths = [one.file.path for one in sketched(tmp_path)]
    found = read_texts(tmp_path, paths, to_us(NOON), to_us(POSTS[-1].published), {"b-other", "nobody"})
    assert [row["text"] for row in found.to_pylist()] == [POSTS[1].text]


def test_no_files_have_no_rows(tmp_path: Path) -> None:
    assert read_between(tmp_path, [], 0, 1, ("post_id",)).num_rows == 0
