"""Stories on the terminal: listed, printed whole, and put right."""

import pytest
from tests.cli.conftest import Answer, Call
from tests.pipeline.outlet import Outlet, rss
from tests.pipeline.stories.test_joining import OTHER, OWN, WIRE

NOWHERE = "20260101-0000000000"


@pytest.fixture
def posts(paper: object, call: Call, outlet: Outlet) -> dict[str, str]:
    """Two stories of two posts each, and a post that stands alone: ids by the first character of the title."""
    items = {
        "north": [("大桥合龙", WIRE), ("苹果丰收", OTHER), ("轮渡码头", OWN)],
        "south": [("桥塔合龙", WIRE), ("果农增收", OTHER)],
    }
    for name, told in items.items():
        call("add", outlet.put(f"/{name}", rss(*told, title=name)), "--section", "城市")
    found = call("search", "合龙 or 丰收 or 增收 or 码头", "--json").json
    return {post["title"][0]: post["id"] for post in found}


def listed(call: Call) -> dict[str, str]:
    """Ids of stories by the first character of their titles."""
    return {story["title"][0]: story["id"] for story in call("stories", "--json").json}


def bridge(call: Call, posts: dict[str, str]) -> str:
    return str(call("show", "post", posts["大"], "--json").json["story"])


def test_stories_are_listed_with_their_reports_and_copies(call: Call, posts: dict[str, str]) -> None:
    lines = call("stories").out.splitlines()
    assert len(call("stories", "--json").json) == 2
    assert any("大桥合龙" in line or "桥塔合龙" in line for line in lines)
    assert len(call("stories", "--limit", "1", "--json").json) == 1
    (story,) = [one for one in call("stories", "--json").json if posts["大"] in one["posts"]]
    assert list(story) == ["id", "title", "first", "changed_at", "reports", "copies", "pinned", "posts"]
    assert (story["reports"], story["copies"], story["pinned"]) == (1, 1, False)


def test_a_paper_without_stories_says_how_they_come_about(paper: object, call: Call) -> None:
    assert call("stories").out.startswith("no stories yet")
    assert call("stories", "--json").json == []


def test_a_story_is_printed_whole(call: Call, posts: dict[str, str]) -> None:
    answer = call("show", "story", bridge(call, posts))
    assert answer.code == 0
    assert "1 report, 1 copy" in answer.out
    assert "first report" in answer.out
    assert "  + 南河大桥二号塔今天上午合龙。" in answer.out
    assert "copy of 9" in answer.out or "copy of 100%" in answer.out
    whole = call("show", "story", bridge(call, posts), "--json").json
    assert list(whole) == [
        "story",
        "shared",
        "reports",
        "disagreements",
        "background",
        "claims",
        "edges",
        "suggested",
        "checks",
    ]
    (report,) = whole["reports"]
    assert list(report) == ["post", "feed", "published", "title", "added", "more", "copies"]
    assert [copy["role"] for copy in report["copies"]] == ["copy"]


def test_a_post_says_which_story_it_is_in(call: Call, posts: dict[str, str]) -> None:
    story = bridge(call, posts)
    assert f"in story {story}; `broadsheet show story {story}` prints it" in call("show", "post", posts["桥"]).out
    assert call("show", "post", posts["轮"], "--json").json["story"] is None
    assert "in story" not in call("show", "post", posts["轮"]).out


def test_stories_are_merged_and_split_and_a_rework_keeps_that(call: Call, posts: dict[str, str]) -> None:
    ids = list(listed(call).values())
    answer = call("story", "merge", *ids)
    assert answer.out.startswith(f"story {min(ids)} has 4 posts now: ")
    assert call("rework", "--stories").out == "0 stories new, 0 changed; 2 copies among 5 posts\n"
    assert call("show", "story", max(ids), "--json").json["story"]["id"] == min(ids)
    answer = call("story", "split", min(ids), posts["苹"], posts["果"])
    assert answer.out.count(f"story {min(ids)}\n") == 2
    assert call("rework", "--stories", "--json").json["posts"] == 5
    assert len(call("stories", "--json").json) == 2


def test_what_a_split_leaves_is_said(call: Call, posts: dict[str, str]) -> None:
    story = bridge(call, posts)
    told = call("story", "split", story, posts["桥"], "--json").json
    assert told == {"left": {posts["大"]: None}, "split": {posts["桥"]: None}}
    answer = call("show", "story", story)
    assert (answer.code, answer.err.partition("; ")[0]) == (
        2,
        f"broadsheet: {story}: this story fell apart, its posts stand alone now",
    )


def test_a_split_post_is_said_to_stand_alone(call: Call, posts: dict[str, str]) -> None:
    assert call("story", "split", bridge(call, posts), posts["桥"]).out == (
        f"{posts['大']}: stands alone\n{posts['桥']}: stands alone\n"
    )


def test_a_story_is_pinned_until_it_is_unpinned(call: Call, posts: dict[str, str]) -> None:
    story = bridge(call, posts)
    assert call("story", "pin", story).out.startswith(f"story {story} leads the front page: ")
    assert "pinned: " in call("stories").out
    assert " · pinned" in call("show", "story", story).out
    assert call("story", "unpin", story).out.startswith(f"story {story} is pinned no longer: ")
    assert not call("story", "unpin", story, "--json").json["pinned"]
    assert "pinned" not in call("stories").out


def test_stories_that_may_be_the_same_are_named(call: Call, posts: dict[str, str]) -> None:
    from broadsheet.model import Edge
    from broadsheet.pipeline.stories import joining
    from broadsheet.store import open_store

    maybe = Edge(first=posts["大"], second=posts["苹"], relation="maybe", score=0.3)
    with open_store("broadsheet.db") as store:
        post = store.post(posts["大"])
        store.sketch_all_again()
        keep = type(store).keep_sketches
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                type(store), "keep_sketches", lambda self, read, made, ties: keep(self, read, made, [*ties, maybe])
            )
            joining.group_new(store, post.published)
    told = call("show", "story", bridge(call, posts))
    assert "may be the same (`broadsheet story merge` makes them one)" in told.out
    assert len(call("show", "story", bridge(call, posts), "--json").json["suggested"]) == 1


@pytest.mark.parametrize(
    "words", [("show", "story"), ("story", "pin"), ("story", "unpin"), ("story", "split"), ("story", "merge")]
)
def test_an_unknown_story_is_named_and_where_stories_are(
    call: Call, posts: dict[str, str], words: tuple[str, ...]
) -> None:
    more = {"split": (posts["大"],), "merge": (bridge(call, posts),)}.get(words[1], ())
    refused(call(*words, NOWHERE, *more), f"{NOWHERE}: no story has this id; `broadsheet stories` lists")


def test_wrong_use_is_named(call: Call, posts: dict[str, str]) -> None:
    story = bridge(call, posts)
    refused(call("story", "merge", story), f"STORY: {story} is one story already")
    refused(call("story", "merge", story, story), f"STORY: {story} is one story already")
    refused(call("story", "split", story, posts["轮"]), f"{posts['轮']}: is not in story {story}")
    refused(call("story", "split", story, "nowhere"), f"nowhere: is not in story {story}")
    refused(call("story", "split", story, posts["大"], posts["桥"]), f"POST: these are all posts of story {story}")
    assert call("story", "split", story).code == 2


def refused(answer: Answer, words: str) -> None:
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"broadsheet: {words}")
