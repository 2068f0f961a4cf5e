"""How the plain types become rows and come back."""

from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from broadsheet.model import (
    Card,
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
)
from broadsheet.store.compress import Pack, unpack
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.sound import sound

Row = tuple[Any, ...]
Values = dict[str, Any]


class Details(Struct, frozen=True, array_like=True):
    """What only a post's own page shows: one column of JSON."""

    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    comments: str | None
    changes: dict[str, int]


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DETAILS = msgspec.json.Decoder(Details)
_IMAGE = msgspec.json.Decoder(Image)
_STATE = msgspec.json.Decoder(FeedState)
_BODY = msgspec.json.Decoder(tuple[SafeHtml, str])
_SECTION = msgspec.json.Decoder(tuple[str, ...])


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
        "host": _host(feed.address),
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
    }


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def feed_of(row: Row) -> Feed:
    """Read a feed from its row."""
    key, address, section, name, title, link, language, zone, added_at, state = row
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
        state=_STATE.decode(state),
    )


def post_values(revision: Revision, pack: Pack) -> Values:
    """What a revision says of its post, as the values of the rows of post and body."""
    clean = revision.clean
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
    values["content"] = pack(_encode((clean.html, clean.text)))
    values["entry_digest"] = revision.entry_digest
    values["digest"] = revision.digest
    return values


def text_of(content: bytes) -> str:
    """Read the text of a post from its body."""
    return _BODY.decode(unpack(content))[1]


def post_of(row: Row) -> Post:
    """Read a post from its rows."""
    key, feed, entry, title, content, summary, link, language, image, details, *moments, number, digest = row
    published, updated, first_seen, changed_at = map(from_us, moments)
    html, text = _BODY.decode(unpack(content))
    rest = _DETAILS.decode(details)
    return Post(
        id=key,
        feed_id=feed,
        entry_id=entry,
        title=title,
        html=html,
        text=text,
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
    key, feed, published, shown = row
    return PostRef(key, feed, from_us(published), shown)


def original_values(revision: Revision, pack: Pack) -> Values:
    """A revision as the values of the row of its original."""
    return {
        "seen_at": to_us(revision.seen_at),
        "reason": revision.reason,
        "media_type": revision.media_type,
        "base_url": revision.base_url,
        "original": pack(revision.original),
    }


def original_of(row: Row) -> Original:
    """Read an original, decompressed."""
    post, feed, entry, number, seen_at, reason, frame, media_type, base_url = row
    return Original(
        post_id=post,
        feed_id=feed,
        entry_id=entry,
        number=number,
        seen_at=from_us(seen_at),
        reason=reason,
        body=unpack(frame),
        media_type=media_type,
        base_url=base_url,
    )
