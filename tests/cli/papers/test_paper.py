"""The paper: founded, built, looked at, kept running, made again."""

import subprocess
import sys
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.cli.conftest import Call
from tests.cli.feeds.test_following import follow
from tests.pipeline.outlet import Outlet, rss

from broadsheet.cli.papers import paper as room
from broadsheet.config import load
from broadsheet.errors import StoreError
from broadsheet.pipeline.push.hubs import Hubs

# init


def test_init_founds_a_paper_that_every_command_can_use(tmp_path: Path, call: Call) -> None:
    answer = call("init", tmp_path / "deep" / "paper", "--title", "晨报", "--language", "en")
    assert answer.code == 0
    assert "晨报" in answer.out
    assert "broadsheet add ADDRESS" in answer.out
    config = load(tmp_path / "deep" / "paper", {})
    assert (config.paper.title, config.paper.language) == ("晨报", "en")
    assert call("--paper", tmp_path / "deep" / "paper", "status").code == 0


def test_init_leaves_a_paper_that_is_there_alone(paper: Path, call: Call) -> None:
    before = (paper / "broadsheet.toml").read_bytes()
    answer = call("init")
    assert (answer.code, answer.err) == (2, "broadsheet: broadsheet.toml: there is a paper here already\n")
    assert (paper / "broadsheet.toml").read_bytes() == before


def test_init_gives_a_paper_without_a_store_a_new_one(paper: Path, call: Call) -> None:
    (paper / "broadsheet.db").unlink()
    missing = call("status")
    assert "`broadsheet init`" in missing.err
    assert call("init").out.startswith("broadsheet.toml: a paper called 样张")
    assert call("status").code == 0


def test_init_makes_the_store_that_the_environment_names(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "elsewhere.db"))
    assert call("init", tmp_path / "paper").code == 0
    assert [file.name for file in (tmp_path / "paper").iterdir()] == ["broadsheet.toml"]
    assert call("--paper", tmp_path / "paper", "status").code == 0


@pytest.mark.parametrize(("option", "value"), [("--language", "中文"), ("--title", "")])
def test_init_refuses_a_wrong_value_and_leaves_nothing(tmp_path: Path, call: Call, option: str, value: str) -> None:
    answer = call("init", tmp_path, option, value)
    assert answer.code == 2
    assert answer.err.startswith(f"broadsheet: paper.{option[2:]}: ")
    assert list(tmp_path.iterdir()) == []


def test_init_below_a_file_is_refused_by_name(tmp_path: Path, call: Call) -> None:
    (tmp_path / "file").touch()
    answer = call("init", tmp_path / "file" / "paper")
    assert answer.code == 2
    assert answer.err.startswith(f"broadsheet: {tmp_path}/file/paper")
    assert answer.err.endswith(": a file stands where a folder is needed: choose another folder\n")


def test_init_at_a_file_names_it(tmp_path: Path, call: Call) -> None:
    (tmp_path / "file").touch()
    answer = call("init", tmp_path / "file")
    assert (answer.code, answer.out) == (2, "")
    assert (
        answer.err == f"broadsheet: {tmp_path}/file: a file stands where a folder is needed: choose another folder\n"
    )


# build, serve


def test_build_publishes_and_counts(paper: Path, call: Call, feed: str) -> None:
    answer = call("build")
    assert answer.code == 0
    assert answer.out.startswith(f"{paper}/site: ")
    assert "甲车企公告" in (paper / "site" / "index.html").read_text("utf-8")
    again = call("build", "--json")
    assert list(again.json) == ["folder", "written", "unchanged", "removed", "bytes_written"]
    assert again.json["written"] <= 1


def test_build_into_another_folder(paper: Path, call: Call, tmp_path: Path) -> None:
    assert call("build", "--out", tmp_path / "elsewhere").code == 0
    assert (tmp_path / "elsewhere" / "index.html").is_file()
    assert not (paper / "site").exists()


def test_build_where_a_file_is_in_the_way_names_it(paper: Path, call: Call) -> None:
    (paper / "file").touch()
    answer = call("build", "--out", "file/site")
    assert (answer.code, answer.out) == (1, "")
    assert "file/" in answer.err
    assert "the site stands as it was" in answer.err


def test_build_into_a_folder_of_somebody_elses_is_refused(paper: Path, call: Call) -> None:
    answer = call("build", "--out", ".")
    assert answer.code != 0
    assert "not ours" in answer.err
    assert (paper / "broadsheet.toml").is_file()


def test_two_builds_at_one_time_leave_a_whole_site(paper: Path, call: Call, feed: str) -> None:
    command = [sys.executable, "-m", "broadsheet", "build"]
    done: list[int] = []

    def build() -> None:
        done.append(subprocess.run(command, capture_output=True, check=False).returncode)

    runs = [threading.Thread(target=build) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert 0 in done
    assert "甲车企公告" in (paper / "site" / "index.html").read_text("utf-8")


def test_plain_files_that_are_not_there_are_not_served(paper: Path, call: Call) -> None:
    answer = call("serve", "--plain")
    assert answer.code == 2
    assert "`broadsheet build` makes it" in answer.err


def test_plain_files_are_served_until_ctrl_c(paper: Path, call: Call) -> None:
    call("build")
    command = [sys.executable, "-m", "broadsheet", "serve", "--plain", "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[1]
        with urlopen(address) as page:
            assert "样张" in page.read().decode()
        process.send_signal(2)
    assert process.returncode == 0


def test_the_live_reader_is_not_opened_to_others_without_a_password(paper: Path, call: Call) -> None:
    answer = call("serve", "--host", "0.0.0.0")
    assert answer.code == 2
    assert "`broadsheet password set` comes first" in answer.err
    assert "open http" not in answer.out
    assert (paper / "site" / "index.html").is_file()


# run


def test_run_once_polls_and_publishes(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet.put("/a", rss(("甲", "一"))))
    answer = call("run", "--once")
    assert (answer.code, answer.err) == (0, "")
    assert "1 polled, 0 failed, 1 new, 0 edited" in answer.out
    assert (paper / "site" / "index.html").is_file()


def test_run_once_ends_with_1_and_names_the_feed_that_failed(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, f"{outlet.address}/nowhere")
    answer = call("run", "--once")
    assert answer.code == 1
    assert f"{outlet.address}/nowhere" in answer.err
    assert (paper / "site" / "index.html").is_file()


def test_run_once_without_a_store_fails(paper: Path, call: Call) -> None:
    (paper / "broadsheet.db").unlink()
    answer = call("run", "--once")
    assert answer.code != 0
    assert "there is no store here" in answer.err


def test_run_goes_on_after_a_fault_that_may_pass(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[BaseException | tuple[int, float]] = [
        StoreError("broadsheet.db", "the disk is full"),
        (0, 5.0),
        KeyboardInterrupt(),
    ]
    waits: list[float] = []

    def one_round(*_: object) -> tuple[int, float]:
        done = rounds.pop(0)
        if isinstance(done, BaseException):
            raise done
        return done

    monkeypatch.setattr(room, "_round", one_round)
    monkeypatch.setattr("time.sleep", waits.append)
    answer = call("run")
    assert answer.code == 130
    assert "broadsheet.db: the disk is full" in answer.err
    assert waits == [room.SHORTEST_WAIT_S, 5.0]


def test_run_ends_where_waiting_cannot_help(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (paper / "broadsheet.toml").write_text('store = "mysql://host/paper"', "utf-8")
    answer = call("run")
    assert answer.code == 2
    assert "is not the address of a store" in answer.err


def test_run_refuses_to_listen_for_hubs_that_cannot_reach_it(paper: Path, call: Call) -> None:
    (paper / "broadsheet.toml").write_text('[websub]\nlisten = "127.0.0.1:0"', "utf-8")
    answer = call("run")
    assert answer.code == 2
    assert "set paper.address" in answer.err


def test_run_listens_for_hubs_while_it_waits(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    (paper / "broadsheet.toml").write_text(
        '[paper]\naddress = "https://paper.example/"\n[websub]\nlisten = "127.0.0.1:0"', "utf-8"
    )
    waits: list[float] = []

    def wait(_: Hubs, seconds: float) -> None:
        waits.append(seconds)
        raise KeyboardInterrupt

    monkeypatch.setattr(Hubs, "wait", wait)
    answer = call("run")
    assert answer.code == 130
    assert "0 polled" in answer.out
    assert waits == [room.LONGEST_WAIT_S]


# rework


def test_rework_makes_every_post_again(call: Call, feed: str) -> None:
    answer = call("rework")
    assert (answer.code, answer.out) == (0, "2 posts made again, 0 changed, 0 unreadable\n")
    assert call("rework", "--json").json == {"posts": 2, "changed": 0, "unreadable": []}


def test_rework_names_the_posts_whose_originals_it_cannot_read(
    paper: Path, call: Call, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.pipeline.rework.remake", lambda *_: None)
    answer = call("rework")
    assert (answer.code, answer.out) == (1, "2 posts made again, 0 changed, 2 unreadable\n")
    assert answer.err.count(": no entry was found in its original; the post stays as it was\n") == 2


def free_port() -> int:
    from http.server import BaseHTTPRequestHandler, HTTPServer

    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return int(server.server_port)


@pytest.mark.needs("postgres")
def test_init_founds_a_paper_on_postgresql_and_a_second_machine_joins_it(
    tmp_path: Path, call: Call, nowhere: str
) -> None:
    assert call("init", tmp_path / "one", "--store", nowhere).code == 0
    again = call("init", tmp_path / "one")
    assert (again.code, again.err.endswith("there is a paper here already\n")) == (2, True)
    joined = call("init", tmp_path / "two", "--store", nowhere)
    assert "with the store that is there" in joined.out
    for name in ("one", "two"):
        assert call("--paper", tmp_path / name, "doctor").out.startswith(f"store {nowhere}: sound")


def test_init_where_no_server_answers_says_so_and_what_to_do(tmp_path: Path, call: Call) -> None:
    answer = call("init", tmp_path, "--store", "postgresql://me:secret@127.0.0.1:1/paper")
    assert answer.code == 1
    assert answer.err.startswith("broadsheet: postgresql://me@127.0.0.1:1/paper: the server cannot be reached")
    assert "secret" not in answer.err
