"""All facts as rows: one for each, with the post it stands in, for programs and tables."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import asdict

from broadsheet.model import Annotations, Fact, PostRef
from broadsheet.store import Store

PORTION = 200
"""Posts that are in memory at one time."""

KINDS: Final = {
    "mentions": "mention",
    "moves": "move",
    "claims": "claim",
    "responses": "response",
    "origins": "origin",
    "dates": "date",
}


def fact_rows(store: Store, since: datetime | None = None) -> Iterator[dict[str, object]]:
    """Give every fact of posts published from `since` on: the oldest post first, kind by kind, in the text's order.

    A row has `post`, `feed`, `published`, `kind`, `start`, `end`, `surface` and the fields of its kind. Spans count
    code points of the post's text. The same facts give the same rows in the same order.
    """
    refs = [ref for ref in reversed(store.refs()) if since is None or ref.published >= since]
    for start in range(0, len(refs), PORTION):
        portion = refs[start : start + PORTION]
        found = store.facts.of([ref.id for ref in portion])
        for ref in portion:
            if ref.id in found:
                yield from _rows(ref, found[ref.id])


def jsonl(store: Store, since: datetime | None = None) -> Iterator[bytes]:
    """Write the same rows as lines of JSON (UTF-8)."""
    encoder = msgspec.json.Encoder()
    for row in fact_rows(store, since):
        yield encoder.encode(row) + b"\n"


def _rows(ref: PostRef, found: Annotations) -> Iterator[dict[str, object]]:
    for field, kind in KINDS.items():
        for fact in getattr(found, field):
            yield {"post": ref.id, "feed": ref.feed_id, "published": ref.published, "kind": kind, **_fields(fact)}


def _fields(fact: Fact) -> dict[str, object]:
    """The words of a fact are its `surface`, whatever its type calls them."""
    return {"surface" if name == "quote" else name: value for name, value in asdict(fact).items()}
