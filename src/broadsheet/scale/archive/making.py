"""Documents become rows of posts and facts: the same pure functions that polls and imports go through."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import asdict

from broadsheet.errors import FeedError
from broadsheet.model import (
    Batch,
    Feed,
    FeedState,
    Known,
    KnownEntry,
    Response,
    Revision,
    Task,
    feed_id,
    host_of,
)
from broadsheet.parse import parse_feed, parse_postfile
from broadsheet.pipeline.imported import imported_batch
from broadsheet.pipeline.workers.process import NO_PAGES, process
from broadsheet.scale.archive.articles import read_article
from broadsheet.scale.archive.documents import Document, Rejected
from broadsheet.scale.archive.rows import Row, row_of
from broadsheet.scale.archive.schema import FACT_KINDS, fact_column

if TYPE_CHECKING:
    from broadsheet.annotate import NameBook

REMEMBERED: Final = 1000
"""Entries of a feed that are known from one document to the next, as between two polls."""


class Made(Struct, frozen=True):
    """What one document became: a row for each revision in it, the facts of each, and the feed that they are of."""

    feed: Feed
    posts: list[Row]
    facts: list[list[Row]]


class Annotator(Struct, frozen=True):
    """Finds facts as a paper with this book would; days are those of `zone`."""

    names: "NameBook"
    zone: tzinfo


class Maker:
    """Makes the rows of one unit; what the unit said before of an entry is known, as it is from poll to poll."""

    def __init__(self, annotator: Annotator | None) -> None:
        self._annotator = annotator
        self._known: dict[str, dict[str, KnownEntry]] = {}

    def make(self, found: Iterable[Document | Rejected]) -> Iterator[Made | Rejected]:
        """Make rows of documents one by one; whatever is in a document costs that document alone."""
        for one in found:
            if isinstance(one, Rejected):
                yield one
                continue
            try:
                yield self._made(one)
            except Exception as error:  # a stranger's bytes, met among millions: the others must not wait for them
                yield rejected(one, "internal-error", f"met a fault of ours ({error!r}); please report it")

    def _made(self, document: Document) -> Made | Rejected:
        if document.kind == "page":
            article = read_article(document)
            return article if isinstance(article, Rejected) else self._made(article)
        batch = self._batch(document)
        return batch if isinstance(batch, Rejected) else self._rows(batch, document)

    def _batch(self, document: Document) -> Batch | Rejected:
        try:
            if document.kind == "post-file":
                name = document.source.rpartition("/")[2]
                return imported_batch(parse_postfile(document.body, name), document.seen_at)
            address = document.address if "://" in document.address or document.only else _own_address(document)
        except FeedError as error:
            return rejected(document, error.reason, str(error))
        batch = process(self._task(document, address))
        failure = batch.feed.state.failure
        if failure is not None:
            return rejected(document, failure.reason, failure.message)
        self._remember(batch)
        return batch

    def _task(self, document: Document, address: str) -> Task:
        key = feed_id(address)
        held = self._known.get(key, {})
        if document.only is None:
            entries = tuple(reversed(held.values()))
        else:
            entries = tuple(held[one] for one in (document.only,) if one in held)
        title = host_of(f"//{address.partition(':')[2]}") if document.only else None
        feed = Feed(
            id=key,
            address=address,
            title=title,
            added_at=document.seen_at,
            state=FeedState(standing="imported"),
        )
        answer = Response(
            address=address,
            final_address=document.base or address,
            status=200,
            headers={"content-type": document.content_type} if document.content_type else {},
            body=document.body,
            received_at=document.seen_at,
        )
        known = Known(feed=feed, entries=entries)
        return Task(known=known, response=answer, fulltext=NO_PAGES, now=document.seen_at)

    def _remember(self, batch: Batch) -> None:
        held = self._known.setdefault(batch.feed.id, {})
        for one in batch.revisions:
            held.pop(one.entry_id, None)
            held[one.entry_id] = KnownEntry(one.entry_id, one.post_id, one.entry_digest)
        for old in list(held)[: max(0, len(held) - REMEMBERED)]:
            del held[old]

    def _rows(self, batch: Batch, document: Document) -> Made:
        place = {"source": document.source, "offset": document.offset}
        posts = [row_of(revision, batch.feed.id) | place for revision in batch.revisions]
        facts = [self._facts(revision, row) for revision, row in zip(batch.revisions, posts, strict=True)]
        return Made(batch.feed, posts, facts)

    def _facts(self, revision: Revision, row: Row) -> list[Row]:
        if self._annotator is None:
            return []
        from broadsheet.annotate import annotate_post

        published = revision.published.astimezone(self._annotator.zone)
        found = annotate_post(row["text"], row["language"] or "und", published, self._annotator.names)
        post = {name: row[name] for name in ("post_id", "feed_id", "published")}
        return [
            post | {"kind": kind} | {fact_column(kind, name): value for name, value in asdict(fact).items()}
            for kind, (field, _) in FACT_KINDS.items()
            for fact in getattr(found, field)
        ]


def rejected(document: Document, reason: str, cause: str) -> Rejected:
    """Say why a document became no post."""
    return Rejected(
        source=document.source,
        offset=document.offset,
        address=document.address,
        length=len(document.body),
        reason=reason,
        cause=cause,
    )


def _own_address(document: Document) -> str:
    """Find the address that the document of a feed says it has, so that each day's copy of it is of one feed."""
    parsed = parse_feed(document.body, document.content_type, now=document.seen_at)
    return parsed.self_link or parsed.link or f"dump:{document.address}"
