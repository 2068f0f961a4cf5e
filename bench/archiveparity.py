"""Posts and facts of an archive beside those of a newspaper: rows that have to be the same, byte for byte.

The feeds of the sample edition, in both states, and generated ones, each in two states, so that entries come again,
edited and new. `python -m bench.archiveparity FOLDER WAY` reads them in one way, and prints digests as JSON.
"""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bench.cluster import nodes, python_with_ray
from bench.cost import BenchError, run
from bench.feeds import NEWEST, make_feed, render
from broadsheet.annotate import curated_book
from broadsheet.demo.sample import MOMENTS, documents
from broadsheet.model import Annotations, Feed, FeedState, Known, Post, Response, Task, feed_id
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.pipeline.workers.process import NO_PAGES, process
from broadsheet.scale.archive.build import Wish, build_archive
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.reading import named, portions, settled
from broadsheet.scale.archive.rows import Row, revision_of
from broadsheet.scale.archive.schema import FACT_KINDS, FACTS, fact_column
from broadsheet.store import Store, open_store

GENERATED = 20_000
ENTRIES = 20
EDITED = "（更新）"
DUMP = "dump.jsonl"
NOW = NEWEST + timedelta(days=3)
WAYS = {
    "a newspaper, feed after feed": "newspaper",
    "an archive, a pool of two processes": "processes",
    "an archive, Daft, two processes": "native",
    "an archive, Daft on two nodes of Ray": "ray",
}

Rows = dict[str, list[bytes]]
"""Rows of posts, of all their revisions and of facts, as JSON, in order."""


class Dumped(NamedTuple):
    """A feed's document as a server gave it."""

    url: str
    fetched_at: datetime
    content_type: str
    body: bytes


class Found(NamedTuple):
    """What one way made: rows of each table, digests of rows and of files."""

    rows: dict[str, int]
    digest: str
    files: str


def measure(folder: Path, generated: int = GENERATED) -> dict[str, Found]:
    """Read the same documents in every way.

    Raises:
        BenchError: the ways do not agree.
    """
    with (folder / DUMP).open("wb") as file:
        for one in dumped(generated):
            told = one._asdict() | {"body_base64": b64encode(one.body).decode()}
            file.write(msgspec.json.encode({name: value for name, value in told.items() if name != "body"}) + b"\n")
    found = {name: _in_its_own_process(folder, way) for name, way in WAYS.items()}
    if len({one.digest for one in found.values()}) > 1 or len({one.files for one in found.values() if one.files}) > 1:
        raise BenchError("the ways do not agree:\n" + block(found))
    return found


def dumped(generated: int) -> Iterator[Dumped]:
    """The documents in the order in which a newspaper would ask for them."""
    for state, moment in MOMENTS.items():
        for name, document in documents(state, "https://plates.example/").items():
            yield Dumped(f"https://outlet.example/feeds/{name}", moment, document.type, document.body)
    for bumped, moment in ((0, NEWEST), (2, NEWEST + timedelta(days=2))):
        for number in range(-(-generated // (ENTRIES + 2))):
            feed = make_feed(number, ENTRIES, bumped)
            body = render(feed)
            if bumped and number % 5 == 0:
                body = body.replace("，".encode(), EDITED.encode(), 400)
            kind = "application/feed+json" if feed.name.endswith("json") else "application/xml"
            yield Dumped(f"https://town.example/{feed.name}", moment, kind, body)


def find(folder: Path, way: str) -> Found:
    """Read the documents in one way."""
    if way == "newspaper":
        with open_store(str(folder / "broadsheet.db"), create=True) as store:
            _poll(store, _read(folder / DUMP))
            annotate_new(store, UTC)
            rows, files = newspaper_rows(store), ""
    else:
        with _cluster(way) as address:
            wish = Wish(
                now=NOW,
                book=curated_book(),
                runner="ray" if way == "ray" else "native" if way == "native" else "processes",
                processes=2,
                cluster=address,
                slice_bytes=4 * 2**20,
            )
            build_archive([folder / DUMP], folder / way, wish)
        rows, files = archive_rows(folder / way), digest_of_files(folder / way)
    counts = {table: len(some) for table, some in rows.items()}
    return Found(counts, digest_of_rows(rows), files)


@contextmanager
def _cluster(way: str) -> Iterator[str | None]:
    if way != "ray":
        yield None
        return
    with nodes() as cluster:
        yield cluster.address


def _read(path: Path) -> Iterator[Dumped]:
    with path.open("rb") as file:
        for told in map(msgspec.json.decode, file):
            body = b64decode(told.pop("body_base64"))
            moment = datetime.fromisoformat(told["fetched_at"]).astimezone(UTC)
            yield Dumped(told["url"], moment, told["content_type"], body)


def _poll(store: Store, answers: Iterable[Dumped]) -> None:
    """Let a newspaper ask for each document at its time."""
    for one in answers:
        key = feed_id(one.url)
        state = FeedState(standing="imported")
        feed = Feed(id=key, address=one.url, added_at=one.fetched_at, state=state)
        store.add_feed(feed)
        answer = Response(
            address=one.url,
            final_address=one.url,
            status=200,
            headers={"content-type": one.content_type},
            body=one.body,
            received_at=one.fetched_at,
        )
        known = Known(feed=feed, entries=store.known_entries(key))
        store.apply([process(Task(known=known, response=answer, fulltext=NO_PAGES, now=one.fetched_at))])


def newspaper_rows(store: Store) -> Rows:
    """What a newspaper has of its posts, of each of their revisions, and of facts."""
    rows: Rows = {"posts": [], "revisions": [], "facts": []}
    for ref in sorted(store.refs(), key=lambda ref: ref.id):
        post = store.post(ref.id)
        rows["posts"].append(_post(post))
        for original, version in zip(store.revisions(ref.id), store.versions(ref.id), strict=True):
            told = [ref.id, original.number, original.seen_at, original.reason, version.html, version.text]
            rows["revisions"].append(_line([*told, original.body, original.media_type, original.base_url]))
        for found in store.facts.of([ref.id]).values():
            rows["facts"] += _facts(post, found)
    return rows


def archive_rows(folder: Path) -> Rows:
    """What an archive has of the same."""
    rows: Rows = {"posts": [], "revisions": [], "facts": []}
    sights = _sights(folder)
    current = set()
    for post_id in sorted(sights):
        revisions = sorted(sights[post_id], key=lambda one: one[0])
        rows["posts"].append(_post(_as_post(revisions)))
        current.add((revisions[-1][1]["unit"], revisions[-1][1]["row"]))
        for number, row in revisions:
            told = [post_id, number, row["seen_at"], row["reason"], row["html"], row["text"]]
            rows["revisions"].append(_line([*told, row["original"], row["media_type"], row["base_url"]]))
    facts: dict[str, list[bytes]] = {}
    for row in _all_rows(folder, "facts"):
        if (row["unit"], row["row"]) in current:
            facts.setdefault(row["post_id"], []).append(_fact(row["post_id"], row))
    rows["facts"] = [line for post_id in sorted(facts) for line in facts[post_id]]
    return rows


def _sights(folder: Path) -> dict[str, list[tuple[int, Row]]]:
    """The revisions of each post, settled, with their numbers."""
    places = settled(folder)
    found: dict[str, list[tuple[int, Row]]] = {}
    for row in _all_rows(folder, "posts"):
        place = places.get((row["unit"], row["row"]))
        if place is None:
            found.setdefault(row["post_id"], []).append((1, row))
        elif place.state != "again":
            found.setdefault(place.post_id, []).append((place.revision, named(row, place)))
    return found


def _all_rows(folder: Path, table: str) -> Iterator[Row]:
    return (row for name in load_manifest(folder).files(table) for some in portions(folder / name) for row in some)


def _as_post(revisions: Sequence[tuple[int, Row]]) -> Post:
    """Make of the rows of a post what a store gives of it."""
    number, row = revisions[-1]
    made, clean = revision_of(row), revision_of(row).clean
    return Post(
        id=made.post_id,
        feed_id=row["feed_id"],
        entry_id=made.entry_id,
        title=clean.title,
        html=clean.html,
        text=clean.text,
        summary=clean.summary,
        link=clean.link,
        language=clean.language,
        image=clean.image,
        authors=made.authors,
        categories=made.categories,
        enclosures=made.enclosures,
        comments=made.comments,
        published=made.published,
        updated=made.updated,
        first_seen=revision_of(revisions[0][1]).seen_at,
        changed_at=made.seen_at,
        revision=number,
        digest=made.digest,
        changes=clean.changes,
    )


def _post(post: Post) -> bytes:
    return msgspec.json.encode(post)


def _facts(post: Post, found: Annotations) -> list[bytes]:
    return [
        _fact(
            post.id,
            {"kind": kind} | {fact_column(kind, name): getattr(fact, name) for name in fact.__struct_fields__},
        )
        for kind, (field, _) in FACT_KINDS.items()
        for fact in getattr(found, field)
    ]


def _fact(post_id: str, row: Mapping[str, Any]) -> bytes:
    """Write a fact; what its kind does not have is null, as in the table."""
    names = [name for name in FACTS if name not in {"unit", "row", "post_id", "feed_id", "published"}]
    return _line([post_id, *(row.get(name) for name in names)])


def _line(values: Sequence[object]) -> bytes:
    return msgspec.json.encode(values)


def digest_of_rows(rows: Rows) -> str:
    """Sum up rows."""
    return blake2b(b"\n".join(row for table in sorted(rows) for row in rows[table]), digest_size=8).hexdigest()


def digest_of_files(folder: Path) -> str:
    """Sum up the files of an archive."""
    manifest = load_manifest(folder)
    files = sorted(f"{path} {digest}" for unit in manifest.units for path, digest in unit.files.items())
    tables = sorted(f"{path} {digest}" for path, digest in manifest.tables.items())
    return blake2b("\n".join([*files, *tables]).encode(), digest_size=8).hexdigest()


def block(found: Mapping[str, Found]) -> str:
    """The table."""
    tables = list(next(iter(found.values())).rows)
    lines = [
        f"| {name} | {' | '.join(f'{one.rows[table]:,}' for table in tables)} | `{one.digest}` | "
        f"{f'`{one.files}`' if one.files else '-'} |"
        for name, one in found.items()
    ]
    head = f"| | {' | '.join(tables)} | digest of rows | digest of files |"
    return "\n".join([head, f"| --- |{' ---: |' * len(tables)} --- | --- |", *lines])


def _in_its_own_process(folder: Path, way: str) -> Found:
    python = python_with_ray() if way == "ray" else Path(sys.executable)
    done = run([python, "-m", "bench.archiveparity", folder, way])
    return Found(**json.loads(done.output.splitlines()[-1]))


if __name__ == "__main__":
    print(json.dumps(find(Path(sys.argv[1]), sys.argv[2])._asdict()))
