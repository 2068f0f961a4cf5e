"""Dumps: one document or one article in each row of a table or line of JSON, under names that many dumps use."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from broadsheet.parse.values.dates import DateStyle, parse_date
from broadsheet.scale.archive.articles import feed_of_host, one_article
from broadsheet.scale.archive.documents import MOST, Document, Rejected, kind_of, too_large

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "body": ("body", "content_bytes"),
    "body_base64": ("body_base64",),
    "url": ("url", "link", "address", "feed_url"),
    "seen_at": ("fetched_at", "seen_at", "crawled_at", "received_at"),
    "content_type": ("content_type", "media_type", "mime_type"),
    "id": ("id", "guid", "entry_id"),
    "title": ("title", "headline"),
    "html": ("html", "content_html"),
    "text": ("text", "content_text", "content"),
    "summary": ("summary", "description"),
    "published": ("published", "published_at", "date_published", "date", "published_date"),
    "updated": ("updated", "updated_at", "date_modified"),
    "language": ("language", "lang"),
    "author": ("author", "authors"),
    "feed": ("feed",),
}
"""What a dump may call the things of a document (`body`, `url`, `seen_at`, `content_type`) and of an article."""

Fields = Mapping[str, Any]


def columns_read(names: Iterable[str]) -> list[str]:
    """Choose the columns of a table that are read at all."""
    known = {name for group in NAMES.values() for name in group}
    return [name for name in names if name in known]


def read_record(fields: Fields, source: str, offset: int, now: datetime) -> Document | Rejected:
    """Read one row or line: a document with its address, or an article; `now` dates what does not say when it came.

    What is neither is rejected with what it lacks.
    """
    said = {thing: _first(fields, names) for thing, names in NAMES.items()}
    seen_at = _moment(said["seen_at"]) or now
    if said["body"] is None and said["body_base64"] is None:
        return _article(said, source, offset, seen_at)
    address = str(said["url"] or "")
    body = _body(said)
    if body is None:
        cause = "body_base64 is not in base64"
        return Rejected(source=source, offset=offset, address=address, reason="bad-encoding", cause=cause)
    if len(body) > MOST:
        return too_large(source, offset, address, len(body))
    content_type = said["content_type"] and str(said["content_type"])
    kind = kind_of(content_type, body)
    lack = _lack(kind, address, content_type)
    if kind is None or lack:
        reason = "media-type" if kind is None else "no-address"
        return Rejected(source=source, offset=offset, address=address, length=len(body), reason=reason, cause=lack)
    return Document(
        kind=kind,
        source=source,
        offset=offset,
        address=address,
        body=body,
        content_type=content_type,
        seen_at=seen_at,
    )


def _lack(kind: str | None, address: str, content_type: str | None) -> str:
    if kind is None:
        return f"{content_type or 'no media type'}: neither a page nor a feed"
    return "" if address else "it has no url, so nobody knows what it is a document of"


def _body(said: Fields) -> bytes | None:
    body = said["body"]
    if body is None:
        try:
            return base64.b64decode(said["body_base64"], validate=True)
        except (binascii.Error, ValueError, TypeError):
            return None
    return body if isinstance(body, bytes) else str(body).encode("utf-8", "replace")


def _article(said: Fields, source: str, offset: int, seen_at: datetime) -> Document | Rejected:
    address = str(said["url"] or "")
    if not (said["html"] or said["text"] or said["title"]) or not (address or said["id"]):
        cause = "it has no body, and no title or text with a url: neither a document nor an article"
        return Rejected(source=source, offset=offset, address=address or None, reason="no-article", cause=cause)
    item = {
        "id": str(said["id"] or address),
        "url": address,
        "title": said["title"],
        "content_html": said["html"],
        "content_text": None if said["html"] else said["text"],
        "summary": said["summary"],
        "date_published": _written(said["published"]),
        "date_modified": _written(said["updated"]),
        "authors": _authors(said["author"]),
    }
    document = one_article(item, said["language"])
    if len(document) > MOST:
        return too_large(source, offset, address, len(document))
    return Document(
        kind="feed",
        source=source,
        offset=offset,
        address=str(said["feed"] or (feed_of_host(address) if address else f"dump:{source}")),
        body=document,
        content_type="application/feed+json",
        seen_at=seen_at,
        only=str(item["id"]),
        base=address or None,
    )


def _authors(said: object) -> list[dict[str, str]]:
    names = said if isinstance(said, list) else [said] if said else []
    return [{"name": name} for name in names if isinstance(name, str)]


def _first(fields: Fields, names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if fields.get(name) is not None), None)


def _written(value: object) -> str | None:
    moment = _moment(value) if isinstance(value, datetime | int | float) else None
    return moment.isoformat() if moment else (str(value) if value else None)


def _moment(value: object) -> datetime | None:
    """Read a moment: of Arrow, in seconds since 1970, or in writing."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return parse_date(value, DateStyle()) if isinstance(value, str) else None
