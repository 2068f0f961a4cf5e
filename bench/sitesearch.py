"""What it takes to search a published site without a server, and what its index costs.

The index is read by the reference reader of the tests, which reads what the script in a browser reads. The questions
are pieces of one to four characters of posts; what should be found is what a scan of all folded texts finds.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import NamedTuple

from tests.publish.search.indexreader import IndexReader, squeezed

from bench.contestants import NO_SEARCH, broadsheets
from bench.cost import BenchError, Cost, middle
from bench.feeds import write_feeds
from bench.measures import set_site_aside
from bench.server import serve
from broadsheet.publish.search.terms import STOP
from broadsheet.store import folding, open_store

QUESTIONS = 200
LONGEST = 4
MOST_BYTES = 20_000


class Found(NamedTuple):
    """What questions came to: the bytes that each took, and of all posts found or to be found how many were right."""

    transfers: Sequence[int]
    recall: float
    precision: float


class Measured(NamedTuple):
    """One site: its costs with the index and without, the size of its parts, and what questions came to."""

    costs: Mapping[str, Sequence[Cost]]
    posts: int
    text_bytes: int
    sizes: Sequence[int]
    site_files: int
    found: Found


def measure(posts: int, entries: int, runs: int, work: Path) -> Measured:
    """Fill a store, publish it with and without an index, and ask.

    Raises:
        BenchError: a post was not found that holds what was asked for, or a question took too many bytes.
    """
    ours = broadsheets()[0]
    paper, source = work / "paper", work / "feeds"
    feeds = write_feeds(source, posts // entries, entries)
    costs: dict[str, list[Cost]] = {name: [] for name in ("without", "with", "one more without", "one more with")}
    with serve(source) as server:
        ours.cold(paper, feeds, server.address)
        for run in range(2 * runs):
            kind = ("without", "with")[run % 2]
            environ = NO_SEARCH if kind == "without" else {}
            set_site_aside(paper, run)
            costs[kind].append(ours.build(paper, environ))
            write_feeds(source, 1, entries, bumped=run + 1)
            ours.update(paper)
            costs[f"one more {kind}"].append(ours.build(paper, environ))
    texts = texts_of(paper / "broadsheet.db")
    site = paper / "site"
    files = [path.stat().st_size for path in site.resolve().rglob("search/**/*") if path.is_file()]
    found = ask(IndexReader(lambda path: (site / "search" / path).read_bytes(), folding().fold), texts)
    require(found)
    return Measured(
        costs=costs,
        posts=len(texts),
        text_bytes=sum(len(text.encode()) for text in texts.values()),
        sizes=files,
        site_files=sum(path.is_file() for path in site.resolve().rglob("*")),
        found=found,
    )


def texts_of(file: Path) -> dict[str, str]:
    """Read the text of every post."""
    with open_store(str(file)) as store:
        return {key: post.text for key, post in store.texts([ref.id for ref in store.refs()]).items()}


def ask(reader: IndexReader, texts: Mapping[str, str]) -> Found:
    """Ask for pieces of the posts, and compare with a scan."""
    fold = folding().fold
    runs = {key: squeezed(fold(text)) for key, text in texts.items()}
    random = Random(5)
    transfers: list[int] = []
    wanted_in_all = found_in_all = right = 0
    for _ in range(QUESTIONS):
        piece = _piece(random, list(runs.values()))
        found = set(reader.find(piece))
        wanted = {key for key, run in runs.items() if piece in run}
        wanted_in_all, found_in_all = wanted_in_all + len(wanted), found_in_all + len(found)
        right += len(wanted & found)
        transfers.append(reader.transfer(piece))
    return Found(transfers, right / wanted_in_all, right / found_in_all)


def _piece(random: Random, runs: Sequence[str]) -> str:
    while True:
        run = random.choice(runs)
        start = random.randrange(len(run))
        piece = run[start : start + random.randint(1, LONGEST)]
        if all("\u0800" <= character != STOP for character in piece):
            return piece


def require(found: Found) -> None:
    """Refuse figures beyond what is promised."""
    if found.recall < 1 or max(found.transfers) > MOST_BYTES:
        message = f"search on the site: recall {found.recall:.4f}, at most {max(found.transfers)} bytes a question"
        raise BenchError(message)


def block(measured: Measured) -> str:
    """The table."""
    cpu = {name: middle(runs).cpu_s for name, runs in measured.costs.items()}
    found, size = measured.found, sum(measured.sizes)
    share = 100 * size / measured.text_bytes
    rows = [
        ("bytes a question takes with its first ten hits, median", f"{median(found.transfers):,.0f}"),
        ("the same, 99th percentile", f"{quantiles(found.transfers, n=100)[-1]:,.0f}"),
        ("the same, most", f"{max(found.transfers):,}"),
        ("found of what a scan finds", f"{found.recall:.4f}"),
        ("of what is found, a scan finds too", f"{found.precision:.4f}"),
        ("the index on disk, beside the text", f"{size / 1e6:.1f} MB, {share:.0f} %"),
        ("files of the index, of all files", f"{len(measured.sizes):,} of {measured.site_files:,}"),
        ("full site, CPU s without and with the index", f"{cpu['without']:.2f}, {cpu['with']:.2f}"),
        ("after one new post, CPU s", f"{cpu['one more without']:.2f}, {cpu['one more with']:.2f}"),
    ]
    lines = ["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in rows)]
    how = f"{measured.posts:,} posts, {QUESTIONS} questions of one to {LONGEST} characters that posts hold."
    return "\n".join([how, "", *lines])
