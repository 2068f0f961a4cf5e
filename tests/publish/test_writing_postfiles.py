"""A folder of post files: names stay in it, only what changed is written, a disk that refuses is explained."""

import errno
import os
import unicodedata
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.errors import PublishError
from broadsheet.publish.postfiles import write_postfiles


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "posts"
    first = write_postfiles([("a.html", b"1"), ("2024/b.html", b"2")], folder)
    stranger = folder / "mine.html"
    stranger.write_bytes(b"not ours")
    second = write_postfiles([("a.html", b"1"), ("2024/b.html", b"3!")], folder)
    assert (first.written, first.unchanged, first.bytes_written) == (2, 0, 2)
    assert (second.written, second.unchanged, second.removed, second.bytes_written) == (1, 1, 0, 2)
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"a.html", "b.html", "mine.html"}
    assert (folder / "2024" / "b.html").read_bytes() == b"3!"


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "/a",
        "a/../../b",
        "a\\b",
        "",
        "a//b",
        ".hidden",
        "a\x00b",
        "con.html",
        "CON .html",
        "COM\xb9.html",
        "conout$",
        "a/nul",
        "a.",
        "a ",
        " a",
        "a ./b",
        "e\u0301.html",
        "\ud800.html",
        "a?b",
        "字" * 86,
        "x" * 256,
    ],
)
def test_a_name_that_escapes_or_fits_no_system_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublishError, match=r"name"):
        write_postfiles([(name, b"x")], tmp_path / "posts")
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize(("one", "other"), [("a.html", "A.html"), ("a/b", "a/b"), ("straße.md", "STRASSE.md")])
def test_two_names_that_are_one_to_some_system_are_refused(tmp_path: Path, one: str, other: str) -> None:
    with pytest.raises(PublishError, match="two post files of one name"):
        write_postfiles([(one, b"1"), (other, b"2")], tmp_path)


file_names = st.text(st.characters() | st.sampled_from("./\\ \x00:*~$conCON"), max_size=90) | st.sampled_from(
    (
        "..",
        "../x",
        "/etc/x",
        "aux",
        "LPT1.html",
        "a" * 255,
        "a" * 256,
        "字" * 85,
        "字" * 85 + "x",
        "ｃｏｎ",
        "é",
        "a/../b",
    )
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=file_names)
def test_any_name_is_written_as_it_is_inside_the_folder_or_refused(tmp_path: Path, name: str) -> None:
    outer = Path(mkdtemp(dir=tmp_path))
    try:
        write_postfiles([(name, b"x")], outer / "posts")
    except PublishError:
        assert not [file for file in outer.rglob("*") if file.is_file()]
    else:
        (file,) = (file for file in outer.rglob("*") if file.is_file())
        assert file.relative_to(outer / "posts").as_posix() == name
        assert all(len(part.encode()) <= 255 and part == part.strip(" .") for part in name.split("/"))
        assert name == unicodedata.normalize("NFC", name)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "2024").symlink_to(tmp_path / "outside")
    with pytest.raises(PublishError, match="leads out of the folder"):
        write_postfiles([("2024/a.html", b"x")], tmp_path / "posts")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "posts").write_bytes(b"")
    with pytest.raises(PublishError, match=r"posts.*: a file stands where a folder is needed"):
        write_postfiles([("a.html", b"x")], tmp_path / "posts")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    with pytest.raises(PublishError, match="a folder stands where the file belongs"):
        write_postfiles([("a.html", b"x")], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no right to write"), (errno.EIO, "put/output error")],
)
def test_a_disk_that_refuses_is_explained_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    write_postfiles([("a.html", b"old")], tmp_path)

    def refuse(self: Path, data: bytes) -> int:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(PublishError, match=words):
        write_postfiles([("a.html", b"newer")], tmp_path)
    monkeypatch.undo()
    assert (tmp_path / "a.html").read_bytes() == b"old"
