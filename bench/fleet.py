"""A fleet of workers on one machine: a paper on PostgreSQL, servers on loopback with a name each, and their log."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import msgspec

from bench.cost import BenchError
from bench.fleetworker import Spec
from bench.server import serve
from broadsheet.model import Feed, FeedState, Validators, feed_id
from broadsheet.store import open_store

START = datetime(2026, 11, 20, tzinfo=UTC)
PORTION = 10_000
DOCUMENT = "feed.xml"
ITEMS = 2
LOG = '$msec $request_time $host $request_uri $status "$http_user_agent"'


class Asked(NamedTuple):
    """One request as the server saw it: when it began and ended (seconds of Unix time), of which feed, by whom."""

    began: float
    ended: float
    host: str
    feed: int
    status: int
    worker: str


class Kind(NamedTuple):
    """A feed of the paper: its number, host, when it is due after `START`, and whether its server has news."""

    number: int
    host: str
    due_s: float
    has_news: bool


class Site(NamedTuple):
    """The servers, which are one: its port, its log, and the validator of what all feeds say."""

    port: int
    log: Path
    etag: str

    def asked(self) -> list[Asked]:
        """Every request so far, in the order of its beginning."""
        return sorted(_read(line) for line in self.log.read_text("utf-8").splitlines() if line.endswith('"'))

    def answered(self) -> int:
        """How many requests were answered so far."""
        with self.log.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


@contextmanager
def site() -> Iterator[Site]:
    """Serve one document at every path of every host, until the block ends.

    Raises:
        BenchError: nginx is not installed.
    """
    if shutil.which("nginx") is None:
        message = "nginx is not installed: apt-get install nginx-light"
        raise BenchError(message)
    with serve_one(document()) as (port, log):
        with urlopen(f"http://127.0.0.1:{port}/0") as answer:
            etag = answer.headers["ETag"]
        log.write_text("")
        yield Site(port, log, etag)


@contextmanager
def serve_one(body: bytes) -> Iterator[tuple[int, Path]]:
    """Serve a document at every path; the port and the log."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        (Path(folder) / DOCUMENT).write_bytes(body)
        with serve(Path(folder), log_format=LOG, only=f"/{DOCUMENT}") as server:
            yield int(server.address.rsplit(":", 1)[1].rstrip("/")), server.log


def document() -> bytes:
    """What every feed says: two entries."""
    items = "".join(
        f"<item><title>Entry {number}</title><guid isPermaLink='false'>{number}</guid>"
        f"<pubDate>Fri, 20 Nov 2026 0{number}:00:00 GMT</pubDate>"
        f"<description>{'Some words. ' * 60}</description></item>"
        for number in range(ITEMS)
    )
    return f"<rss version='2.0'><channel><title>A feed</title>{items}</channel></rss>".encode()


def found(url: str, kinds: Sequence[Kind], of: Site) -> None:
    """Make a store in which feeds were polled before, and are due again."""
    with open_store(url, create=True) as store:
        for first in range(0, len(kinds), PORTION):
            store.add_feeds(_feed(kind, of) for kind in kinds[first : first + PORTION])


def _feed(kind: Kind, of: Site) -> Feed:
    address = f"http://{kind.host}:{of.port}/{kind.number}"
    state = FeedState(
        validators=Validators(etag=None if kind.has_news else of.etag),
        body_digest=f"{kind.number:032x}",
        next_due=START + timedelta(seconds=kind.due_s),
        last_polled=START - timedelta(hours=1),
        last_status=200,
        interval_s=3600,
        format="rss-2.0",
    )
    return Feed(id=feed_id(address), address=address, added_at=START - timedelta(days=9), state=state)


class Fleet:
    """Workers of one paper, each a process; `log` of each stands in the folder."""

    def __init__(self, folder: Path, url: str, options: Mapping[str, object], speed: float = 1.0) -> None:
        lines = [f"{name} = {msgspec.json.encode(value).decode()}" for name, value in options.items()]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "broadsheet.toml").write_text(
            "\n".join([f'store = "{url}"', "[fetch]", 'allow = ["127.0.0.0/8"]', *lines, ""])
        )
        self._folder = folder
        self._speed = speed
        self._made = 0
        self.began = datetime.now(UTC)
        self.workers: dict[str, subprocess.Popen[bytes]] = {}

    def add(self, environ: Mapping[str, str] | None = None) -> str:
        """Start a worker; its name, which servers hear."""
        name = f"w{self._made}"
        self._made += 1
        spec = Spec(folder=str(self._folder), name=name, began=self.began, start=START, speed=self._speed)
        command = [sys.executable, "-m", "bench.fleetworker", msgspec.json.encode(spec).decode()]
        with (self._folder / f"{name}.log").open("wb") as log:
            self.workers[name] = subprocess.Popen(
                command, env={**os.environ, **(environ or {})}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return name

    def kill(self, name: str) -> None:
        """Kill a worker, and wait for its end."""
        process = self.workers.pop(name)
        process.kill()
        process.wait()

    def stop(self) -> None:
        """Let every worker end."""
        for process in self.workers.values():
            process.send_signal(signal.SIGTERM)
        for process in self.workers.values():
            try:
                process.wait(90)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.workers.clear()

    def require_alive(self) -> None:
        """Refuse to measure a fleet of which a worker ended by itself.

        Raises:
            BenchError: one did; what it said is in the text.
        """
        for name, process in self.workers.items():
            if process.poll() is not None:
                said = (self._folder / f"{name}.log").read_text("utf-8")[-2000:]
                message = f"worker {name} ended with {process.returncode}:\n{said}"
                raise BenchError(message)

    def virtual(self, unix: float) -> datetime:
        """The paper's time at a moment."""
        return START + (datetime.fromtimestamp(unix, UTC) - self.began) * self._speed


def wait_for(done: int, of: Site, fleet: Fleet, longest_s: float) -> None:
    """Wait until so many feeds were asked for.

    Raises:
        BenchError: they are not after so long, or a worker ended.
    """
    until = time.monotonic() + longest_s
    while of.answered() < done or len({one.feed for one in of.asked()}) < done:
        fleet.require_alive()
        if time.monotonic() > until:
            message = f"{of.answered()} of {done} requests came in {longest_s:.0f} s"
            raise BenchError(message)
        time.sleep(0.5)


def _read(line: str) -> Asked:
    moment, took, host, path, status, agent = line.split(" ", 5)
    ended = float(moment)
    return Asked(ended - float(took), ended, host, int(path[1:]), int(status), agent.rsplit("+", 1)[-1].strip(')"'))
