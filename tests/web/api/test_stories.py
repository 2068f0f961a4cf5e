"""Stories by the API."""

import pytest
from tests.pipeline.stories.test_joining import FRUIT_ID, POSTS, WIRE_ID, store_posts, story_of
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.pipeline.stories.joining import group_new
from broadsheet.store import Store


@pytest.fixture
def both(store: Store) -> list[str]:
    """Two stories, the older first."""
    store_posts(store, POSTS)
    group_new(store, NOW)
    return sorted([story_of(store, WIRE_ID), story_of(store, FRUIT_ID)])


def test_stories_are_listed_a_page_at_a_time(api: Api, store: Store, both: list[str]) -> None:
    ids = [ref.id for ref in store.story_refs()]
    page = api.read("stories?limit=1")
    assert ([one["id"] for one in page["stories"]], page["next"]) == (ids[:1], ids[0])
    rest = api.read(f"stories?after={ids[0]}")
    assert ([one["id"] for one in rest["stories"]], rest["next"]) == (ids[1:], None)
    line = page["stories"][0]
    assert line["reports"] + line["copies"] == len(line["posts"])
    api.read("stories?after=20200101-0123456789", 404)


def test_a_story_is_told_with_its_posts(api: Api, store: Store, both: list[str]) -> None:
    wire = story_of(store, WIRE_ID)
    told = api.read(f"stories/{wire}")
    assert told["posts"][0]["id"] == WIRE_ID
    assert {one["role"] for one in told["posts"]} > {"report"}
    assert (told["claims"], told["shared"], told["pinned"]) == ([], [], False)
    api.read("stories/20200101-0123456789", 404)


def test_stories_are_merged_split_and_pinned(api: Api, store: Store, both: list[str], publishings: list[str]) -> None:
    merged = api.send("POST", "stories/merge", {"stories": both})
    assert merged["id"] == both[0]
    assert api.send("PATCH", f"stories/{both[1]}", {"pinned": True})["pinned"] is True
    assert store.story(both[0]).pinned
    done = api.send("POST", f"stories/{both[0]}/split", {"posts": [FRUIT_ID]})
    assert FRUIT_ID in done["split"]
    assert FRUIT_ID not in done["left"]
    assert len(publishings) == 3
    assert "already" in api.send("POST", "stories/merge", {"stories": [both[0], both[0]]}, 400)["error"]
    assert "is not in story" in api.send("POST", f"stories/{both[0]}/split", {"posts": [FRUIT_ID]}, 400)["error"]
    api.send("POST", "stories/merge", {"stories": [both[0], "20200101-0123456789"]}, 404)
