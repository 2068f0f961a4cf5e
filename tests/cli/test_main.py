"""The program itself: exit codes, and how it ends when something outside it ends first."""

import atexit
import gc
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.pipeline.outlet import Outlet, rss

from broadsheet.cli import SELDOM, main
from broadsheet.version import VERSION

SCRIPT = Path(sys.executable).with_name("broadsheet")
PROGRAM = [sys.executable, "-m", "broadsheet"]
MANY = rss(*((f"{chr(0x4E00 + number)}" * 40, "一" * 200) for number in range(500)))


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def test_the_installed_script_is_the_command_line() -> None:
    if not SCRIPT.exists():
        pytest.skip("the script is not installed beside this Python: pip install . puts it there")
    done = subprocess.run([SCRIPT, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"broadsheet {VERSION}\n")


def test_python_dash_m_is_the_command_line() -> None:
    assert run("--version").stdout == f"broadsheet {VERSION}\n"


def test_without_arguments_main_takes_the_processes_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["broadsheet", "--version"])
    asked: list[object] = []
    monkeypatch.setattr(gc, "set_threshold", asked.append)
    monkeypatch.setattr(atexit, "register", asked.append)
    assert main() == 0
    assert VERSION in capsys.readouterr().out
    assert asked == [SELDOM, gc.freeze]


def test_the_collector_of_a_process_that_is_not_its_own_is_left_alone() -> None:
    before = gc.get_threshold()
    assert main(["--version"]) == 0
    assert gc.get_threshold() == before


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nosuch",),
        ("--nosuch",),
        ("search",),
        ("search", "--limit", "x", "word"),
        ("search", "--limit", "0", "word"),
        ("serve", "--port", "70000"),
        ("show",),
        ("show", "tale", "x"),
        ("export", "posts", "--format", "wordperfect"),
        ("import", "posts"),
        ("parse",),
    ],
)
def test_a_wrong_use_ends_with_2_and_names_what_is_wrong(call: Call, words: tuple[str, ...]) -> None:
    answer = call(*words)
    assert answer.code == 2
    assert "Usage: broadsheet" in answer.err + answer.out
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("update",),
        ("build",),
        ("search", "x"),
        ("show", "post", "x"),
        ("show", "feed", "x"),
        ("add", "https://paper.example/feed"),
        ("doctor",),
        ("rework",),
        ("serve",),
        ("run", "--once"),
        ("export", "posts"),
        ("export", "opml"),
        ("import", "posts", "."),
    ],
)
def test_without_a_paper_every_command_says_how_to_found_one(
    call: Call, tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = call("--paper", tmp_path, *words)
    assert (answer.code, answer.out) == (2, "")
    assert (
        answer.err == f"broadsheet: {tmp_path}/broadsheet.toml: there is no paper here; `broadsheet init` makes one\n"
    )


@pytest.mark.parametrize("form", ["--json", None])
def test_a_reader_that_leaves_early_ends_it_in_peace(tmp_path: Path, form: str | None) -> None:
    (tmp_path / "feed.xml").write_text(MANY, "utf-8")
    command = [*PROGRAM, "parse", str(tmp_path / "feed.xml"), *filter(None, [form])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not here: Linux has it")
@pytest.mark.parametrize("words", [["--version"], ["clean", "-"], ["parse", "--json", "feed.xml"]])
def test_an_output_that_cannot_be_written_is_said(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "feed.xml").write_text(MANY, "utf-8")
    with Path("/dev/full").open("w") as full:
        command, pipe = [*PROGRAM, *words], subprocess.PIPE
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=full, stderr=pipe, text=True, cwd=tmp_path, check=False
        )
    assert (done.returncode, done.stderr) == (1, "broadsheet: standard output: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not here: Linux has it")
def test_messages_that_cannot_be_written_change_no_exit_code(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, "parse", "nosuch"], stderr=full, cwd=tmp_path, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_a_process_that_begins_with_its_outputs_closed_works_mutely(tmp_path: Path, closed: str) -> None:
    (tmp_path / "feed.xml").write_text(rss(("甲", "一")), "utf-8")
    for words, code in (("parse feed.xml", 0), ("parse --json feed.xml", 0), ("parse nosuch", 2)):
        shell = f"exec {' '.join(PROGRAM)} {words} {closed}"
        done = subprocess.run(["sh", "-c", shell], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert "Traceback" not in done.stderr


def test_ctrl_c_ends_an_update_with_130_and_a_store_that_goes_on(paper: Path, call: Call, outlet: Outlet) -> None:
    outlet.put("/feed", rss(("甲", "一")))
    (paper / "list.opml").write_text(
        f"<opml version='2.0'><body><outline text='a' xmlUrl='{outlet.address}/feed'/></body></opml>", "utf-8"
    )
    call("import", "opml", "list.opml")
    outlet.pause.clear()
    with subprocess.Popen([*PROGRAM, "update"], stderr=subprocess.PIPE, text=True) as process:
        while not outlet.asked:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == "broadsheet: stopped; what was stored is kept\n"
    assert process.returncode == 130
    outlet.pause.set()
    assert "sound" in call("doctor").out
    assert call("update", "--json").json["new"] == 1


def test_every_help_text_is_printed_and_none_is_cut(call: Call) -> None:
    listing = call("--help").out
    assert "..." not in listing.partition("Commands:")[2]
    for command in re.findall(r"^  ([a-z]+)  ", listing.partition("Commands:")[2], re.MULTILINE):
        assert call(command, "--help").code == 0


def test_what_a_terminal_cannot_show_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(rss(("甲", "一")), "utf-8")
    environ = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = run("parse", tmp_path / "feed.xml", env=environ)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("??  [rss-2.0]")
