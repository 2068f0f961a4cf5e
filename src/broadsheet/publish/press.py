"""What every kind of page is made with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from broadsheet.model import Card, Edition, Image, ImageCopy, Page, PostRef, StoryRef, story_of_one
from broadsheet.publish.addresses import web_link
from broadsheet.publish.findings.record import Record
from broadsheet.publish.layout import Layout
from broadsheet.publish.theme import Theme

Context = Callable[[], Mapping[str, object]]


class Press(Struct, frozen=True):
    """An edition laid out, and the theme to print it in; `record` is what was found in it."""

    edition: Edition
    theme: Theme
    layout: Layout
    record: Record | None = None

    def page(self, path: str, template: str, inputs: Iterable[str], context: Context) -> Page:
        """Plan a page: its digest is that of `inputs`; `context` is asked for its data only if it must be printed."""
        digest = self.theme.fingerprint(template, path, *inputs)
        return Page(path=path, digest=digest, render=partial(_fill, self.theme, template, path, context))

    def shown(self, refs: Iterable[PostRef]) -> list[str]:
        """List, for a digest, all that cards of these posts depend on."""
        inputs: list[str] = []
        feeds = set()
        for ref in refs:
            inputs += (ref.id, ref.digest)
            feeds.add(ref.feed_id)
        return inputs + [self.layout.outlets[feed] for feed in sorted(feeds)]

    def illustrated(self, refs: Iterable[PostRef]) -> list[str]:
        """List, for a digest, what changes when the paper gets copies of the images of these posts."""
        return [str(ref.pictures) for ref in refs]

    def told(self, refs: Iterable[PostRef]) -> list[str]:
        """List, for a digest, all that is shown of the stories of these posts."""
        story_of = self.layout.story_of
        stories = {story.id: story for ref in refs if (story := story_of.get(ref.id))} if story_of else {}
        return [part for story in stories.values() for part in self.told_of(story)]

    def told_of(self, story: StoryRef) -> list[str]:
        """List, for a digest, all that is shown of a story: its digest, its posts' cards, what was found in them."""
        members = self.members(story)
        found = self.record.told(story, members) if self.record else ()
        return [story.id, story.digest, *self.shown(members), *found]

    def event_of(self, ref: PostRef) -> StoryRef | None:
        """Find the story of a post; what stands alone is an event of its own if it makes claims or reports moves."""
        story = self.layout.story_of.get(ref.id)
        if story is None and self.record and self.record.is_event(ref.id):
            return story_of_one(ref.id, ref.published, ref.digest)
        return story

    def members(self, story: StoryRef) -> list[PostRef]:
        """Find the references of a story's posts, in the order of publication."""
        return [self.layout.members[post] for post in story.posts if post in self.layout.members]

    def copies(self, images: Iterable[Image | None]) -> Mapping[str, ImageCopy]:
        """Find the copies of images, by the address of each."""
        return self.edition.shelf.copies([address for image in images if image and (address := web_link(image.url))])

    def cards(self, refs: Sequence[PostRef]) -> Sequence[Card]:
        """Fetch the cards of these posts."""
        return self.edition.shelf.cards([ref.id for ref in refs])

    def outlets(self) -> Mapping[str, object]:
        """Give templates what they show of any card's feed."""
        feeds = self.edition.feeds
        return {
            "feeds": feeds,
            "trails": self.layout.trails,
            "spoken": lambda card: card.language or feeds[card.feed_id].language,
        }


def _fill(theme: Theme, template: str, path: str, context: Context) -> bytes:
    return theme.render(template, path, context())
