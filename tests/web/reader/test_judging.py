"""What a reader says of stories."""

from typing import Any

import pytest
from tests.store.builders import make_batch, make_feed, make_revision, minutes
from tests.web.conftest import NOW, Client, post

from broadsheet.pipeline.stories.joining import group_new
from broadsheet.store import Store

PAGE = {"accept": "text/html"}
FIRE, DEAL = "青石码头仓库起火，无人伤亡", "禾木智能出售车灯业务"
FIRE_TEXT = (
    "青石码头三号仓库今晨四时起火，消防队员两小时后扑灭，无人伤亡。"
    "港务局说，起火的是一批旧轮胎，原因正在调查，码头下午恢复作业。"
)
DEAL_TEXT = (
    "禾木智能周三宣布，把车灯业务以九亿元卖给云汀光电，交割定在明年一季度。"
    "公司说，所得用于偿还贷款和建设新的研发中心。"
)


@pytest.fixture
def stories(client: Client, store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two stories: one that three outlets carry, one that two do; nothing is published."""

    async def publish() -> None:
        return None

    monkeypatch.setattr(client.app.state.house.jobs, "publish", publish)
    for number, (title, text) in enumerate([(FIRE, FIRE_TEXT)] * 3 + [(DEAL, DEAL_TEXT)] * 2):
        revision = make_revision(f"told-{number}", title=title, body=text, at=minutes(number))
        store.apply([make_batch(revision, feed=make_feed(f"https://outlet{number}.example/feed"))])
    group_new(store, NOW)
    told = [ref for ref in store.story_refs() if len(ref.posts) < 4]
    return [ref.id for ref in sorted(told, key=lambda ref: -len(ref.posts))]


def judged(client: Client, story_id: str, **said: str) -> Any:
    return post(client, f"/my/stories/{story_id}", **said)


def test_a_story_is_shown_with_its_posts(client: Client, store: Store, stories: list[str]) -> None:
    page = client.get(f"/my/stories/{stories[0]}/", headers=PAGE).text
    assert page.count("不属于这件事</button>") == len(store.story(stories[0]).members)
    assert client.get("/my/stories/none/", headers=PAGE).status_code == 404


def test_a_story_is_pinned_and_unpinned(client: Client, store: Store, stories: list[str]) -> None:
    assert judged(client, stories[0], pin="1").headers["location"] == f"/my/stories/{stories[0]}/"
    assert store.story(stories[0]).pinned
    judged(client, stories[0], pin="0")
    assert not store.story(stories[0]).pinned


def test_stories_are_merged_by_id_or_by_address(client: Client, store: Store, stories: list[str]) -> None:
    answer = judged(client, stories[0], merge=f"http://127.0.0.1:8080/s/{stories[1]}/")
    assert answer.status_code == 303
    merged = answer.headers["location"].split("/")[3]
    assert len(store.story(merged).members) == 5
    assert judged(client, merged, merge=merged).status_code == 400


def test_posts_are_taken_out(client: Client, store: Store, stories: list[str]) -> None:
    out = store.story(stories[0]).members[-1].post_id
    judged(client, stories[0], out=out)
    assert store.stories_of([out]).get(out) != stories[0]
    assert judged(client, stories[0], out="20200101-0000000000").status_code == 400
