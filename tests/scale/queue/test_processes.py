"""Several workers of one machine: begun again where one dies, stopped together."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from broadsheet.config import Config
from broadsheet.errors import ConfigError
from broadsheet.scale.queue import processes as room
from broadsheet.scale.queue.processes import Processes


def work(config: Config, number: int) -> None:
    """Note the process, and wait to be stopped; the first is killed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    (config.folder / f"{os.getpid()} of {number}").touch()
    if len(list(config.folder.iterdir())) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def refuse(config: Config, number: int) -> None:
    raise ConfigError("websub.listen", f"nobody can listen in {config.folder.name} for {number}")


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOOK_S", 0.02)
    monkeypatch.setattr(room, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(room, "signal_stop", lambda _: None)


def stop_when(ready: Path, count: int, processes: Processes) -> None:
    def wait() -> None:
        until = time.monotonic() + 20
        while len(list(ready.iterdir())) < count and time.monotonic() < until:
            time.sleep(0.02)
        processes.stop()

    threading.Thread(target=wait).start()


def test_a_process_that_dies_is_replaced_and_all_are_stopped(tmp_path: Path) -> None:
    lines: list[str] = []
    processes = Processes(replace(Config(), folder=tmp_path), 1, work, lines.append)
    stop_when(tmp_path, 2, processes)
    assert processes.run() == 0
    assert len(lines) == 1
    assert "was killed by SIGKILL; another takes its place" in lines[0]


def test_a_wrong_use_ends_them_all(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    processes = Processes(replace(Config(), folder=tmp_path), 1, refuse, lambda _: None)
    assert processes.run() == 2
    assert "broadsheet: websub.listen: nobody can listen in" in capfd.readouterr().err
