"""A story's own page, and where a story went that is no more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.model import Card, Page, Post, Story, StoryRef, iso
from broadsheet.publish.filters import linked_data
from broadsheet.publish.pages.machines import organisation, reviews_of
from broadsheet.publish.pages.since import is_silent
from broadsheet.publish.pages.standings import Found, dossier_of, found_of
from broadsheet.publish.press import Press

if TYPE_CHECKING:
    from broadsheet.publish.pages.dossier import Report, Shared

LEAP_YEAR = 2000
MOST_EDITED = 12
MOST_LISTED = 40
"""Copies listed under what they carry; of those beyond it says how many there are."""


def story_pages(press: Press) -> Iterator[Page]:
    """Plan the page of every story, and a redirect for every story that is no more."""
    living = {story.id for story in press.edition.stories}
    for story in press.edition.stories:
        inputs = press.told_of(story)
        yield press.page(f"s/{story.id}/index.html", "story.html", inputs, partial(_context, press, story))
    for old in press.edition.moved.keys() - living:
        target = _end(old, press.edition.moved, living)
        where = {"target": f"s/{target}/" if target else None}
        yield press.page(f"s/{old}/index.html", "moved.html", [str(target)], partial(dict, where))


def _end(old: str, moved: Mapping[str, str | None], living: set[str]) -> str | None:
    """Follow a story through all that it went into; None where that ends in no story."""
    seen = set()
    target: str | None = old
    while target is not None and target not in living and target not in seen:
        seen.add(target)
        target = moved.get(target)
    return target if target in living else None


def _context(press: Press, ref: StoryRef) -> Mapping[str, object]:
    # What compares texts, which no other page needs.
    from broadsheet.publish.pages.dossier import disagreements_of, reports_of, shared_of

    shelf = press.edition.shelf
    story = shelf.story(ref.id)
    posts = {member.post_id: shelf.post(member.post_id) for member in story.members}
    title = posts[story.title_of]
    reports = reports_of(story, posts)
    found = found_of(press, ref)
    reviews = reviews_of(press, f"s/{ref.id}/", found.said) if found else None
    return {
        "story": ref,
        "title": title,
        **dossier_of(press, found, posts),
        "latest": reports[-1].post.published,
        "reports": reports,
        "most_listed": MOST_LISTED,
        "shared": [_named(press, one, reports) for one in shared_of(shelf.edges(list(posts)))],
        "posts": posts,
        "disagreements": disagreements_of(posts.values()),
        "background": _background(press, story, [post.text for post in posts.values()]),
        "related": _related(press, story),
        "edits": _edits(press, posts.values()),
        "linked_data": linked_data(_collection(press, ref, title, reports, found)),
        "reviews": linked_data(reviews) if reviews else None,
        **press.outlets(),
    }


def _named(press: Press, shared: "Shared", reports: "Sequence[Report]") -> tuple[str, tuple[str, ...]]:
    """Name a kind of thing that reports share, and write its words as readers know them."""
    from broadsheet.publish.pages.dossier import as_written

    if shared.kind == "days":
        return shared.kind, tuple(_day(press, day) for day in shared.words)
    return shared.kind, as_written(shared.words, [report.post.text for report in reports])


def _day(press: Press, day: str) -> str:
    """Write a day that is given as its month and its number, 8-26; whatever else is given stays."""
    month, _, number = day.partition("-")
    try:
        return press.theme.almanac.day_month(date(LEAP_YEAR, int(month), int(number)))
    except ValueError:
        return day


def _background(press: Press, story: Story, texts: Sequence[str]) -> list[tuple[Card, tuple[str, ...]]]:
    """Find the older posts about the same parties, each with the words that it shares, as the story spells them."""
    from broadsheet.publish.pages.dossier import as_written

    cards = press.edition.shelf.cards([one.post_id for one in story.background])
    return [(card, as_written(one.words, texts)) for card, one in zip(cards, story.background, strict=True)]


def _related(press: Press, story: Story) -> list[tuple[StoryRef, Card]]:
    """Find the stories that may be the same, each with the card that bears its headline."""
    living = {ref.id: ref for ref in press.edition.stories}
    found = [living[other] for other in story.suggested if other in living]
    titles = press.edition.shelf.cards([press.edition.shelf.story(ref.id).title_of for ref in found])
    return list(zip(found, titles, strict=True))


def _edits(press: Press, posts: Iterable[Post]) -> list[tuple[Post, bool]]:
    """Find the posts that were edited after they came out, those changed last first, and whether that was silent."""
    edited = sorted((post for post in posts if post.revision > 1), key=lambda post: post.changed_at, reverse=True)
    return [(post, is_silent(press.edition.shelf, press.edition.feeds, post)) for post in edited[:MOST_EDITED]]


def _collection(
    press: Press, ref: StoryRef, title: Post, reports: "Sequence[Report]", found: Found | None
) -> Mapping[str, object]:
    """Describe the story for machines: a page that collects articles (schema.org CollectionPage, ItemList)."""
    named = (company for quote in (found.quotes if found else ()) if (company := quote.company))
    about = {company.id: organisation(press, company) for company in named}
    address = press.theme.paper.address
    articles = [_listed(press, report.post, number) for number, report in enumerate(reports, 1)]
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": title.title,
        "url": f"{address}s/{ref.id}/",
        "inLanguage": press.theme.paper.language,
        "datePublished": iso(ref.first),
        "dateModified": iso(ref.changed_at),
        **({"about": list(about.values())} if about else {}),
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(articles),
            "itemListElement": articles,
        },
    }


def _listed(press: Press, post: Post, number: int) -> Mapping[str, object]:
    """Describe a report for machines: an article and its place in the list (schema.org ListItem, NewsArticle)."""
    article = {
        "@type": "NewsArticle",
        "headline": post.title,
        "url": f"{press.theme.paper.address}p/{post.id}/",
        "datePublished": iso(post.published),
        "publisher": {"@type": "Organization", "name": press.edition.feeds[post.feed_id].label},
    }
    return {"@type": "ListItem", "position": number, "item": article}
