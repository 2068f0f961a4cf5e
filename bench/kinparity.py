"""Copies and stories of an archive beside those of a newspaper: rows that have to be the same, byte for byte.

`python -m bench.kinparity FOLDER WAY` finds the kin of the posts there in one way, and prints digests as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bench.cluster import NODES, nodes, python_with_ray
from bench.cost import BenchError, run
from bench.townposts import A_DAY, Town
from broadsheet.clean import clean_entry
from broadsheet.demo.sample import MOMENTS, documents
from broadsheet.model import Batch, CleanEntry, Feed, ParsedEntry, PostText, Revision, SafeHtml, post_id
from broadsheet.parse import parse_feed
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.scale.archive.crew import Crew, do_work
from broadsheet.scale.archive.kin.finding import find_kin
from broadsheet.scale.archive.kin.tables import EDGES, STORIES, edge_row, schema_of, story_rows, write_table
from broadsheet.store import Store, open_store

Rows = dict[str, list[bytes]]
"""The rows of each table as JSON, in order."""

TABLES = {EDGES: ("first", "second"), STORIES: ("story_id", "place")}
"""The tables that are compared, and what their rows are ordered by. Copies are edges once more."""


POSTS, GENERATED = "posts.json", 20_000
WAYS = {
    "a newspaper, in the order of publication": "newspaper",
    "an archive, one process": "one",
    "an archive, two processes by Daft": "native",
    "an archive, Daft on two nodes of Ray": "ray",
}


class Found(NamedTuple):
    """What one way found: rows of each table, digests of rows and of files; workers are processes or nodes."""

    rows: dict[str, int]
    digest: str
    files: str
    workers: int


def measure(folder: Path, generated: int = GENERATED) -> dict[str, Found]:
    """Find the kin of the sample posts and of so many generated ones, in every way.

    Raises:
        BenchError: the ways do not agree.
    """
    town = Town()
    days = range(-(-generated // A_DAY))
    made = [PostText(**row) for day in days for row in town.day(day, min(A_DAY, generated - day * A_DAY))]
    (folder / POSTS).write_bytes(msgspec.json.encode([*sample_posts(), *made]))
    found = {name: _in_its_own_process(folder, way) for name, way in WAYS.items()}
    if len({one.digest for one in found.values()}) > 1 or len({one.files for one in found.values() if one.files}) > 1:
        raise BenchError("the ways do not agree:\n" + block(found))
    return found


def sample_posts() -> list[PostText]:
    """The posts of the sample edition, of entries of one id the last."""
    texts = (
        _sample_post(name, entry)
        for name, document in documents("evening", "https://plates.example/").items()
        for entry in parse_feed(document.body, document.type).entries
    )
    return list({text.post_id: text for text in texts}.values())


def _sample_post(name: str, entry: ParsedEntry) -> PostText:
    clean = clean_entry(entry, "https://outlet.example/")
    published = entry.published or MOMENTS["evening"]
    return PostText(
        post_id=post_id(name, entry.id or clean.title, published),
        feed_id=name.replace(".", "-"),
        published=published,
        language=clean.language,
        title=clean.title,
        text=clean.text,
    )


def block(found: Mapping[str, Found]) -> str:
    """The table."""
    tables = list(TABLES)
    lines = [
        f"| {name} | {' | '.join(f'{one.rows[table]:,}' for table in tables)} | {one.workers} | `{one.digest}` | "
        f"{f'`{one.files}`' if one.files else '-'} |"
        for name, one in found.items()
    ]
    head = f"| | {' | '.join(f'rows of {table}' for table in tables)} | workers | digest of rows | digest of files |"
    return "\n".join([head, f"| --- |{' ---: |' * (len(tables) + 1)} --- | --- |", *lines])


def find(folder: Path, way: str) -> Found:
    """Find kin in one way."""
    posts = msgspec.json.decode((folder / POSTS).read_bytes(), type=list[PostText])
    if way == "newspaper":
        with open_store(str(folder / "broadsheet.db"), create=True) as store:
            rows = newspaper_rows(store, posts)
        return Found({table: len(rows[table]) for table in TABLES}, digest_of_rows(rows), "", 1)
    archive = folder / way
    files = write_posts(archive, posts, 4)
    with _crew(way) as crew:
        report = find_kin(archive, files, crew)
        workers = {where for _, where in do_work(_where, list("abcdefgh"), crew)}
    rows = archive_rows(archive)
    digest = blake2b(" ".join(file.digest for file in report.files).encode(), digest_size=8).hexdigest()
    return Found({table: len(rows[table]) for table in TABLES}, digest_of_rows(rows), digest, len(workers))


@contextmanager
def _crew(way: str) -> Iterator[Crew]:
    if way != "ray":
        yield Crew(processes=2 if way == "native" else 1)
        return
    with nodes() as cluster:
        yield Crew(runner="ray", processes=NODES, address=cluster.address)


def _where(_order: str) -> str:
    """Name who works: a process, or the node of a cluster."""
    time.sleep(0.2)
    if "ray" not in sys.modules:
        return str(os.getpid())
    import ray

    return str(ray.get_runtime_context().get_node_id())


def _in_its_own_process(folder: Path, way: str) -> Found:
    python = python_with_ray() if way == "ray" else sys.executable
    return Found(**json.loads(run([python, "-m", "bench.kinparity", folder, way]).output.splitlines()[-1]))


def newspaper_rows(store: Store, posts: Sequence[PostText]) -> Rows:
    """Let posts arrive in the order of publication, make stories of them, and give the rows an archive would have."""
    ordered = sorted(posts, key=lambda post: (post.published, post.post_id))
    arrive(store, ordered)
    group_new(store, ordered[-1].published)
    return kept_rows(store, posts)


def kept_rows(store: Store, posts: Sequence[PostText]) -> Rows:
    """Read the rows that an archive of these posts would have."""
    published = {post.post_id: post.published for post in posts}
    edges = store.edges([post.post_id for post in posts])
    stories = [store.story(ref.id) for ref in store.story_refs() if not ref.is_alone]
    return {
        EDGES: _sorted(EDGES, (edge_row(edge, published[edge.second]) for edge in edges)),
        STORIES: _sorted(STORIES, (row for story in stories for row in story_rows(story, published))),
    }


def archive_rows(folder: Path) -> Rows:
    """Read the rows of an archive."""
    from pyarrow import dataset

    return {
        table: _sorted(table, dataset.dataset(folder / table, schema_of(table), "parquet").to_table().to_pylist())
        for table in TABLES
    }


def digest_of_rows(rows: Rows) -> str:
    """Sum up rows."""
    return blake2b(b"\n".join(row for table in sorted(rows) for row in rows[table]), digest_size=8).hexdigest()


def write_posts(folder: Path, posts: Sequence[PostText], files: int = 1) -> dict[str, str]:
    """Write posts as an archive has them, in so many files, in no order of time; gives the digest of each."""
    import pyarrow as pa

    written = []
    for number in range(files):
        some = posts[number::files]
        columns = {
            name: [getattr(post, name) for post in some] for name in PostText.__struct_fields__ if name != "image"
        }
        for month in sorted({f"{post.published:%Y-%m}" for post in some}):
            chosen = [place for place, post in enumerate(some) if f"{post.published:%Y-%m}" == month]
            table = pa.table({name: [values[place] for place in chosen] for name, values in columns.items()})
            written.append(write_table(folder, f"posts/month={month}/unit-{number:04}.parquet", table))
    return {file.path: file.digest for file in written}


def _sorted(table: str, rows: Iterable[dict[str, Any]]) -> list[bytes]:
    ordered = sorted(rows, key=lambda row: [row[name] for name in TABLES[table]])
    return [msgspec.json.encode({name: row[name] for name in schema_of(table).names}) for row in ordered]


def arrive(store: Store, posts: Sequence[PostText]) -> None:
    """Let posts arrive in this order."""
    feeds = {post.feed_id for post in posts}
    made = {
        name: Feed(id=name, address=f"https://{name}.example/feed", added_at=posts[0].published) for name in feeds
    }
    store.add_feeds(made.values())
    for start in range(0, len(posts), 200):
        some = posts[start : start + 200]
        store.apply(
            [Batch(feed=made[post.feed_id], outcome="changed", revisions=(_revision(post),)) for post in some]
        )


def _revision(post: PostText) -> Revision:
    return Revision(
        post_id=post.post_id,
        entry_id=post.post_id,
        entry_digest="",
        digest=blake2b(f"{post.title}\0{post.text}".encode(), digest_size=8).hexdigest(),
        reason="new",
        seen_at=post.published,
        published=post.published,
        clean=CleanEntry(title=post.title, html=SafeHtml(""), text=post.text, summary="", language=post.language),
        original=b"",
    )


if __name__ == "__main__":
    print(json.dumps(find(Path(sys.argv[1]), sys.argv[2])._asdict()))
