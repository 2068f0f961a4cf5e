"""A post's own page."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from broadsheet.model import Feed, ImageCopy, Original, Page, Post, PostRef, iso
from broadsheet.publish.addresses import root_of
from broadsheet.publish.pictures import copy_address, picture_addresses, with_copies
from broadsheet.publish.press import Press

if TYPE_CHECKING:
    from broadsheet.publish.edits import Edit

MOST_EDITS = 20
"""Edits whose changes a page shows, the newest; of those before it names the moment."""


def post_pages(press: Press) -> Iterator[Page]:
    """Plan the page of every post."""
    fingerprint, outlets = press.theme.fingerprint, press.layout.outlets
    for ref in press.edition.refs:
        digest = fingerprint("post", ref.id, ref.digest, outlets[ref.feed_id], str(ref.pictures))
        yield Page(path=f"p/{ref.id}/index.html", digest=digest, render=partial(_render, press, ref))


def _render(press: Press, ref: PostRef) -> bytes:
    post = press.edition.shelf.post(ref.id)
    feed = press.edition.feeds[post.feed_id]
    path = f"p/{post.id}/index.html"
    copies = press.edition.shelf.copies(picture_addresses(post)) if ref.pictures else {}
    context: Mapping[str, object] = {
        "post": post,
        "body": Markup(with_copies(post.html, copies, root_of(path))),  # noqa: S704 (SafeHtml: only the sanitiser makes it)
        "feed": feed,
        "trail": press.layout.trails[feed.id],
        "revisions": _revisions(press, post, feed),
        "linked_data": _linked_data(press, post, feed, copies),
    }
    return press.theme.render("post.html", path, context)


def _revisions(press: Press, post: Post, feed: Feed) -> "Sequence[tuple[Original, Edit | None]]":
    """List the revisions of an edited post, each with the edit that made it."""
    if post.revision == 1:
        return ()
    from broadsheet.publish.edits import edits_of  # parser and cleaner, which a site without edits never needs

    originals = press.edition.shelf.revisions(post.id)
    versions = press.edition.shelf.versions(post.id)
    edits = {edit.number: edit for edit in edits_of(versions, originals, feed, MOST_EDITS)}
    return [(original, edits.get(original.number)) for original in originals]


def _linked_data(press: Press, post: Post, feed: Feed, copies: Mapping[str, ImageCopy]) -> Markup:
    """Describe the article for machines (schema.org NewsArticle), safe inside a script element."""
    modified = post.changed_at if post.revision > 1 else post.updated or post.published
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.title,
        "inLanguage": post.language or feed.language or press.theme.paper.language,
        "datePublished": iso(post.published),
        "dateModified": iso(modified),
        "author": [{"@type": "Person", "name": author.name} for author in post.authors if author.name],
        "publisher": {"@type": "Organization", "name": feed.label},
    }
    if post.link:
        article["isBasedOn"] = post.link
    if post.image:
        article["image"] = copy_address(post.image, copies, press.theme.paper.address) or post.image.url
    text = msgspec.json.encode(article).decode()
    # Without "<" nothing can end the element or start markup in it (HTML, section 4.12.1.3).
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704
