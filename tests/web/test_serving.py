"""Listening: who must be asked for a password, and the application as it is started."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from msgspec.structs import replace

from broadsheet.config import Config
from broadsheet.errors import ConfigError
from broadsheet.store import Store
from broadsheet.web import serving
from broadsheet.web.serving import require_key


def test_a_paper_that_others_reach_wants_a_password_before_it_listens(paper: Config, store: Store) -> None:
    require_key(paper, "127.0.0.1")
    require_key(paper, "::1")
    require_key(paper, "localhost")
    with pytest.raises(ConfigError, match="password set"):
        require_key(paper, "0.0.0.0")
    with pytest.raises(ConfigError, match="password set"):
        require_key(paper, "paper.example")
    require_key(replace(paper, web=replace(paper.web, proxies=("10.0.0.0/8",), user_header="X-User")), "10.0.0.1")
    store.doors.set_password("hashed")
    require_key(paper, "0.0.0.0")


def test_a_port_that_is_taken_is_said(paper: Config) -> None:
    told: list[None] = []
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError) as caught:
        serving.serve(paper, "127.0.0.1", taken.getsockname()[1], lambda: told.append(None))
    assert str(caught.value).endswith("on 127.0.0.1: Address already in use; choose another with --port")
    assert not told
    with pytest.raises(ConfigError, match="cannot listen on ::5"):
        serving.serve(replace(paper, web=replace(paper.web, proxies=("10.0.0.0/8",), user_header="X")), "::5", 0)


def test_the_application_is_made_from_the_environment(paper: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(serving.FOLDER_VARIABLE, str(paper.folder))
    monkeypatch.setenv(serving.HOST_VARIABLE, "127.0.0.1")
    assert callable(serving.app())


def test_it_listens_answers_and_ends_when_told(paper: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "broadsheet", "serve", "--port", str(port)]
    running = subprocess.Popen(command, cwd=paper.folder, stdout=subprocess.PIPE)
    try:
        assert _answer(f"http://127.0.0.1:{port}/feed.atom").startswith(b"<?xml")
        head = urllib.request.Request(f"http://127.0.0.1:{port}/feed.atom", method="HEAD")
        with urllib.request.urlopen(head, timeout=30) as answer:
            assert (answer.status, answer.read()) == (200, b"")
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(60) in {0, 130}
        assert running.stdout is not None
        running.stdout.close()
    assert Path(paper.store_url).exists()


def _answer(address: str) -> bytes:
    """Ask until somebody answers, a minute at the most: the machine may be busy."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                content: bytes = answer.read()
                return content
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nobody answers")
