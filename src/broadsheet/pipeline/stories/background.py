"""Background: older posts about the same parties, looked for in the search index before a story is published."""

from collections.abc import Sequence
from itertools import combinations

from broadsheet.model import Background, Story
from broadsheet.store import Store

MOST_STORIES = 300
"""Stories of one run; the next goes on."""

MOST = 5
"""Older posts that a story shows."""

MOST_READ = 8
"""Posts of a story that are read for the names of its parties."""

MOST_FOUND = 12
"""Older posts that are read for each pair of names."""


def find_backgrounds(store: Store) -> int:
    """Look for the background of stories that are new or changed, the newest first; how many there were."""
    stories = store.without_background(MOST_STORIES)
    if stories:
        store.keep_background({story.id: background_of(store, story) for story in stories})
    return len(stories)


def background_of(store: Store, story: Story) -> tuple[Background, ...]:
    """Find the posts, older than any that can be in a story, that bear at least two of its parties' names."""
    return older_than(store, [member.post_id for member in story.members if member.role == "report"])


def older_than(store: Store, post_ids: Sequence[str]) -> tuple[Background, ...]:
    """Find the background of posts about one event, or of one post."""
    from broadsheet.group.dossier.background import rank_background
    from broadsheet.group.dossier.parties import party_words
    from broadsheet.group.sketches.pairs import WINDOW

    reports = list(store.texts(post_ids[:MOST_READ]).values())
    words = party_words(reports)
    before = min(report.published for report in reports) - WINDOW
    found = {post for pair in combinations(words, 2) for post in store.older_posts(pair, before, MOST_FOUND)}
    return tuple(rank_background(reports, words, list(store.texts(sorted(found)).values()))[:MOST])
