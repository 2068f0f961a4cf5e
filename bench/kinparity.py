"""Copies and stories of an archive beside those of a newspaper: rows that have to be the same, byte for byte."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from broadsheet.model import Batch, CleanEntry, Feed, PostText, Revision, SafeHtml
from broadsheet.pipeline.stories import group_new
from broadsheet.scale.archive.kin.tables import EDGES, STORIES, edge_row, schema_of, story_rows, write_table
from broadsheet.store import Store

Rows = dict[str, list[bytes]]
"""The rows of each table as JSON, in order."""

TABLES = {EDGES: ("first", "second"), STORIES: ("story_id", "place")}
"""The tables that are compared, and what their rows are ordered by. Copies are edges once more."""


def newspaper_rows(store: Store, posts: Sequence[PostText]) -> Rows:
    """Let posts arrive in the order of publication, make stories of them, and give the rows an archive would have."""
    ordered = sorted(posts, key=lambda post: (post.published, post.post_id))
    _arrive(store, ordered)
    group_new(store, ordered[-1].published)
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


def _arrive(store: Store, posts: Sequence[PostText]) -> None:
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
