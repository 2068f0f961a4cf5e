"""The front page: what changed, what leads, what follows, and the newest of every section."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from broadsheet.model import Card, LedgerEntry, LedgerRef, Page, PostRef, Story, StoryRef, WatchChange
from broadsheet.publish.layout import until
from broadsheet.publish.pages.folding import Listed, folded, members_of
from broadsheet.publish.pages.pending import open_claims, pending_inputs, pending_of
from broadsheet.publish.pages.ranking import FRESH, SECONDS, News, rank
from broadsheet.publish.pages.since import (
    MOST,
    LastEdition,
    changes,
    heard_since,
    last_edition,
    page_of,
    settled_since,
    silent_edits,
    told_since,
)
from broadsheet.publish.pages.standings import found_of
from broadsheet.publish.press import Press
from broadsheet.publish.sections import Section

CANDIDATES = 60
STORIES = 40
COLUMN = 4


class _Plan(Struct, frozen=True):
    """What the page is made of, chosen without reading any post."""

    day: date
    last: LastEdition
    added: int
    newest: Sequence[PostRef]
    stories: Sequence[StoryRef]
    columns: Sequence[tuple[Section, Sequence[PostRef]]]
    heard: Sequence[tuple[WatchChange, str]]
    waiting: Sequence[LedgerRef]
    told: Sequence[LedgerRef]


def front_pages(press: Press) -> Iterator[Page]:
    """Plan the front page."""
    plan = _plan(press)
    yield press.page("index.html", "front.html", _inputs(press, plan), partial(_context, press, plan))


def _plan(press: Press) -> _Plan:
    edition, almanac = press.edition, press.theme.almanac
    last = last_edition(edition.made_at, almanac)
    past = until(edition.refs, edition.made_at)
    known = {story.id for story in edition.stories}
    return _Plan(
        day=almanac.day_of(edition.made_at),
        last=last,
        added=len(past) - len(until(past, last.closed_at)),
        newest=past[:CANDIDATES],
        stories=_stories(press, past),
        columns=[(section, _column(press, section)) for section in press.layout.sections],
        heard=[(one, page_of(one, known)) for one in heard_since(edition.watches, last.closed_at)],
        waiting=open_claims(press),
        told=told_since(press.record, last.closed_at, edition.made_at),
    )


def _inputs(press: Press, plan: _Plan) -> Iterator[str]:
    """Everything that the page's bytes depend on."""
    edition, layout = press.edition, press.layout
    yield from (plan.day.isoformat(), plan.last.closed_at.isoformat())
    counts = len(edition.refs), len(edition.feeds), len(layout.by_day.get(plan.day, ())), len(edition.stories)
    yield from map(str, (*counts, plan.added))
    yield from press.shown(plan.newest) + press.illustrated(plan.newest)
    for one, page in plan.heard:
        yield from (one.text, one.at.isoformat(), page)
    yield from pending_inputs(press, [*plan.waiting, *plan.told])
    settling = {story for claim in plan.told for story in claim.stories}
    for story in edition.stories:
        yield from press.shown(press.members(story)) if story.id in settling else ()
    for story in plan.stories:
        yield from press.told_of(story) + press.illustrated(press.members(story))
    for section, refs in plan.columns:
        yield from (section.name, section.folder, str(len(layout.by_section[section.folder])))
        yield from press.shown(refs) + press.told(refs)


def _context(press: Press, plan: _Plan) -> Mapping[str, object]:
    edition, layout, closed_at = press.edition, press.layout, plan.last.closed_at
    found = _candidates(press, plan.newest, plan.stories)
    front = rank(found.news, found.posts, closed_at)
    edits = silent_edits(edition.shelf, edition.feeds, found.cards, closed_at)
    settled = _settled(press, plan)
    used = {post for one in front.top for post in one.posts}
    return {
        "front": front,
        "found": partial(found_of, press),
        "last": plan.last,
        "added": plan.added,
        "changes": changes(found.news, edits, closed_at, MOST - len(settled)),
        "settled": settled,
        "pending": pending_of(press, plan.waiting, plan.day),
        "heard": plan.heard,
        "copies": press.copies(one.illustrated.image for one in front.top if one.illustrated),
        "day": plan.day,
        "today": len(layout.by_day.get(plan.day, ())),
        "total": len(edition.refs),
        "story_count": len(edition.stories),
        "outlet_count": len(edition.feeds),
        "columns": [
            (section, len(layout.by_section[section.folder]), taken)
            for section, refs in plan.columns
            if (taken := _unused(folded(press, refs), used))
        ],
        **press.outlets(),
    }


def _settled(press: Press, plan: _Plan) -> list[tuple[LedgerEntry, Card]]:
    """What was settled since the last edition, each with the post that settled it."""
    settled = [
        one
        for one in settled_since(press.record, plan.told, plan.last.closed_at)
        if one.decisive.post_id in press.layout.members
    ]
    return list(zip(settled, press.edition.shelf.cards([one.decisive.post_id for one in settled]), strict=True))


def _stories(press: Press, past: Sequence[PostRef]) -> Sequence[StoryRef]:
    """Choose the stories that may lead: pinned, or told of lately; of too many, those most reported on."""
    if not press.edition.stories or not past:
        return ()
    oldest = past[0].published - FRESH
    latest = {story.id: press.layout.members[story.posts[-1]].published for story in press.edition.stories}
    live = [story for story in press.edition.stories if story.pinned or latest[story.id] >= oldest]
    return sorted(live, key=lambda one: (one.pinned, one.reports, latest[one.id], one.id), reverse=True)[:STORIES]


class _Candidates(Struct, frozen=True):
    """What may stand at the top: events, the newest posts that are no copies, and the cards of all these posts."""

    news: list[News]
    posts: list[Card]
    cards: Sequence[Card]


def _candidates(press: Press, newest: Sequence[PostRef], stories: Sequence[StoryRef]) -> _Candidates:
    """Fetch what may stand at the top; nothing of it is dated after now."""
    shelf, story_of = press.edition.shelf, press.layout.story_of
    refs = {ref.id: ref for ref in newest}
    refs.update({ref.id: ref for story in stories for ref in press.members(story)})
    cards = press.cards([ref for ref in refs.values() if ref.published <= press.edition.made_at])
    told = dict.fromkeys(story.id for ref in refs if (story := story_of.get(ref)))
    whole = {story_id: shelf.story(story_id) for story_id in told}
    members = members_of(whole.values())
    reports = {card.id: card for card in cards if card.id not in members or members[card.id].role == "report"}
    posts = [reports[ref.id] for ref in newest if ref.id in reports]
    events = [one for story in stories if (one := _event(story, whole[story.id], reports))]
    return _Candidates(
        news=events + [News(title=card, reports=(card,)) for card in posts if card.id not in story_of],
        posts=_once(posts, story_of),
        cards=cards,
    )


def _event(ref: StoryRef, story: Story, known: Mapping[str, Card]) -> News | None:
    reports = tuple(known[member.post_id] for member in story.members if member.post_id in known)
    return News(title=known.get(story.title_of, reports[0]), reports=reports, story=ref) if reports else None


def _once(posts: Iterable[Card], story_of: Mapping[str, StoryRef]) -> list[Card]:
    """Keep the newest report of each story."""
    seen: dict[str, Card] = {}
    for post in posts:
        story = story_of.get(post.id)
        seen.setdefault(story.id if story else post.id, post)
    return list(seen.values())


def _column(press: Press, section: Section) -> Sequence[PostRef]:
    refs = until(press.layout.by_section[section.folder], press.edition.made_at)
    return refs[: (COLUMN + 1 + SECONDS) * (2 if press.edition.stories else 1)]


def _unused(listed: Sequence[Listed], used: set[str]) -> list[Listed]:
    """Take the first of a column, none of an event that the page has shown, and note what is taken.

    Copies of what stands in other sections are passed over, unless a section has nothing else.
    """
    taken: list[Listed] = []
    for one in [one for one in listed if one.source is None] or listed:
        if len(taken) < COLUMN and one.card.id not in used:
            taken.append(one)
            used.update(one.story.posts if one.story else ())
    return taken
