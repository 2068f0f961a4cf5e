"""A feed for every story: each report written independently is an entry, copies are none."""

from collections.abc import Iterator
from functools import partial

from broadsheet.model import Page, StoryRef
from broadsheet.publish.feeds.syndication import NEWEST, Channel, atom, stable_id
from broadsheet.publish.press import Press

FILE = "feed.xml"


def story_feed_pages(press: Press) -> Iterator[Page]:
    """Plan an Atom feed of the 50 newest reports of every story.

    Its entries have the same ids as in the paper's other feeds, so a reader who has seen a report there is not told
    of it again.
    """
    for story in press.edition.stories:
        inputs = press.told_of(story) + press.illustrated(press.members(story))
        digest = press.theme.fingerprint("story feed", *inputs)
        yield Page(path=f"s/{story.id}/{FILE}", digest=digest, render=partial(_render, press, story))


def _render(press: Press, ref: StoryRef) -> bytes:
    story = press.edition.shelf.story(ref.id)
    (title,) = press.edition.shelf.cards([story.title_of])
    reports = {member.post_id for member in story.members if member.role == "report"}
    newest = [member for member in reversed(press.members(ref)) if member.id in reports][:NEWEST]
    folder = f"s/{ref.id}/"
    key = stable_id("broadsheet story", ref.id)
    return atom(press, Channel(names=(title.title,), folder=folder, href=folder, refs=newest, key=key, file=FILE))
