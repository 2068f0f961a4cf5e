"""newsboat, a reader that people use, with a paper that is served: it lists, marks, stars, and hears of marks."""

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.web.greader.conftest import add_token

from broadsheet.config import Config
from broadsheet.store import Store

pytestmark = pytest.mark.needs("newsboat")

SETTINGS = """urls-source "feedhq"
feedhq-url "{}"
feedhq-login "me"
feedhq-password "bs_phone"
feedhq-flag-star "s"
feedhq-show-special-feeds no
"""
ENTER, EDIT_FLAGS = b"\r", b"\x05"


@pytest.fixture
def served(paper: Config, store: Store) -> Iterator[str]:
    """The address of the paper, which has a token for a phone."""
    add_token(store, "bs_phone", "write")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "broadsheet", "serve", "--port", address.rpartition(":")[2]]
    running = subprocess.Popen(command, cwd=paper.folder, stdout=subprocess.DEVNULL)
    try:
        for _ in range(400):
            try:
                urllib.request.urlopen(f"{address}/my/sign-in", timeout=10).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)


@pytest.fixture
def home(served: str, tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who set newsboat up for the paper."""
    folder = tmp_path / "home" / ".newsboat"
    folder.mkdir(parents=True)
    (folder / "config").write_text(SETTINGS.format(served), "utf-8")
    own = {
        "HOME": str(folder.parent),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
        "LINES": "24",
        "COLUMNS": "80",
    }
    return {**os.environ, **own}


def unread(home: dict[str, str]) -> str:
    """What newsboat says is unread, after it asked."""
    command = ["newsboat", "-x", "reload", "print-unread"]
    done = subprocess.run(command, env=home, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


@contextmanager
def keyboard(home: dict[str, str]) -> Iterator[int]:
    """Sit before newsboat: a terminal to type into and to read from."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(["newsboat", "-q"], env=home, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        yield ours
        assert running.wait(20) == 0
    finally:
        running.kill()
        running.wait()
        os.close(ours)


def press(terminal: int, keys: bytes, shown: str) -> None:
    """Press keys, and wait until something is shown."""
    os.write(terminal, keys)
    seen = b""
    while shown.encode() not in seen:
        assert select.select([terminal], [], [], 20)[0], f"newsboat did not show {shown!r}: {seen!r}"
        seen += os.read(terminal, 65536)


def test_newsboat_reads_the_paper_and_keeps_it_in_step(home: dict[str, str], store: Store) -> None:
    posts = [ref.id for ref in store.refs()]
    assert unread(home) == "4 unread articles"
    with keyboard(home) as terminal:
        press(terminal, b"", "https://news.example/feed.xml")
        press(terminal, ENTER, "小米发布新车")
        press(terminal, ENTER, "小米汽车今日发布新车")
        press(terminal, EDIT_FLAGS, "Flags:")
        press(terminal, b"s" + ENTER, "updated")
        os.write(terminal, b"qqq")
    marks = store.reading.marks(posts)
    assert [post for post in posts if post in marks and marks[post].read_at] == [posts[1]]
    assert [post for post in posts if post in marks and marks[post].starred_at] == [posts[1]]
    store.reading.mark(posts[:1], store.post(posts[0]).first_seen, read=True)
    store.reading.mark(posts[1:2], store.post(posts[0]).first_seen, read=False)
    assert unread(home) == "3 unread articles"
    assert [post for post in posts if post in (marks := store.reading.marks(posts)) and marks[post].read_at] == posts[
        :1
    ]
