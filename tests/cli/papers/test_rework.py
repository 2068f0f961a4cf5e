"""Facts are found again from posts that stay as they are; posts and stories: test_paper.py, test_story.py."""

from tests.cli.conftest import Call

from broadsheet.store import open_store


def test_facts_alone_are_found_again(feed: str, call: Call) -> None:
    answer = call("rework", "--facts")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(" claims in 2 posts\n")
    assert call("rework", "--facts", "--json").json["posts"] == 2
    with open_store("broadsheet.db") as store:
        assert sum(store.facts.readers().values()) == 2


def test_facts_and_stories_are_made_again_together(feed: str, call: Call) -> None:
    assert call("rework", "--facts", "--stories").out.count("\n") == 2
    assert set(call("rework", "--facts", "--stories", "--json").json) == {"facts", "stories", "claims"}
