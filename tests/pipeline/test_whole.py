"""A file is there whole, or as it was before."""

from pathlib import Path

from broadsheet.pipeline.whole import Fresh


def test_a_file_has_its_name_when_it_is_put(tmp_path: Path) -> None:
    path = tmp_path / "table"
    with Fresh(path) as fresh:
        fresh.file.write(b"new")
        assert not path.exists()
        fresh.put()
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_not_put_is_dropped_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(b"old")
    with Fresh(path) as fresh:
        fresh.file.write(b"half")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "table")
    with Fresh(tmp_path / "link") as fresh:
        fresh.put()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "table").is_file()
