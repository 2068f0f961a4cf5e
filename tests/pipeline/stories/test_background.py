"""Background of stories: found in the search index once, again when the story changes, and published with it."""

from datetime import timedelta
from pathlib import Path

from tests.pipeline.outlet import START
from tests.pipeline.stories.test_joining import post, store_posts, story_of

from broadsheet.model import Background, Paper
from broadsheet.pipeline.build import build
from broadsheet.pipeline.stories.background import background_of, find_backgrounds
from broadsheet.pipeline.stories.joining import group_new, regroup
from broadsheet.store import Store

DAY = 24 * 60
DENIAL = "青禾否认与远帆洽谈合作。青禾今日公告说没有此事。远帆表示，青禾仍是客户，双方没有谈过股份，也没有谈过价格。"
AGREEMENT = "青禾与远帆签署框架协议。昨天在江州，双方将合作建造货轮，第一艘预计三年以后下水，由远帆负责设计。"
POSTS = [
    post("new", DENIAL),
    post("copy", DENIAL, minute=9, outlet="b"),
    post("old", AGREEMENT, minute=-2000 * DAY, outlet="c"),
    post("near", "青禾与远帆的股价今天都没有变化，成交很少，分析师说再等等看，看不出方向。", minute=-DAY, outlet="c"),
    post("other", "青禾发布新船，没有提到别的公司，新船长一百米，宽二十米。", minute=-90 * DAY, outlet="c"),
]
NEW_ID, OLD_ID = POSTS[0][1].post_id, POSTS[2][1].post_id


def test_older_posts_about_both_parties_are_found_once(store: Store) -> None:
    store_posts(store, POSTS)
    group_new(store, START)
    story = store.story(story_of(store, NEW_ID))
    assert story.background == ()
    before = store.story_refs()
    assert find_backgrounds(store) == 1
    assert find_backgrounds(store) == 0
    (found,) = store.story(story.id).background
    assert found.post_id == OLD_ID
    assert set(found.words) == {"青禾", "远帆"}
    assert background_of(store, story) == (found,)
    assert store.story_refs() != before


def test_a_story_that_changes_is_looked_through_again(store: Store) -> None:
    store_posts(store, [*POSTS[:2], *POSTS[3:]])
    group_new(store, START)
    find_backgrounds(store)
    assert store.story(story_of(store, NEW_ID)).background == ()
    store_posts(store, [POSTS[2]])
    group_new(store, START)
    assert find_backgrounds(store) == 0
    store_posts(store, [post("third", DENIAL, minute=20, outlet="d")])
    group_new(store, START)
    assert find_backgrounds(store) == 1
    assert [one.post_id for one in store.story(story_of(store, NEW_ID)).background] == [OLD_ID]
    regroup(store, START)
    assert find_backgrounds(store) == 1


def test_the_page_of_a_story_shows_its_background_and_is_not_printed_again(store: Store, tmp_path: Path) -> None:
    store_posts(store, POSTS)
    group_new(store, START)
    built = [build(store, Paper(title="对开"), tmp_path / "site", START + timedelta(hours=1)) for _ in range(2)]
    assert built[1].written == 0
    page = (tmp_path / "site" / "s" / story_of(store, NEW_ID) / "index.html").read_text("utf-8")
    assert f"p/{OLD_ID}/" in page


def test_words_without_letters_find_nothing(store: Store) -> None:
    store_posts(store, POSTS)
    assert store.older_posts(["…", "!"], START, 5) == []
    assert store.older_posts(["青禾", "远帆"], START - timedelta(days=30), 5) == [OLD_ID]
    assert len(store.older_posts(["青禾"], START, 5)) == 3
    assert Background(OLD_ID, ()).words == ()
