"""Ids of stories: kept while a story grows, parts and merges; a story that is no more names the one it went into."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from broadsheet.model.stories import Grouping, Member, Story, story_id

Members = tuple[Member, ...]


def name_stories(found: Sequence[Members], published: Mapping[str, datetime], known: Sequence[Story]) -> Grouping:
    """Name the stories that were found, and tell which are new or changed and which of those known are no more.

    A known story goes on where most of its posts are, of equals where its earliest is; where several go on in one,
    the oldest id stands.
    """
    before = {story.id: story for story in sorted(known, key=lambda story: story.id)}
    homes = {story.id: _home(story, found) for story in before.values()}
    claims = [[key for key in before if homes[key] == number] for number in range(len(found))]
    taken = set(before)
    names = [min(keys) if keys else _new_name(found[number], published, taken) for number, keys in enumerate(claims)]
    stories = [_story(name, members, before, keys) for name, members, keys in zip(names, found, claims, strict=True)]
    ended = [(key, _survivor(homes[key], names)) for key in before if key not in names]
    return Grouping(stories=tuple(story for story in stories if before.get(story.id) != story), ended=tuple(ended))


def _home(story: Story, found: Sequence[Members]) -> int | None:
    """Where most of a story's posts are."""
    number_of = {member.post_id: number for number, members in enumerate(found) for member in members}
    homes = [number_of[member.post_id] for member in story.members if member.post_id in number_of]
    # most_common keeps the order of first meeting among equals: that of the story's own posts.
    return Counter(homes).most_common(1)[0][0] if homes else None


def _new_name(members: Members, published: Mapping[str, datetime], taken: set[str]) -> str:
    """Name a story by its first report, or, if a story that it left still bears that name, by the next."""
    names = [story_id(member.post_id, published[member.post_id]) for member in members]
    name = next((name for name in names if name not in taken), names[0])
    taken.add(name)
    return name


def _story(name: str, members: Members, before: Mapping[str, Story], keys: Sequence[str]) -> Story:
    title_of = next(member.post_id for member in members if member.role == "report")
    pinned = any(before[key].pinned for key in keys)
    known = before.get(name) or Story(id=name, members=members, title_of=title_of)
    return replace(known, members=members, title_of=title_of, pinned=pinned)


def _survivor(home: int | None, names: Sequence[str]) -> str | None:
    return None if home is None else names[home]
