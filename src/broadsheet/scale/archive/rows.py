"""Revisions as rows of the table of posts, and back again."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final

import msgspec
from msgspec import Struct

from broadsheet.model import CleanEntry, Enclosure, Image, Person, PostText, Revision, SafeHtml
from broadsheet.store.sound import sound

Row = dict[str, Any]

_encode: Final = msgspec.json.Encoder(order="deterministic").encode


class Details(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a revision has besides columns of its own."""

    authors: tuple[Person, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None
    image: Image | None = None
    images: tuple[Image, ...] = ()
    changes: dict[str, int] = {}
    wants_page: bool = False


_read_details: Final = msgspec.json.Decoder(Details).decode


def row_of(revision: Revision, feed_id: str) -> Row:
    """Write a revision as a row; where it stands and what it came from are still to be added."""
    clean = revision.clean
    row: Row = {
        "post_id": revision.post_id,
        "feed_id": feed_id,
        "entry_id": revision.entry_id,
        "published": revision.published,
        "updated": revision.updated,
        "seen_at": revision.seen_at,
        "reason": revision.reason,
        "title": clean.title,
        "text": clean.text,
        "html": clean.html,
        "summary": clean.summary,
        "link": clean.link,
        "language": clean.language,
        "image": clean.image.url if clean.image else None,
        "authors": [author.name for author in revision.authors if author.name],
        "categories": list(revision.categories),
        "digest": revision.digest,
        "entry_digest": revision.entry_digest,
        "details": _details(revision),
        "original": revision.original,
        "media_type": revision.media_type,
        "base_url": revision.base_url,
    }
    return {name: value if isinstance(value, bytes) else sound(value) for name, value in row.items()}


def revision_of(row: Mapping[str, Any]) -> Revision:
    """Make the revision of a row again, as it was."""
    rest = _read_details(row["details"])
    clean = CleanEntry(
        title=row["title"],
        html=SafeHtml(row["html"]),
        text=row["text"],
        summary=row["summary"],
        link=row["link"],
        language=row["language"],
        image=rest.image,
        images=rest.images,
        changes=rest.changes,
    )
    return Revision(
        post_id=row["post_id"],
        entry_id=row["entry_id"],
        entry_digest=row["entry_digest"],
        digest=row["digest"],
        reason=row["reason"],
        seen_at=_utc(row["seen_at"]),
        published=_utc(row["published"]),
        updated=_utc(row["updated"]),
        authors=rest.authors,
        categories=tuple(row["categories"]),
        enclosures=rest.enclosures,
        comments=rest.comments,
        clean=clean,
        original=row["original"],
        media_type=row["media_type"],
        base_url=row["base_url"],
        wants_page=rest.wants_page,
    )


def text_of(row: Mapping[str, Any]) -> PostText:
    """Give what grouping reads of a row."""
    return PostText(
        post_id=row["post_id"],
        feed_id=row["feed_id"],
        published=_utc(row["published"]),
        language=row["language"],
        title=row["title"],
        text=row["text"],
    )


def _details(revision: Revision) -> str:
    clean = revision.clean
    rest = Details(
        authors=revision.authors,
        enclosures=revision.enclosures,
        comments=revision.comments,
        image=clean.image,
        images=clean.images,
        changes=clean.changes,
        wants_page=revision.wants_page,
    )
    try:
        return _encode(rest).decode()
    except UnicodeEncodeError:
        return _encode(sound(msgspec.to_builtins(rest))).decode()


def _utc(moment: Any) -> Any:
    """Arrow gives UTC as a zone of another class, which types of ours refuse."""
    return None if moment is None else moment.replace(tzinfo=UTC)
