"""Which posts go on which page, decided from the light list of references alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec
from msgspec import Struct

from broadsheet.model import Edition, Feed, PostRef, StoryRef
from broadsheet.publish.almanac import Almanac
from broadsheet.publish.sections import Section, section_tree, trails, walk

SHEET = 50


class Layout(Struct, frozen=True, kw_only=True):
    """An edition's references by section folder and by the paper's days, newest first in each.

    `outlets` holds, for each feed's id, all that a post's page or card shows of its feed, as one comparable text.
    `story_of` knows the story of each post that is in one, `members` the references of these posts, by id.
    """

    sections: tuple[Section, ...]
    trails: Mapping[str, tuple[Section, ...]]
    by_section: Mapping[str, Sequence[PostRef]]
    by_day: Mapping[date, Sequence[PostRef]]
    counts: Mapping[str, int]
    outlets: Mapping[str, str]
    story_of: Mapping[str, StoryRef]
    members: Mapping[str, PostRef]


class Sheet(Struct, frozen=True, kw_only=True):
    """One page of a long list; `folder` is its address, `newer` and `older` are its neighbours' (not yet encoded)."""

    folder: str
    refs: Sequence[PostRef]
    number: int | None
    newer: str | None
    older: str | None


def lay_out(edition: Edition, almanac: Almanac, unfiled: str) -> Layout:
    """Arrange an edition; `unfiled` names the section of feeds that have none."""
    sections = section_tree(edition.feeds.values(), unfiled)
    trail_of = trails(sections)
    by_section: dict[str, list[PostRef]] = {section.folder: [] for section in walk(sections)}
    by_day: dict[date, list[PostRef]] = {}
    lists_of = {feed: [by_section[section.folder] for section in trail] for feed, trail in trail_of.items()}
    for ref in edition.refs:
        by_day.setdefault(almanac.day_of(ref.published), []).append(ref)
        for listed in lists_of[ref.feed_id]:
            listed.append(ref)
    story_of = {post: story for story in edition.stories for post in story.posts}
    return Layout(
        sections=sections,
        trails=trail_of,
        by_section=by_section,
        by_day=by_day,
        counts=Counter(ref.feed_id for ref in edition.refs),
        outlets={feed.id: _outlet(feed, trail_of[feed.id]) for feed in edition.feeds.values()},
        story_of=story_of,
        members={ref.id: ref for ref in edition.refs if ref.id in story_of} if story_of else {},
    )


def _outlet(feed: Feed, trail: tuple[Section, ...]) -> str:
    shown = (feed.id, feed.label, feed.link, feed.language, [(section.name, section.folder) for section in trail])
    return msgspec.json.encode(shown).decode()


def sheets(refs: Sequence[PostRef], folder: str) -> Iterator[Sheet]:
    """Cut a list, newest first, into sheets so that a new post changes only the newest.

    Full sheets of `SHEET` posts are numbered from the oldest and never change again; the newest sheet stands at the
    folder itself and holds the rest, between one and two sheets full.
    """
    archived = max(0, len(refs) // SHEET - 1)
    start = len(refs) - archived * SHEET
    yield Sheet(folder=folder, refs=refs[:start], number=None, newer=None, older=_at(folder, archived, archived))
    for number in range(archived, 0, -1):
        end = start + SHEET
        yield Sheet(
            folder=f"{folder}{number}/",
            refs=refs[start:end],
            number=number,
            newer=folder if number == archived else _at(folder, number + 1, archived),
            older=_at(folder, number - 1, archived),
        )
        start = end


def _at(folder: str, number: int, archived: int) -> str | None:
    return f"{folder}{number}/" if 1 <= number <= archived else None


def until(refs: Sequence[PostRef], moment: datetime) -> Sequence[PostRef]:
    """Leave out posts dated after a moment: a front page prints no news of tomorrow."""
    for index, ref in enumerate(refs):
        if ref.published <= moment:
            return refs[index:]
    return ()
