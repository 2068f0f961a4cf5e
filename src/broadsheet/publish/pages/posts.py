"""A post's own page."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import (
    Annotations,
    Card,
    Feed,
    ImageCopy,
    LedgerEntry,
    Original,
    Page,
    Post,
    PostRef,
    SafeHtml,
    StoryRef,
    iso,
)
from broadsheet.publish.addresses import root_of
from broadsheet.publish.filters import linked_data
from broadsheet.publish.findings.annotated import annotated, marks_of
from broadsheet.publish.findings.claims import entries_in
from broadsheet.publish.findings.margin import Parts, beside, notes_of
from broadsheet.publish.findings.moves import said_of
from broadsheet.publish.pages.machines import named_in, reviews_of
from broadsheet.publish.pages.outline import outlined
from broadsheet.publish.pages.standings import dossier_of, found_of
from broadsheet.publish.pictures import copy_address, picture_addresses, with_copies
from broadsheet.publish.press import Press

if TYPE_CHECKING:
    from broadsheet.publish.pages.edits import Edit

MOST_EDITS = 20
"""Edits whose changes a page shows, the newest; of those before it names the moment."""


class Place(Struct, frozen=True, kw_only=True):
    """What a post is in its story: the first report, another one, or a copy of its `source` by a `share` of 0 to 1.

    `claim` is the principal claim of the story, `title` is the card of the post whose headline the story bears.
    """

    story: StoryRef
    title: Card
    is_first: bool
    claim: LedgerEntry | None
    source: Card | None
    share: float | None


def post_pages(press: Press) -> Iterator[Page]:
    """Plan the page of every post."""
    fingerprint, outlets = press.theme.fingerprint, press.layout.outlets
    for ref in press.edition.refs:
        event = press.event_of(ref)
        told = press.told_of(event) if event else ()
        found = press.record.shown([ref]) if press.record else ()
        digest = fingerprint("post", ref.id, ref.digest, outlets[ref.feed_id], str(ref.pictures), *told, *found)
        yield Page(path=f"p/{ref.id}/index.html", digest=digest, render=partial(_render, press, ref))


def _render(press: Press, ref: PostRef) -> bytes:
    kept = press.edition.shelf.post(ref.id)
    post = replace(kept, html=outlined(kept.html))
    feed = press.edition.feeds[post.feed_id]
    path = f"p/{post.id}/index.html"
    copies = press.edition.shelf.copies(picture_addresses(post)) if ref.pictures else {}
    facts = _facts(press, post)
    event = press.event_of(ref)
    html = _marked(press, post, facts, root_of(path)) if facts else post.html
    parts = _noted(press, event, post, facts, html) if facts else [(html, ())]
    context: Mapping[str, object] = {
        "post": post,
        "body": [
            (Markup(with_copies(part, copies, root_of(path))), notes)  # noqa: S704 (SafeHtml: the sanitiser's alone)
            for part, notes in parts
        ],
        "annotated": html is not post.html,
        "feed": feed,
        "trail": press.layout.trails[feed.id],
        "place": None,
        "found": None,
        "revisions": _revisions(press, post, feed),
        "linked_data": linked_data(
            {**_article(press, post, feed, copies), **(named_in(press, facts) if facts else {})}
        ),
    }
    if event and event.is_alone:
        context = {**context, **_dossier(press, event, post), **press.outlets()}
    elif event:
        context = {**context, "place": _place(press, event, ref.id), **press.outlets()}
    return press.theme.render("post.html", path, context)


def _facts(press: Press, post: Post) -> Annotations | None:
    """Read the facts of a post, where it has any that are shown."""
    record = press.record
    if record is None or post.id not in record.findings.refs:
        return None
    return record.findings.shelf.facts.of([post.id]).get(post.id)


def _marked(press: Press, post: Post, facts: Annotations, root: str) -> SafeHtml:
    """Mark the facts of a post in its body; spans count from its title on."""
    companies = press.record.companies if press.record else {}
    head = _head(post)
    inside = (mark for mark in marks_of(facts, companies) if mark.start >= head)
    marks = [replace(mark, start=mark.start - head, end=mark.end - head) for mark in inside]
    return annotated(post.html, post.text[head:], marks, root)


def _head(post: Post) -> int:
    """Tell where the body begins in a post's text."""
    return len(post.title) + 1 if post.text.startswith(f"{post.title}\n") else 0


def _noted(press: Press, event: StoryRef | None, post: Post, facts: Annotations, html: SafeHtml) -> Parts:
    """Lay what was found of a post's facts beside the paragraphs of its body, where these are marked."""
    record = press.record
    if record is None or html is post.html:
        return [(html, ())]
    entries = entries_in(record, event) if event else []
    said = said_of(record, press.edition.shelf.cards([post.id]), {post.id: facts})
    notes = notes_of(post.id, facts, html, entries, said, _head(post))
    return beside(html, post.text[_head(post) :], notes)


def _dossier(press: Press, event: StoryRef, post: Post) -> Mapping[str, object]:
    """Lay out what was found of a post that is the whole of its event, as the page of a story shows it."""
    found = found_of(press, event)
    reviews = reviews_of(press, f"p/{post.id}/", found.said) if found else None
    return {
        **dossier_of(press, found, {post.id: post}),
        "reviews": linked_data(reviews) if reviews else None,
        "latest": post.published,
        "posts": {post.id: post},
    }


def _place(press: Press, ref: StoryRef, post_id: str) -> Place:
    story = press.edition.shelf.story(ref.id)
    member = next(member for member in story.members if member.post_id == post_id)
    cards = press.edition.shelf.cards([story.title_of, *([member.source] if member.source else [])])
    return Place(
        story=ref,
        title=cards[0],
        claim=next(iter(entries_in(press.record, ref)), None) if press.record else None,
        is_first=post_id == next((one.post_id for one in story.members if one.role == "report"), None),
        source=cards[1] if member.source else None,
        share=member.share,
    )


def _revisions(press: Press, post: Post, feed: Feed) -> "Sequence[tuple[Original, Edit | None]]":
    """List the revisions of an edited post, each with the edit that made it."""
    if post.revision == 1:
        return ()
    from broadsheet.publish.pages.edits import edits_of  # parser and cleaner, which a site without edits never needs

    originals = press.edition.shelf.revisions(post.id)
    versions = press.edition.shelf.versions(post.id)
    edits = {edit.number: edit for edit in edits_of(versions, originals, feed, MOST_EDITS)}
    return [(original, edits.get(original.number)) for original in originals]


def _article(press: Press, post: Post, feed: Feed, copies: Mapping[str, ImageCopy]) -> Mapping[str, object]:
    """Describe the article for machines (schema.org NewsArticle)."""
    modified = post.changed_at if post.revision > 1 else post.updated or post.published
    article: dict[str, object] = {
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
    return article
