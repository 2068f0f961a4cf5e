"""What a search finds and how fast, while another process writes to the store; beside it the library reader.

Where a PostgreSQL server answers, the same is measured on a store there, in a schema that is dropped at the end.
Recall is measured on the sample posts of `../shared` where they are, else on made-up posts; speed on made-up posts in
which words stand together by chance, and on those of the feeds of the other measures, which have sentences.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from html import unescape
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple, TypeAlias

from bench.contestants import HERE, PEERS
from bench.cost import BenchError, run
from bench.feeds import make_feed
from bench.news import Post, make_posts, make_words
from bench.recall import draw, read_posts, recall
from broadsheet.errors import ConfigError, StoreError
from broadsheet.model import Batch, CleanEntry, Feed, FeedState, Revision, SafeHtml, feed_id
from broadsheet.store import Order, Store, open_store

QUESTIONS = 1000
TIMED = 300  # questions in each order
BESIDE = 2000  # posts that reader holds, too: it takes them one by one
FEEDS = 300
ENTRIES = 20  # of a feed
TAG = re.compile("<[^>]*>")
PORTION = 500  # posts a transaction, as in an update
LARGEST_INDEX = 1.3  # times the text
SAMPLES = HERE.parents[1] / "shared" / "data" / "posts" / "raw"
EVERYTHING = 1_000_000
POSTGRES = os.environ.get("BROADSHEET_POSTGRES", "postgresql:///postgres")

Questions: TypeAlias = Mapping[str, Sequence[str]]
"""Questions by what they are."""


class Measured(NamedTuple):
    """The figures; latencies in milliseconds by what is asked, `peer` those of reader with its recall and ours."""

    recall: float
    cut_recall: float
    source: str
    latency: Mapping[str, Sequence[float]]
    index_share: float
    peer: Sequence[float]
    peer_recall: float
    own_recall: float
    on_postgres: "OnPostgres | None" = None


class OnPostgres(NamedTuple):
    """The same figures of a store on PostgreSQL, and how many posts a second were stored there."""

    recall: float
    latency: Mapping[str, Sequence[float]]
    index_share: float
    rate: float


def measure(posts: int) -> Measured:
    """Measure everything in a folder that is removed at the end.

    Raises:
        BenchError: less is found, or the index is larger, than promised.
    """
    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        folder = Path(work)
        samples, source = sample_posts(folder / "imported.db")
        with open_store(str(folder / "samples.db"), create=True) as store:
            fill(store, samples)
            found, cut_found = (_recall(store, samples, cut=cut) for cut in (False, True))
        with open_store(str(folder / "paper.db"), create=True) as store:
            size = fill(store, make_posts(posts))
            index = store.sizes()["index"] / size
            latency = time_while_writing(store, str(folder / "paper.db"), posts, _asked())
        with open_store(str(folder / "feeds.db"), create=True) as store:
            fill(store, feed_posts(posts))
            asked = {"runs of sentences": draw(list(feed_posts(PORTION)), TIMED, cut=False)}
            latency |= time_while_writing(store, str(folder / "feeds.db"), posts, asked)
        peer, peer_recall, own_recall = beside(folder, min(posts, BESIDE))
    theirs = measure_on_postgres(samples, posts)
    measured = Measured(found, cut_found, source, latency, index, peer, peer_recall, own_recall, theirs)
    require(measured)
    return measured


def measure_on_postgres(samples: Sequence[Post], posts: int) -> OnPostgres | None:
    """Measure recall, speed and size there; nothing where no server answers."""
    try:
        with schema("samples") as address, open_store(address, create=True) as store:
            fill(store, samples)
            found = _recall(store, samples, cut=False)
    except (StoreError, ConfigError) as error:
        print(f"bench: no figures of PostgreSQL: {error}", file=sys.stderr)
        return None
    with schema("paper") as address, open_store(address, create=True) as store:
        start = perf_counter()
        size = fill(store, make_posts(posts))
        rate = posts / (perf_counter() - start)
        sql(address, "VACUUM ANALYZE {}.search")  # what its own housekeeping does within minutes
        index = store.sizes()["index"] / size
        return OnPostgres(found, time_while_writing(store, address, posts, _asked()), index, rate)


@contextmanager
def schema(name: str) -> Iterator[str]:
    """Where a store can be made that is gone at the end."""
    address = f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}schema=bench_{name}_{os.getpid()}"
    try:
        yield address
    finally:
        with suppress(StoreError, ImportError):
            sql(address, "DROP SCHEMA IF EXISTS {} CASCADE")


def sql(address: str, statement: str) -> None:
    """Run a statement about the schema of an address."""
    from broadsheet.store.engines.postgres import Postgres

    engine = Postgres(address, timeout_s=60)
    engine.script("SET client_min_messages TO warning")
    engine.script(statement.format(address.rpartition("=")[2]))
    engine.close()


def sample_posts(scratch: Path) -> tuple[list[Post], str]:
    """The posts that recall is measured on, and what they are."""
    samples, digest = read_posts(SAMPLES, scratch)
    if samples:
        return samples, f"{len(samples)} sample posts ({digest})"
    return list(make_posts(100)), "100 made-up posts"


def feed_posts(count: int) -> Iterator[Post]:
    """The posts of the feeds of measure (a), feed by feed."""
    feeds = -(-count // ENTRIES)
    items = (item for number in range(feeds) for item in make_feed(number, ENTRIES).items)
    for number, item in enumerate(islice(items, count)):
        yield Post(f"{number:08}", item.title, unescape(TAG.sub("", item.body)), item.published)


def fill(store: Store, posts: Iterable[Post]) -> int:
    """Store posts some at a time; the bytes of their text."""
    size, left = 0, iter(posts)
    while portion := list(islice(left, PORTION)):
        size += sum(len(f"{post.title}{post.body}".encode()) for post in portion)
        store.apply(_batches(portion))
    return size


def write_on(path: str, first: int) -> None:
    """Write posts into a store until this process is ended: what an update does while somebody searches."""
    with open_store(path) as store:
        print("writing", flush=True)
        for seed in count(first):
            fill(store, (post._replace(id=f"{seed}-{post.id}") for post in make_posts(2 * PORTION, seed=seed)))


def _asked() -> Questions:
    return {
        "words": make_words(TIMED),
        "runs of 1 to 6 characters": draw(list(make_posts(PORTION)), TIMED, cut=False),
    }


def time_while_writing(store: Store, path: str, posts: int, asked: Questions) -> dict[str, list[float]]:
    """Milliseconds of every question in either order, as a reader waits for them."""
    orders: tuple[Order, ...] = ("newest", "best")
    script = f"from bench.searching import write_on; write_on({path!r}, {posts})"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=HERE.parent) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        try:
            return {
                f"{order} 20, {what}": [_time(store, question, order) for question in questions]
                for what, questions in asked.items()
                for order in orders
            }
        finally:
            writer.kill()


def _time(store: Store, question: str, order: Order) -> float:
    start = perf_counter()
    store.search(f'"{question}"', limit=20, order=order)
    return 1000 * (perf_counter() - start)


def beside(folder: Path, posts: int) -> tuple[list[float], float, float]:
    """Ask reader what we are asked, of the same posts: its milliseconds, its recall and ours."""
    made = list(make_posts(posts))
    questions = draw(made, QUESTIONS // 10, cut=False)
    (folder / "posts.json").write_text(json.dumps(made, default=str), "utf-8")
    (folder / "questions.json").write_text(json.dumps(questions), "utf-8")
    script = [PEERS / "bin" / "python", HERE / "reader_peer.py"]
    run([*script, "take", folder / "reader.db", folder / "posts.json"])
    answers = json.loads(run([*script, "ask", folder / "reader.db", folder / "questions.json"]).output)
    found = {question: set(ids) for question, (_, ids) in zip(questions, answers, strict=True)}
    theirs = recall(made, questions, found.__getitem__, cut=False)
    with open_store(str(folder / "beside.db"), create=True) as store:
        fill(store, made)
        ours = recall(made, questions, lambda question: ask(store, question), cut=False)
    return [spent for spent, _ in answers], theirs, ours


def ask(store: Store, question: str) -> set[str]:
    """The ids of all posts in which a run of characters is found."""
    hits = store.search(f'"{question}"', limit=EVERYTHING)
    return {hit.id.rpartition("-")[2] for hit in hits}


def _recall(store: Store, posts: Sequence[Post], *, cut: bool) -> float:
    return recall(posts, draw(posts, QUESTIONS, cut=cut), lambda question: ask(store, question), cut=cut)


def require(measured: Measured) -> None:
    """Refuse figures short of what is promised."""
    theirs = measured.on_postgres.recall if measured.on_postgres else 1.0
    if min(measured.recall, measured.own_recall, theirs) < 1:
        message = f"a search finds {measured.recall:.4f} and {measured.own_recall:.4f} of what a scan finds"
        message += f", on PostgreSQL {theirs:.4f}"
        raise BenchError(message)
    if measured.index_share > LARGEST_INDEX:
        message = f"the index is {measured.index_share:.2f} times the text"
        raise BenchError(message)


def percentile(spent: Sequence[float]) -> float:
    """The 99th percentile."""
    return quantiles(spent, n=100)[-1]


def block(measured: Measured, posts: int) -> str:
    """The table."""
    rows = [
        (f"recall, {QUESTIONS:,} runs of 1 to 6 characters of {measured.source}", f"{measured.recall:.4f}"),
        ("the same, runs that cut Latin words and numbers among them", f"{measured.cut_recall:.4f}"),
    ]
    rows += _speeds(measured.latency, f"of {posts:,} posts")
    rows.append(("index, beside the text", f"{measured.index_share:.2f} x"))
    rows.append((f"recall of {min(posts, BESIDE):,} posts, broadsheet", f"{measured.own_recall:.4f}"))
    rows.append(("the same, reader 3.26", f"{measured.peer_recall:.4f}"))
    rows.append(("reader, first 20, p50 / p99", f"{median(measured.peer):.2f} / {percentile(measured.peer):.2f} ms"))
    if there := measured.on_postgres:
        rows.append(("PostgreSQL: recall of the same runs as in the first row", f"{there.recall:.4f}"))
        rows += _speeds(there.latency, f"PostgreSQL, of {posts:,} posts")
        rows.append(("PostgreSQL: index with the words it looks at, beside the text", f"{there.index_share:.2f} x"))
        rows.append((f"PostgreSQL: {posts:,} posts stored and indexed, a second", f"{there.rate:,.0f}"))
    return "\n".join(["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in rows)])


def _speeds(latency: Mapping[str, Sequence[float]], of: str) -> list[tuple[str, str]]:
    return [
        (f"{name}, {of} while another process writes, p50 / p99", f"{median(spent):.2f} / {percentile(spent):.2f} ms")
        for name, spent in latency.items()
    ]


def _batches(posts: Sequence[Post]) -> list[Batch]:
    of_feed: dict[int, list[Post]] = {}
    for number, post in enumerate(posts):
        of_feed.setdefault(number % FEEDS, []).append(post)
    return [_batch(number, of_one) for number, of_one in of_feed.items()]


def _batch(number: int, posts: Sequence[Post]) -> Batch:
    address = f"https://host{number}.example/feed.xml"
    feed = Feed(
        id=feed_id(address), address=address, section=("新媒体",), added_at=posts[0].published, state=FeedState()
    )
    return Batch(feed=feed, outcome="changed", revisions=tuple(_revision(post) for post in posts))


def _revision(post: Post) -> Revision:
    text = f"{post.title}\n{post.body}"
    return Revision(
        post_id=f"{post.published:%Y%m%d}-{post.id}",
        entry_id=post.id,
        entry_digest=post.id,
        digest=post.id,
        reason="new",
        seen_at=post.published,
        published=post.published,
        clean=CleanEntry(title=post.title, html=SafeHtml(""), text=text, summary=post.body[:120]),
    )
