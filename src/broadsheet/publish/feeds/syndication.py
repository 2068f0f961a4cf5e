"""The paper as feeds of its own: Atom 1.0 (RFC 4287) and JSON Feed 1.1, whole and per section."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from uuid import UUID

import msgspec
from msgspec import Struct

from broadsheet.model import Enclosure, Feed, ImageCopy, Page, Person, Post, PostRef, iso
from broadsheet.publish.addresses import web_link
from broadsheet.publish.pictures import copy_address, picture_addresses, with_copies
from broadsheet.publish.press import Press
from broadsheet.publish.sections import walk

NEWEST = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Channel(Struct, frozen=True, kw_only=True):
    """One feed out: `names` are the section's (none for the whole paper), `href` its folder, percent-encoded.

    `key` names it for ever, whatever the paper's address; `file` is what its Atom document is called.
    """

    names: tuple[str, ...]
    folder: str
    href: str
    refs: Sequence[PostRef]
    key: str
    file: str = "feed.atom"


def feed_out_pages(press: Press) -> Iterator[Page]:
    """Plan an Atom and a JSON feed of the 50 newest posts, for the whole paper and for each section."""
    yield from _channel_pages(press, (), "", "", press.edition.refs)
    for section in walk(press.layout.sections):
        refs = press.layout.by_section[section.folder]
        yield from _channel_pages(press, section.names, section.folder, section.href, refs)


def _channel_pages(
    press: Press, names: tuple[str, ...], folder: str, href: str, refs: Sequence[PostRef]
) -> Iterator[Page]:
    key = stable_id("broadsheet feed", press.theme.paper.address, *names)
    channel = Channel(names=names, folder=folder, href=href, refs=refs[:NEWEST], key=key)
    digest = press.theme.fingerprint(
        "feed", *channel.names, channel.folder, *press.shown(channel.refs), *press.illustrated(channel.refs)
    )
    for name, render in (("feed.atom", atom), ("feed.json", _json)):
        yield Page(path=channel.folder + name, digest=digest, render=partial(render, press, channel))


def stable_id(*parts: str) -> str:
    """Name something for ever, wherever the paper may move: a URN of 128 bits of BLAKE2b (RFC 9562, version 8)."""
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return UUID(bytes=digest[:6] + bytes([0x80 | digest[6] & 15, digest[7], 0x80 | digest[8] & 63]) + digest[9:]).urn


def modified(post: Post) -> datetime:
    """Tell when what a reader sees of a post last changed."""
    return post.changed_at if post.revision > 1 else post.updated or post.published


def _posts(press: Press, channel: Channel) -> list[Post]:
    return [press.edition.shelf.post(ref.id) for ref in channel.refs]


def _copies(press: Press, channel: Channel, posts: Sequence[Post]) -> Mapping[str, ImageCopy]:
    shown = (post for post, ref in zip(posts, channel.refs, strict=True) if ref.pictures)
    return press.edition.shelf.copies([address for post in shown for address in picture_addresses(post)])


def _title(press: Press, channel: Channel) -> str:
    return " / ".join((press.theme.paper.title, *channel.names))


def atom(press: Press, channel: Channel) -> bytes:
    """Write the posts of a channel as an Atom document."""
    posts = _posts(press, channel)
    address, copies = press.theme.paper.address, _copies(press, channel, posts)
    added = (feed.added_at for feed in press.edition.feeds.values())
    context = {
        "channel": channel,
        "title": _title(press, channel),
        "updated": iso(max(map(modified, posts), default=max(added, default=EPOCH))),
        "posts": posts,
        "content": lambda post: with_copies(post.html, copies, address, variants=False),
        "modified": modified,
        "iso": iso,
        "stable_id": stable_id,
        **press.outlets(),
    }
    return press.theme.render("feed.xml", channel.folder + channel.file, context)


def _json(press: Press, channel: Channel) -> bytes:
    address = press.theme.paper.address
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(press, channel),
        "home_page_url": address + channel.href,
        "feed_url": f"{address}{channel.href}feed.json",
        "description": press.theme.paper.subtitle,
        "language": press.theme.paper.language,
    }
    posts = _posts(press, channel)
    copies = _copies(press, channel, posts)
    items = [_item(post, press.edition.feeds[post.feed_id], address, copies) for post in posts]
    return msgspec.json.format(msgspec.json.encode({**_without_nothing(document), "items": items}), indent=1)


def _item(post: Post, feed: Feed, address: str, copies: Mapping[str, ImageCopy]) -> Mapping[str, object]:
    content = with_copies(post.html, copies, address, variants=False)
    required = {"id": stable_id("broadsheet post", post.id), "content_html": content}
    return required | _without_nothing(
        {
            "url": f"{address}p/{post.id}/",
            "external_url": web_link(post.link),
            "title": post.title,
            "summary": post.summary,
            "image": copy_address(post.image, copies, address) if post.image else None,
            "date_published": iso(post.published),
            "date_modified": iso(modified(post)),
            "authors": [_author(person) for person in post.authors if person.name] or [{"name": feed.label}],
            "tags": list(post.categories),
            "language": post.language or feed.language,
            "attachments": [_attachment(file) for file in post.enclosures if web_link(file.url)],
        }
    )


def _attachment(file: Enclosure) -> Mapping[str, object]:
    known = file.type or "application/octet-stream"
    return _without_nothing({"url": file.url, "mime_type": known, "size_in_bytes": file.length})


def _author(person: Person) -> Mapping[str, object]:
    return _without_nothing({"name": person.name, "url": web_link(person.url)})


def _without_nothing(members: Mapping[str, object]) -> dict[str, object]:
    """Leave out what has no value (JSON Feed 1.1 knows no null)."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
