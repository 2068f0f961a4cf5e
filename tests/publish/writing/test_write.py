"""The site on the disk: what is written, what is shared, and that readers see all of a build or nothing."""

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from broadsheet.errors import PublishError
from broadsheet.model import Page
from broadsheet.publish import write_site

KILLS = Path(__file__).with_name("killed_build.py")


@pytest.fixture(autouse=True)
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the machine: what a test writes need not outlive a power cut."""
    monkeypatch.setattr(os, "sync", lambda: None)


def planned(texts: Mapping[str, str]) -> list[Page]:
    """One page for each path, its text also its digest."""
    return [Page(path=path, digest=text, render=text.encode) for path, text in texts.items()]


def shown(folder: Path) -> dict[str, str]:
    """What a reader finds, by path."""
    tree = folder.resolve()
    return {file.relative_to(tree).as_posix(): file.read_text() for file in tree.rglob("*") if file.is_file()}


def refuse() -> bytes:
    message = "this page was rendered without need"
    raise AssertionError(message)


def test_writes_what_is_new_and_removes_what_is_gone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = write_site(planned({"a.html": "1", "p/b.html": "2", "p/x.html": "0", "q/r/c.html": "3"}), site)
    assert (first.written, first.unchanged, first.removed, first.bytes_written) == (4, 0, 0, 4)
    second = write_site(planned({"a.html": "1", "p/b.html": "4", "d.html": "5"}), site)
    assert (second.written, second.unchanged, second.removed) == (2, 1, 2)
    assert shown(site) == {"a.html": "1", "p/b.html": "4", "d.html": "5"}
    assert not (site / "q").exists()


def test_a_build_without_news_touches_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1"}), site)
    before = site.readlink()
    report = write_site([Page(path="a", digest="1", render=refuse)], site)
    assert (report.written, report.unchanged, report.removed) == (0, 1, 0)
    assert site.readlink() == before


def test_only_a_page_with_a_new_digest_is_rendered_in_a_long_row_of_builds(tmp_path: Path) -> None:
    site = tmp_path / "site"
    standing = [Page(path="p/old", digest="old", render=refuse)]
    write_site(planned({"p/old": "old"}), site)
    for build in range(5):
        report = write_site([*standing, *planned({"index": f"edition {build}"})], site)
        assert (report.written, report.unchanged) == (1, 1)
        assert shown(site) == {"p/old": "old", "index": f"edition {build}"}


def test_a_page_open_in_a_reader_is_never_changed_under_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "first"}), site)
    with (site / "a").open() as reader:
        for text in ("second", "third", "fourth"):
            write_site(planned({"a": text}), site)
        assert reader.read() == "first"


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for texts in ({"a": "1"}, {"a/b": "2"}, {"a/b/c": "3"}, {"a": "4"}):
        write_site(planned(texts), site)
        assert shown(site) == texts


def test_the_manifests_are_not_served(tmp_path: Path) -> None:
    write_site(planned({"a": "1"}), tmp_path / "site")
    assert [file.name for file in (tmp_path / "site").iterdir()] == ["a"]


def test_an_empty_folder_made_beforehand_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_site(planned({"a": "1"}), tmp_path / "site")
    assert shown(tmp_path / "site") == {"a": "1"}


def test_parents_that_are_missing_are_made(tmp_path: Path) -> None:
    write_site(planned({"a": "1"}), tmp_path / "www" / "paper" / "site")
    assert shown(tmp_path / "www" / "paper" / "site") == {"a": "1"}


def test_the_paper_may_be_moved_with_its_trees(tmp_path: Path) -> None:
    write_site(planned({"a": "1"}), tmp_path / "here" / "site")
    (tmp_path / "here").rename(tmp_path / "there")
    assert shown(tmp_path / "there" / "site") == {"a": "1"}
    report = write_site([Page(path="a", digest="1", render=refuse)], tmp_path / "there" / "site")
    assert report.unchanged == 1


@pytest.mark.parametrize("damage", ["absent", "cut short", "not json", "of another shape"])
@pytest.mark.parametrize("which", ["live", "idle"])
def test_a_damaged_manifest_costs_work_but_nothing_else(tmp_path: Path, damage: str, which: str) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1", "b/c": "2"}), site)
    live = site.readlink().name
    manifest = tmp_path / ".site.formes" / f"{live if which == 'live' else 'ab'.strip(live)}.manifest"
    whole = manifest.read_bytes()
    manifest.unlink()
    if damage != "absent":
        manifest.write_bytes({"cut short": whole[:-9], "not json": b"\0", "of another shape": b'{"a": 1}'}[damage])
    write_site(planned({"a": "1", "d": "3"}), site)
    assert shown(site) == {"a": "1", "d": "3"}


def test_a_file_lost_from_the_served_tree_is_printed_again_when_its_twin_needs_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1", "b": "2"}), site)
    live = site.readlink().name
    (tmp_path / ".site.formes" / f"{'ab'.strip(live)}.manifest").unlink()
    (site / "a").unlink()
    (site / "b").write_text("")
    write_site(planned({"a": "1", "b": "2", "c": "3"}), site)
    assert shown(site) == {"a": "1", "b": "2", "c": "3"}


def test_a_served_tree_that_is_gone_is_made_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1"}), site)
    (site / "a").unlink()
    site.resolve().rmdir()
    write_site(planned({"a": "1"}), site)
    assert shown(site) == {"a": "1"}


@pytest.mark.parametrize("code", [errno.EPERM, errno.EMLINK, errno.ENOTSUP])
def test_where_files_cannot_be_shared_they_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", no_links)
    site = tmp_path / "site"
    for build in range(3):
        write_site([*planned({"p/a": "1"} if not build else {}), *kept(build), *planned({"b": str(build)})], site)
        assert shown(site) == {"p/a": "1", "b": str(build)}


def kept(build: int) -> list[Page]:
    return [Page(path="p/a", digest="1", render=refuse)] if build else []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.txt").write_text("mine")
    with pytest.raises(PublishError, match="move it away or choose another folder"):
        write_site(planned({"a": "1"}), site)
    assert shown(site) == {"thesis.txt": "mine"}
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_a_file_in_the_place_of_the_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(PublishError, match="stands in the way"):
        write_site(planned({"a": "1"}), tmp_path / "site")


def test_a_link_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").symlink_to("elsewhere")
    with pytest.raises(PublishError, match="is a link to elsewhere"):
        write_site(planned({"a": "1"}), tmp_path / "site")


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/passwd", "a//b", "", ".", "a/.", "a/", "a\0b"])
def test_no_page_gets_out_of_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(PublishError, match="not a path inside the site"):
        write_site(planned({path: "1"}), tmp_path / "site")


def test_two_pages_with_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="a: is the path of two pages"):
        write_site([*planned({"a": "1"}), *planned({"a": "2"})], tmp_path / "site")


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1"}), site)
    with (tmp_path / ".site.formes" / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match="another build is writing this site"):
            write_site(planned({"a": "2"}), site)
    assert shown(site) == {"a": "1"}


def test_a_full_disk_leaves_the_site_as_it_was_and_the_next_build_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1"}), site)
    after = {"a": "2", "b": "3"}

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(PublishError, match=r"No space left on device.*as it was.*Make room"):
            write_site(planned(after), site)
    assert shown(site) == {"a": "1"}
    write_site(planned(after), site)
    assert shown(site) == after


def test_a_write_cut_short_by_the_system_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda file, content: whole(file, bytes(content[:3])))
    write_site(planned({"a": "a longer text"}), tmp_path / "site")
    assert shown(tmp_path / "site") == {"a": "a longer text"}


def test_a_disk_that_fills_after_the_flip_fails_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", full)
    write_site(planned({"a": "1"}), site)
    assert shown(site) == {"a": "1"}


def test_a_folder_that_cannot_be_written_says_so() -> None:
    with pytest.raises(PublishError, match=r"/proc.*mend the rights"):
        write_site(planned({"a": "1"}), Path("/proc/broadsheet/site"))


def test_a_parent_that_is_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "www").write_text("a file")
    with pytest.raises(PublishError, match="Not a directory"):
        write_site(planned({"a": "1"}), tmp_path / "www" / "site")


def test_everything_is_on_the_disk_before_readers_see_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    seen: list[bool] = []
    monkeypatch.setattr(os, "sync", lambda: seen.append(site.exists()))
    write_site(planned({"a": "1"}), site)
    assert seen == [False]


def test_a_page_that_fails_to_render_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(planned({"a": "1"}), site)
    with pytest.raises(AssertionError):
        write_site([*planned({"b": "2"}), Page(path="a", digest="3", render=refuse)], site)
    assert shown(site) == {"a": "1"}


def test_a_build_killed_at_any_step_leaves_the_site_whole_and_the_next_completes_it(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, KILLS, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30
