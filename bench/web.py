"""The live reader while its paper is updated: how long readers wait, how many it serves, and what memory it takes.

Beside it the web app of the library reader with the same posts, updated alike, and nginx with the same files, which
nobody can undercut.
"""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.contestants import PEERS
from bench.cost import BenchError
from bench.server import serve
from bench.webload import Load, load, tool
from bench.webpaper import DATA, MOVED, Paper, again_and_again, free_port, prepare

READERS = 50
PAUSE_S = 1.0
PAINTS = 10
SETTLE_S = 1.0
"""How long a new window is left alone: Chromium loads what its own address bar opens into it, on the same cores."""

FIRST_PAINT = """new Promise(tell => new PerformanceObserver(
    painted => tell(painted.getEntriesByName("first-paint")[0].startTime)
).observe({type: "paint", buffered: true}))"""
"""Paint Timing, section 4; asked for once, for the page's own policy lets nothing be evaluated again and again."""
OURS, PEER, FLOOR = "broadsheet", "reader 3.26", "nginx, files alone"


class Served(NamedTuple):
    """One server: its front page while its paper is updated, with and without a pause, and a post's page afterwards.

    `rounds` are the seconds of each update beside it, `cpu_ms` is the processor time of all its processes for one
    front page and for one page of a post, and `peak_mib` the sum of their peaks.
    """

    front: Load
    paced: Load
    story: Load
    rounds: Sequence[float] = ()
    cpu_ms: tuple[float, float] | None = None
    peak_mib: float | None = None

    @property
    def failed(self) -> int:
        """Requests that were not answered with a page."""
        return self.front.failed + self.paced.failed + self.story.failed


class Measured(NamedTuple):
    """Each server by its name, the milliseconds of each first paint of our front page, and the size of the paper."""

    servers: Mapping[str, Served]
    paints: Sequence[float]
    posts: int
    feeds: int
    front_bytes: int


def measure(posts: int, feeds: int, seconds: float, data: Path = DATA, *, peer: bool = True) -> Measured:
    """Serve the paper and read it, one server after another.

    Raises:
        BenchError: an answer of ours was no page, or an update beside the readers failed.
    """
    paper = prepare(posts, feeds, data, peer=peer)
    port = free_port()
    ours: list[str | Path] = [paper.maker.program, "--paper", paper.paper, "serve", "--port", str(port)]
    servers = {}
    with serve(paper.folder / "feeds", paper.port), answering(ours, port) as process:
        servers[OURS] = _read(port, process, paper.story(), paper.update, seconds)
        paints = first_paints(f"http://127.0.0.1:{port}/")
        servers[OURS] = servers[OURS]._replace(peak_mib=peak_mib(process))
    if peer:
        servers[PEER] = _read_peer(paper, free_port(), seconds)
    if shutil.which("nginx"):
        servers[FLOOR] = _read_files(paper, seconds)
    measured = Measured(servers, paints, posts, feeds, (paper.site / "index.html").stat().st_size)
    require(measured)
    return measured


def _read_peer(paper: Paper, port: int, seconds: float) -> Served:
    theirs: list[str | Path] = [
        PEERS / "bin" / "python",
        "-m",
        "reader",
        "--db",
        paper.reader,
        "web",
        "--port",
        str(port),
    ]
    with (
        serve(paper.folder / "feeds", paper.port),
        answering([*theirs, "--cache-dir", paper.folder / "reader.cache"], port) as process,
    ):
        return _read(port, process, paper.reader_story(), paper.update_reader, seconds)


def _read_files(paper: Paper, seconds: float) -> Served:
    with serve(paper.site) as server:
        front, paced = f"{server.address}index.html", load(f"{server.address}index.html", READERS, seconds, PAUSE_S)
        story = load(f"{server.address}{paper.story()}index.html", READERS, seconds)
        return Served(load(front, READERS, seconds), paced, story)


def _read(port: int, process: int, story: str, update: Callable[[], None], seconds: float) -> Served:
    address = f"http://127.0.0.1:{port}/"
    with again_and_again(update) as rounds:
        before = cpu_s(process)
        front = load(address, READERS, seconds)
        front_s = cpu_s(process) - before
        paced = load(address, READERS, seconds, PAUSE_S)
    before = cpu_s(process)
    post = load(f"{address}{story}", READERS, seconds)
    cpu_ms = (1000 * front_s / front.requests, 1000 * (cpu_s(process) - before) / post.requests)
    return Served(front, paced, post, rounds, cpu_ms, peak_mib(process))


@contextmanager
def answering(command: Sequence[str | Path], port: int) -> Iterator[int]:
    """Run a server until the block ends; gives its process id as soon as it answers.

    Raises:
        BenchError: it did not begin to answer.
    """
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        try:
            _wait_for_answer(run, f"http://127.0.0.1:{port}/")
            yield run.pid
        finally:
            run.terminate()


def _wait_for_answer(run: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=60):
                return
        except OSError:
            if run.poll() is not None:
                break
            time.sleep(0.1)
    message = f"{run.args!r} does not answer at {address}"
    raise BenchError(message)


def family(process: int) -> list[Path]:
    """What the kernel says of a process and of all under it: their folders in /proc (`man 5 proc`)."""
    folder = Path("/proc") / str(process)
    under = (folder / "task" / str(process) / "children").read_text().split()
    return [folder, *(found for child in under for found in family(int(child)))]


def peak_mib(process: int) -> float:
    """The peak memory of a process and of all under it, added up: what they share counts for each."""
    peaks = [re.search(r"VmHWM:\s+(\d+) kB", (one / "status").read_text()) for one in family(process)]
    return sum(int(peak[1]) for peak in peaks if peak) / 1024


def cpu_s(process: int) -> float:
    """The processor time of a process and of all under it so far, user's and system's."""
    spent = [(one / "stat").read_text().rpartition(")")[2].split()[11:13] for one in family(process)]
    return sum(int(user) + int(system) for user, system in spent) / os.sysconf("SC_CLK_TCK")


def first_paints(address: str) -> list[float]:
    """Milliseconds to the first paint of a page that is new to Chromium, in an open window; none without Chromium."""
    program = shutil.which("chromium")
    if not program:
        return []
    from playwright.sync_api import sync_playwright

    paints = []
    with (
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=program, args=["--no-sandbox"]) as browser,
    ):
        for _ in range(PAINTS + 1):
            with browser.new_context() as context:
                page = context.new_page()
                page.wait_for_timeout(1000 * SETTLE_S)
                page.goto(address, wait_until="load")
                paints.append(float(page.evaluate(FIRST_PAINT)))
    return paints[1:]


def require(measured: Measured) -> None:
    """Refuse figures of a server of ours that did not answer; how fast it is, the table says."""
    ours = measured.servers[OURS]
    if failed := ours.failed + ours.front.closed + ours.story.closed:
        message = f"{failed} requests were not answered with a page"
        raise BenchError(message)


def block(measured: Measured) -> str:
    """The table."""
    rows = [
        [what, *(figure(one) for one in measured.servers.values()), aim] for what, aim, figure in _figures(measured)
    ]
    if measured.paints:
        paints = f"{median(measured.paints):.0f} (most {max(measured.paints):.0f})"
        rows.append(["first paint of the front page, ms", paints, *["-"] * (len(measured.servers) - 1), "200"])
    heads = ["", *measured.servers, "to reach"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    size = f"{measured.posts:,} posts from {measured.feeds} feeds; a front page of {measured.front_bytes:,} bytes"
    asked = f"{READERS} readers; without a pause: {tool()}"
    how = f"{size}. {asked}. An update asks all feeds and takes in {min(MOVED, measured.feeds)} new posts."
    return "\n".join([how, "", *(f"| {' | '.join(line)} |" for line in lines)])


def _figures(measured: Measured) -> list[tuple[str, str, Callable[[Served], str]]]:
    """The rows of the table: what it is, what is to be reached, and the figure of a server."""
    ours = measured.servers[OURS]
    return [
        ("front page, without a pause, while updating: a second", "", lambda one: f"{one.front.rate:,.0f}"),
        ("the same, beside broadsheet", "", lambda one: f"{one.front.rate / ours.front.rate:.3f} x"),
        ("the same, p50 / p95 / p99 ms", "p95 20", lambda one: _waits(one.front)),
        ("front page, each reader one a second, p50 / p95 / p99 ms", "p95 20", lambda one: _waits(one.paced)),
        ("page of a post, without a pause: a second", "1,500", lambda one: f"{one.story.rate:,.0f}"),
        ("the same, beside broadsheet", "", lambda one: f"{one.story.rate / ours.story.rate:.3f} x"),
        ("CPU of the server for a front page / a post's page, ms", "", _cpu),
        ("peak memory of the server, MiB", "200", lambda one: f"{one.peak_mib:.0f}" if one.peak_mib else "-"),
        ("requests not answered with a page", "0", lambda one: f"{one.failed:,}"),
        ("updates beside the front page: how many, median s", "", lambda one: _rounds(one.rounds)),
    ]


def _cpu(one: Served) -> str:
    return " / ".join(f"{spent:.2f}" for spent in one.cpu_ms) if one.cpu_ms else "-"


def _rounds(rounds: Sequence[float]) -> str:
    return f"{len(rounds)}, {median(rounds):.0f}" if rounds else "-"


def _waits(load: Load) -> str:
    return f"{load.p50:,.1f} / {load.p95:,.1f} / {load.p99:,.1f}"
