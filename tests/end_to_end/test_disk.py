"""A full disk, a place that cannot be written, a store from the future: said by name, and nothing is lost."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Done, Press
from tests.end_to_end.faults import Faults

LIMITED = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); size = int(sys.argv[1]); "
LIMITED += "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)); "
LIMITED += "from broadsheet.cli import main; raise SystemExit(main(sys.argv[2:]))"


def run_limited(press: Press, size: int, *words: str) -> Done:
    """Run a command that may make no file larger than `size` bytes: what a full disk is to it."""
    command = [*press.command()[:1], "-c", LIMITED, str(size), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=press.folder)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip() or 'mount failed'}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False)


@pytest.fixture(scope="module")
def paper(faults: Faults, tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A paper with two posts, for tests that change nothing."""
    press = Press(tmp_path_factory.mktemp("standing") / "paper")
    follow(press, faults, 1)
    assert press.run("update").code == 0
    return press


def follow(press: Press, faults: Faults, count: int, start: int = 0) -> None:
    press.follow([f"{faults.address}/well{number}" for number in range(start, start + count)])


def sound(press: Press) -> bool:
    return press.run("doctor").out.splitlines()[0].endswith("sound")


def test_a_disk_that_fills_during_an_update_loses_nothing_and_is_said(press: Press, faults: Faults) -> None:
    follow(press, faults, 1)
    press.run("update")
    size = (press.folder / "broadsheet.db").stat().st_size
    follow(press, faults, 160, 1)
    done = run_limited(press, size // 4, "update")
    assert done.code == 1
    assert "broadsheet.db" in done.err
    assert "Traceback" not in done.err
    assert sound(press)
    assert press.run("update").code == 0
    assert len(press.run("search", "--json", "--limit", "1000", "电池").json) == 161


def test_a_disk_that_fills_during_a_build_leaves_the_site_as_it_was(press: Press, faults: Faults) -> None:
    press.run("build")
    front = (press.folder / "site" / "index.html").read_bytes()
    (press.folder / "long.md").write_text(f"---\ntitle: 'x'\ncategories: y\n---\n\n<p>{'z' * 65536}</p>\n", "utf-8")
    assert press.run("import", "posts", "long.md").code == 0
    done = run_limited(press, 32768, "build")
    assert done.code == 1
    assert "the site stands as it was" in done.err
    assert (press.folder / "site" / "index.html").read_bytes() == front
    assert press.run("build").code == 0
    assert (press.folder / "site" / "index.html").read_bytes() != front


def test_a_truly_full_disk(disk: Path, faults: Faults) -> None:
    press = Press(disk / "paper")
    follow(press, faults, 20)
    fill(disk / "ballast", spare=64 * 1024)
    update = press.run("update")
    build = press.run("build")
    assert (update.code, build.code) == (1, 1)
    for done in (update, build):
        assert "full" in done.err or "space" in done.err
        assert "Traceback" not in done.err
    (disk / "ballast").unlink()
    assert sound(press)


def fill(file: Path, spare: int) -> None:
    """Fill the disk that a file is on, but for some bytes."""
    free = os.statvfs(file.parent)
    file.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - spare)))


def test_founding_a_paper_on_a_full_disk_is_said(disk: Path) -> None:
    fill(disk / "ballast", spare=8192)
    command = [*Press.__new__(Press).command("init", str(disk / "paper"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {1, 2}
    assert done.stderr.startswith("broadsheet: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--out", "broadsheet.toml/site"),
        ("export", "posts", "--out", "broadsheet.toml/out"),
        ("export", "opml", "broadsheet.toml/list"),
        ("demo", "--no-serve", "--out", "broadsheet.toml/demo"),
        ("init", "broadsheet.toml/paper"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named(paper: Press, words: tuple[str, ...]) -> None:
    done = paper.run(*words)
    assert done.code in {1, 2}
    assert done.err.startswith("broadsheet: ")
    assert "broadsheet.toml/" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_store_below_a_file_is_named(paper: Press) -> None:
    done = paper.run("status", environ={"BROADSHEET_STORE": "broadsheet.toml/store.db"})
    assert done.code == 1
    assert "broadsheet.toml/store.db" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("words", [("update",), ("build",), ("run", "--once")])
def test_a_store_of_a_newer_version_is_left_alone(press: Press, words: tuple[str, ...]) -> None:
    file = press.folder / "broadsheet.db"
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO migration (number, name) VALUES (9999, 'future')")
    connection.close()
    before = file.read_bytes()
    done = press.run(*words)
    assert (done.code, done.out) == (2, "")
    assert "schema 9999" in done.err
    assert "newer Broadsheet" in done.err
    assert file.read_bytes() == before
