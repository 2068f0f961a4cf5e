"""How the plain types become rows and come back."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Struct

from broadsheet.model import (
    ArticlePage,
    Card,
    CleanEntry,
    Clock,
    Enclosure,
    Feed,
    FeedState,
    Image,
    Original,
    Person,
    Post,
    PostRef,
    Revision,
    SafeHtml,
    Version,
    host_of,
)
from broadsheet.store.compress import Pack, packer, unpack
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.sound import sound, sound_text

Row = tuple[Any, ...]
Values = dict[str, Any]


class Details(Struct, frozen=True, array_like=True):
    """What only a post's own page shows: one column of JSON."""

    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    comments: str | None
    changes: dict[str, int]


class Content(Struct, frozen=True, array_like=True):
    """What a revision was made from, and what it became; None where an older Broadsheet did not keep that."""

    original: bytes
    html: SafeHtml | None
    text: str | None


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DETAILS = msgspec.json.Decoder(Details)
_IMAGE = msgspec.json.Decoder(Image)
_STATE = msgspec.json.Decoder(FeedState)
_OLD_BODY = msgspec.json.Decoder(tuple[SafeHtml, str])
_CONTENT = msgspec.msgpack.Decoder(Content)
_TEXT = msgspec.msgpack.Decoder(tuple[msgspec.Raw, msgspec.Raw, str | None])
_CONTENT_ENCODER = msgspec.msgpack.Encoder()
_SECTION = msgspec.json.Decoder(tuple[str, ...])


def gathered(rows: Iterable[Row]) -> dict[int, tuple[str, ...]]:
    """Gather rows of a number and a value: the values of each number, in the order of the rows."""
    found: dict[int, list[str]] = {}
    for num, value in rows:
        found.setdefault(num, []).append(value)
    return {num: tuple(values) for num, values in found.items()}


def json_of(value: object) -> str:
    """Write a value as JSON, always the same for the same value."""
    return _encode(value).decode()


def _encode(value: object) -> bytes:
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _ENCODER.encode(sound(msgspec.to_builtins(value)))


def feed_values(feed: Feed) -> Values:
    """A feed as the values of its row."""
    return {
        "id": feed.id,
        "address": feed.address,
        "host": host_of(feed.address),
        "section": json_of(feed.section),
        "name": feed.name,
        "title": feed.title,
        "link": feed.link,
        "language": feed.language,
        "zone": feed.zone,
        "added_at": to_us(feed.added_at),
        "standing": feed.state.standing,
        "due": to_us(feed.state.next_due),
        "state": json_of(feed.state),
        "fulltext": feed.fulltext,
    }


def feed_of(row: Row) -> Feed:
    """Read a feed from its row."""
    key, address, section, name, title, link, language, zone, added_at, state, fulltext = row
    return Feed(
        id=key,
        address=address,
        section=_SECTION.decode(section),
        name=name,
        title=title,
        link=link,
        language=language,
        zone=zone,
        added_at=from_us(added_at),
        fulltext=fulltext,
        state=_STATE.decode(state),
    )


def post_values(revision: Revision, clean: CleanEntry) -> Values:
    """What a revision says of its post, as the values of its row; `clean` is what a reader sees of it."""
    values: Values = {
        "updated": to_us(revision.updated),
        "title": clean.title,
        "summary": clean.summary,
        "link": clean.link,
        "language": clean.language,
        "image": None if clean.image is None else json_of(clean.image),
        "details": json_of(
            Details(revision.authors, revision.categories, revision.enclosures, revision.comments, clean.changes)
        ),
    }
    shown = blake2b(_encode(values), digest_size=8)
    shown.update(clean.html.encode("utf-8", "surrogatepass"))
    values["shown"] = shown.hexdigest()
    values["entry_digest"] = revision.entry_digest
    values["digest"] = revision.digest
    return values


def redated(shown: str, clock: Clock) -> str:
    """The digest of what is shown of a post whose dates a clock has put right."""
    return blake2b(shown.encode() + _encode(clock), digest_size=8).hexdigest()


def pack_content(content: Content, pack: Pack) -> bytes:
    """Compress a content; what UTF-8 cannot hold costs one character."""
    try:
        return pack(_CONTENT_ENCODER.encode(content))
    except UnicodeEncodeError:
        html, text = content.html or "", content.text or ""
        return pack(_CONTENT_ENCODER.encode((content.original, sound_text(html), sound_text(text))))


def content_of(frame: bytes) -> Content:
    """Read a content back."""
    return _CONTENT.decode(unpack(frame))


def text_of(frame: bytes) -> str:
    """Read the text of a post from the content of its newest revision; the rest is passed over."""
    return _TEXT.decode(unpack(frame))[2] or ""


def content_of_old(original: bytes, body: bytes | None) -> bytes:
    """Make a content of what schema 1 kept apart: the frames of an original and of the body made from it."""
    html, text = _OLD_BODY.decode(unpack(body)) if body else (None, None)
    return pack_content(Content(unpack(original), html, text), packer())


def post_of(row: Row) -> Post:
    """Read a post from its rows."""
    key, feed, entry, title, frame, summary, link, language, image, details, *moments, number, digest, page = row
    published, updated, first_seen, changed_at = map(from_us, moments)
    content = content_of(frame)
    rest = _DETAILS.decode(details)
    return Post(
        id=key,
        feed_id=feed,
        entry_id=entry,
        title=title,
        html=content.html or SafeHtml(""),
        text=content.text or "",
        summary=summary,
        link=link,
        language=language,
        image=None if image is None else _IMAGE.decode(image),
        authors=rest.authors,
        categories=rest.categories,
        enclosures=rest.enclosures,
        comments=rest.comments,
        published=published,
        updated=updated,
        first_seen=first_seen,
        changed_at=changed_at,
        revision=number,
        digest=digest,
        changes=rest.changes,
        page=page,
    )


def card_of(row: Row) -> Card:
    """Read a card from the row of a post."""
    key, feed, title, summary, language, image, published, number = row
    return Card(
        id=key,
        feed_id=feed,
        title=title,
        summary=summary,
        language=language,
        image=None if image is None else _IMAGE.decode(image),
        published=from_us(published),
        revision=number,
    )


def ref_of(row: Row) -> PostRef:
    """Read what laying out needs of a post."""
    key, feed, published, shown, pictures = row
    return PostRef(key, feed, from_us(published), shown, pictures)


def revision_values(revision: Revision, pack: Pack) -> Values:
    """A revision as the values of its own row."""
    return {
        "seen_at": to_us(revision.seen_at),
        "reason": revision.reason,
        "media_type": revision.media_type,
        "base_url": revision.base_url,
        "content": pack_content(content_from(revision), pack),
    }


def content_from(revision: Revision) -> Content:
    """What is kept of a revision."""
    return Content(revision.original, revision.clean.html, revision.clean.text)


def version_of(row: Row) -> Version:
    """Read what a revision said."""
    number, seen_at, reason, frame = row
    content = content_of(frame)
    return Version(number=number, seen_at=from_us(seen_at), reason=reason, html=content.html, text=content.text)


def original_of(row: Row) -> Original:
    """Read an original, decompressed."""
    post, feed, entry, number, seen_at, reason, frame, media_type, base_url, *page = row
    return Original(
        post_id=post,
        feed_id=feed,
        entry_id=entry,
        number=number,
        seen_at=from_us(seen_at),
        reason=reason,
        body=content_of(frame).original,
        media_type=media_type,
        base_url=base_url,
        page=_page_of(*page),
    )


def _page_of(
    address: str | None, content_type: str | None, fetched_at: int | None, page: bytes | None
) -> ArticlePage | None:
    if address is None or fetched_at is None or page is None:
        return None
    return ArticlePage(address=address, content_type=content_type, body=unpack(page), fetched_at=from_us(fetched_at))
