"""What a person says of stories: these are one, these posts are another one, this one leads the front page."""

from collections.abc import Sequence
from datetime import datetime
from itertools import product

from broadsheet.errors import ConfigError
from broadsheet.model import Judgement, Story
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.store import Store


def merge_stories(store: Store, story_ids: Sequence[str], now: datetime) -> Story:
    """Make one story of several, for good; returns it.

    Raises:
        ConfigError: these are not two stories at least.
        NotFoundError: there is no such story.
    """
    stories = {story.id: story for story in map(store.story, story_ids)}
    if len(stories) < 2:
        one = next(iter(stories), "")
        raise ConfigError("STORY", f"{one} is one story already; name two or more that are not the same")
    posts = [member.post_id for story in stories.values() for member in story.members]
    apart = _said(store, posts, posts)
    first, *others = posts
    store.judge([Judgement(first, post, "together") for post in others], forget=apart)
    group_new(store, now)
    return store.story(store.stories_of([first])[first])


def split_story(store: Store, story_id: str, post_ids: Sequence[str], now: datetime) -> list[str]:
    """Take posts out of a story, for good; returns the posts that stay.

    Raises:
        ConfigError: a post is not in the story, or none would stay in it.
        NotFoundError: there is no such story.
    """
    story = store.story(story_id)
    members = [member.post_id for member in story.members]
    for post in post_ids:
        if post not in members:
            raise ConfigError(post, f"is not in story {story.id}; `broadsheet show story {story.id}` lists its posts")
    rest = [post for post in members if post not in post_ids]
    if not rest:
        raise ConfigError("POST", f"these are all posts of story {story.id}; name those that do not belong to it")
    together = _said(store, post_ids, rest)
    tied = {end for said in together for end in (said.first, said.second)}
    said = [Judgement(one, two, "apart") for one, two in product(rest, post_ids)]
    for side in ([post for post in rest if post in tied], [post for post in members if post in tied - {*rest}]):
        # What a person put together through a post of the other side stays together.
        said += [Judgement(side[0], post, "together") for post in side[1:]]
    store.judge(said, forget=together)
    group_new(store, now)
    return rest


def _said(store: Store, some: Sequence[str], others: Sequence[str]) -> list[Judgement]:
    """Find what was said before of pairs with a post of each side."""
    ends = set(some), set(others)
    return [
        said
        for said in store.judgements()
        if (said.first in ends[0] and said.second in ends[1]) or (said.first in ends[1] and said.second in ends[0])
    ]
