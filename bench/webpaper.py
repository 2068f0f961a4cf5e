"""A paper that is read while it is updated: made once, kept in bench/.data, and moved on by new entries.

The addresses of its feeds hold the port of the server, so the port is kept with it.
"""

import os
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from urllib.parse import quote

from bench.contestants import HERE, PEERS, Broadsheet, broadsheets
from bench.cost import BenchError, run
from bench.feeds import make_feed, render, write_feeds
from bench.server import serve

DATA = HERE / ".data"
GIVES_WAY = 10
"""How nice an update is to who reads."""

MOVED = 25
"""Feeds that have a new entry whenever they are asked again."""


class Paper(NamedTuple):
    """A paper with its feeds, and a store of reader's with the same posts; `entries` is how many each feed has."""

    folder: Path
    maker: Broadsheet
    feeds: int
    entries: int

    @property
    def paper(self) -> Path:
        """The paper itself."""
        return self.folder / "paper"

    @property
    def site(self) -> Path:
        """What is published of it."""
        return self.paper / "site"

    @property
    def reader(self) -> Path:
        """The store of reader's."""
        return self.folder / "reader.db"

    @property
    def port(self) -> int:
        """Where its feeds are served."""
        return int((self.folder / "port").read_text("utf-8"))

    def move_on(self) -> None:
        """Let some feeds have one new entry each."""
        kept = self.folder / "moved"
        moved = int(kept.read_text("utf-8")) + 1 if kept.exists() else 1
        for number in range(min(MOVED, self.feeds)):
            feed = make_feed(number, self.entries, moved)
            (self.folder / "feeds" / feed.name).write_bytes(render(feed))
        kept.write_text(str(moved), "utf-8")

    def update(self) -> None:
        """Take in new entries of ours, all feeds asked, and publish."""
        self.move_on()
        if not self.maker.update(self.paper):
            message = "an update beside the readers found nothing new"
            raise BenchError(message)
        self.maker.build(self.paper, self.maker.environ)

    def update_reader(self) -> None:
        """Let reader take in new entries, all feeds asked."""
        self.move_on()
        run([PEERS / "bin" / "python", HERE / "reader_peer.py", "again", self.reader])

    def story(self) -> str:
        """The address of a post's page that the front page leads to."""
        _, _, rest = (self.site / "index.html").read_text("utf-8").partition('href="p/')
        return "p/" + rest.partition('"')[0]

    def reader_story(self) -> str:
        """The address of an entry's page in reader's web app."""
        feed = make_feed(self.feeds - 1, self.entries)
        address = f"http://127.0.0.1:{self.port}/{feed.name}"
        return f"entry?feed={quote(address, safe='')}&entry={quote(feed.items[0].id, safe='')}"


def prepare(posts: int, feeds: int, data: Path, *, peer: bool) -> Paper:
    """Find the paper of so many posts in a folder, or make it; then publish it as this version does."""
    folder = data / f"web-{posts}-{feeds}"
    paper = Paper(folder, broadsheets()[0], feeds, posts // feeds)
    if not (folder / "port").exists():
        _make(paper)
    with serve(folder / "feeds", paper.port) as server:
        if peer and not paper.reader.exists():
            _make_reader(paper, server.address)
        paper.update()
    return paper


def _make(paper: Paper) -> None:
    shutil.rmtree(paper.folder, ignore_errors=True)
    port = free_port()
    feeds = write_feeds(paper.folder / "feeds", paper.feeds, paper.entries)
    with serve(paper.folder / "feeds", port) as server:
        paper.maker.cold(paper.paper, feeds, server.address)
    (paper.folder / "port").write_text(str(port), "utf-8")


def _make_reader(paper: Paper, address: str) -> None:
    made, urls = paper.reader.with_suffix(".making"), paper.folder / "reader.urls"
    made.unlink(missing_ok=True)
    names = [make_feed(number, 1).name for number in range(paper.feeds)]
    urls.write_text("".join(f"{address}{name}\n" for name in names), "utf-8")
    run([PEERS / "bin" / "python", HERE / "reader_peer.py", "poll", made, urls])
    made.rename(paper.reader)


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def again_and_again(work: Callable[[], None]) -> Iterator[list[float]]:
    """Do some work over and over while the block runs; the seconds of each time. It ends with a whole time.

    It gives way to others, as the unit of systemd does that keeps a paper up to date.

    Raises:
        BenchError: the work failed.
    """
    took: list[float] = []
    over = threading.Event()
    failed: list[BenchError] = []

    def work_on() -> None:
        if sys.platform == "linux":  # where a thread has a priority of its own, which its children inherit
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVES_WAY)
        while not over.is_set():
            start = perf_counter()
            try:
                work()
            except BenchError as error:
                failed.append(error)
                return
            took.append(perf_counter() - start)

    thread = threading.Thread(target=work_on)
    thread.start()
    try:
        yield took
    finally:
        over.set()
        thread.join()
    if failed:
        raise failed[0]
