"""A story told whole: reports with what each added, copies of copies, numbers that disagree, background."""

from pathlib import Path

from tests.cli.facts.test_claims import TALKS
from tests.pipeline.outlet import START
from tests.pipeline.stories.test_background import OLD_ID, POSTS
from tests.pipeline.stories.test_joining import post, store_posts, story_of

from broadsheet.cli.reading.told import as_values, lines, read_story
from broadsheet.group.ledger.words import Words
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.store import open_store


def test_everything_that_is_known_is_told(tmp_path: Path) -> None:
    edited = POSTS[0][1].clean.text.partition("\n")[2].replace("没有谈过股份", "没有谈过合并") + "记者发自江州。"
    with open_store(str(tmp_path / "paper.db"), create=True) as store:
        store_posts(store, [*POSTS, post("edit", edited, minute=30, outlet="d")])
        group_new(store, START)
        told = read_story(store, story_of(store, POSTS[0][1].post_id))
        assert read_story(store, POSTS[0][1].post_id).story.id == told.story.id
    told = told._replace(claims=[TALKS])
    text = "\n".join(lines(told, Words("en"), START))
    assert "\nclaims\n  in talks · partnership · 小米集团, 北汽集团" in text
    assert "1 report, 2 copies" in text
    assert "first report" in text
    assert "\nbackground\n" in text
    assert OLD_ID in text
    values = as_values(told)
    assert list(values) == [
        "story",
        "shared",
        "reports",
        "disagreements",
        "background",
        "claims",
        "edges",
        "suggested",
    ]
