"""What a reader says of stories: these are one, these posts are another, this one leads the front page."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from broadsheet.model import Card, Feed, Story
from broadsheet.pipeline.stories.judging import merge_stories, split_story
from broadsheet.store import Store
from broadsheet.web.house.answers import see_other
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.printing import print_page
from broadsheet.web.reader.marking import Form


class Shown(Struct, frozen=True, kw_only=True):
    """A story to be judged: its posts' cards by id, and other stories that may be the same, each with its title."""

    story: Story
    cards: Mapping[str, Card]
    feeds: Mapping[str, Feed]
    others: Mapping[str, Card]


@get("/my/stories/{story_id:str}/", include_in_schema=False)
async def story_page(house: TheHouse, visitor: TheVisitor, story_id: FromPath[str]) -> Response[bytes]:
    """Show a story's posts, to take some out, put another story to it, or pin it."""
    shown = await house.desk.ask(lambda store: _show(store, story_id))
    path = f"my/stories/{story_id}/index.html"
    return print_page(house, visitor, "my-story.html", path, {"shown": shown})


@post("/my/stories/{story_id:str}", status_code=303, include_in_schema=False)
async def judge(house: TheHouse, story_id: FromPath[str], data: Form) -> Response[bytes]:
    """Pin a story or not (`pin`), put another to it (`merge`), or take posts out of it (`out`, ids with spaces)."""
    now = house.now()

    def said(store: Store) -> str:
        if data.get("pin") in {"0", "1"}:
            store.pin(story_id, pinned=data["pin"] == "1")
        if other := data.get("merge", "").strip().strip("/").rpartition("/")[2]:
            return merge_stories(store, [story_id, other], now).id
        if out := data.get("out", "").split():
            rest = split_story(store, story_id, out, now)
            return store.stories_of(rest).get(rest[0], "")
        return story_id

    left = await house.desk.apart(said)
    await house.jobs.publish()
    return see_other(f"/my/stories/{left}/" if left else "/")


def _show(store: Store, story_id: str) -> Shown:
    story = store.story(story_id)
    others = [store.story(one) for one in story.suggested]
    titles = store.cards([one.title_of for one in others])
    return Shown(
        story=story,
        cards={card.id: card for card in store.cards([member.post_id for member in story.members])},
        feeds={feed.id: feed for feed in store.feeds()},
        others={one.id: card for one, card in zip(others, titles, strict=True)},
    )
