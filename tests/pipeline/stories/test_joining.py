"""Stories are made as posts arrive: the same in any order, again after edits, and to the end after a kill."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import START, Clock, Outlet, follow_all, rss
from tests.store.builders import make_feed, make_revision

from broadsheet.model import Batch, Judgement, Revision
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.postfiles import import_posts
from broadsheet.pipeline.report import StoriesReport
from broadsheet.pipeline.stories import joining as module
from broadsheet.pipeline.stories.joining import group_new, regroup
from broadsheet.pipeline.update import update
from broadsheet.store import Store, open_store

WIRE = (
    "南河大桥二号塔今天上午合龙。施工方表示，整座大桥预计明年六月通车。大桥全长两千四百米，连接东岸与西岸两个城区。"
    "工程总投资三十一亿元，由市政府和沿江集团共同承担。项目负责人林远山说，最难的一段已经过去。"
)
OWN = "沿江集团发布公告：新桥建成以后，轮渡码头将改为公园，码头工人由公司另行安排岗位，具体办法年底前公布。"
OTHER = "北岭县今年苹果丰收，果农说每亩比去年多收三百斤。县里的冷库已经装满，部分果品改走铁路运往南方市场销售。"


def post(name: str, text: str, *, minute: float = 0, outlet: str = "a") -> tuple[str, Revision]:
    """A post of an outlet, published so many minutes after the start."""
    at = START + timedelta(minutes=minute)
    revision = make_revision(name, title=f"{name}：{text[:12]}", body=text, at=at)
    return outlet, replace(revision, post_id=f"{at:%Y%m%d}-{name.encode().hex()[:10]:0>10}")


def store_posts(store: Store, posts: Iterable[tuple[str, Revision]]) -> None:
    for outlet, revision in posts:
        feed = make_feed(f"https://{outlet}.example/feed")
        store.apply([Batch(feed=feed, outcome="changed", revisions=(revision,))])


def groups(store: Store) -> set[tuple[str, ...]]:
    return {ref.posts for ref in store.story_refs()}


POSTS = [
    post("wire", WIRE),
    post("copy", WIRE, minute=30, outlet="b"),
    post("edit", WIRE.replace("今天上午", "周一") + "本报记者摄影报道。", minute=60, outlet="c"),
    post("fruit", OTHER, minute=5, outlet="b"),
    post("again", OTHER + "来源：县融媒体中心。", minute=90, outlet="c"),
    post("own", OWN, minute=50, outlet="d"),
]
WIRE_ID, COPY_ID, EDIT_ID, FRUIT_ID, AGAIN_ID, OWN_ID = (revision.post_id for _, revision in POSTS)
EXPECTED = {(WIRE_ID, COPY_ID, EDIT_ID), (FRUIT_ID, AGAIN_ID)}


@pytest.fixture
def grouped(store: Store) -> Store:
    store_posts(store, POSTS)
    group_new(store, START)
    return store


def edit(store: Store, number: int, text: str) -> None:
    """Let an outlet change one of the posts."""
    outlet, revision = POSTS[number]
    changed = make_revision(revision.entry_id, title=revision.clean.title, body=text, at=revision.published)
    store_posts(store, [(outlet, replace(changed, post_id=revision.post_id))])


def story_of(store: Store, post_id: str) -> str:
    return store.stories_of([post_id])[post_id]


def test_posts_that_carry_one_text_are_one_story(store: Store) -> None:
    store_posts(store, POSTS)
    seen: list[StoriesReport] = []
    report = group_new(store, START, seen.append)
    assert groups(store) == EXPECTED
    assert (report.posts, report.new, report.changed, report.ended) == (6, 2, 0, 0)
    assert report.copies >= 3
    assert report.cpu_s > 0
    assert seen[-1] == report
    story = store.story(story_of(store, WIRE_ID))
    assert story.title_of == WIRE_ID
    assert story.members[0].role == "report"
    assert story.members[1].source == WIRE_ID
    assert store.check() == []


def test_where_nothing_is_new_nothing_is_done(grouped: Store) -> None:
    before = grouped.story_refs()
    assert group_new(grouped, START + timedelta(days=1)).posts == 0
    assert grouped.story_refs() == before


@pytest.mark.parametrize("seed", range(6))
def test_stories_are_the_same_in_whatever_order_and_portions_posts_arrive(
    store: Store, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    posts = chance.sample(POSTS, len(POSTS))
    monkeypatch.setattr(module, "PORTION", chance.randint(1, 3))
    monkeypatch.setattr(module, "ROUND", chance.randint(1, 4))
    monkeypatch.setattr(module, "PAIRS", 1)
    while posts:
        count = chance.randint(1, 3)
        store_posts(store, posts[:count])
        del posts[:count]
        if chance.random() < 0.7:
            group_new(store, START)
    group_new(store, START)
    assert groups(store) == EXPECTED
    assert roles(store) == {
        WIRE_ID: "report", COPY_ID: "copy", EDIT_ID: "copy", FRUIT_ID: "report", AGAIN_ID: "copy"
    }  # fmt: skip


def roles(store: Store) -> dict[str, str]:
    return {member.post_id: member.role for ref in store.story_refs() for member in store.story(ref.id).members}


def test_a_post_of_a_later_poll_joins_its_story_which_keeps_its_name(store: Store) -> None:
    store_posts(store, POSTS[:2])
    group_new(store, START)
    before = story_of(store, WIRE_ID)
    store_posts(store, POSTS[2:])
    report = group_new(store, START + timedelta(hours=6))
    assert (report.posts, report.new, report.changed) == (4, 1, 1)
    assert story_of(store, EDIT_ID) == before
    assert next(ref for ref in store.story_refs() if ref.id == before).changed_at == START + timedelta(hours=6)


def test_posts_farther_apart_than_the_window_are_no_story(store: Store) -> None:
    store_posts(store, [POSTS[0], post("late", WIRE, minute=60 * 24 * 4, outlet="b")])
    group_new(store, START)
    assert groups(store) == set()


def test_an_edit_takes_a_post_out_of_its_story_and_into_another(grouped: Store) -> None:
    edit(grouped, 1, OTHER)
    report = group_new(grouped, START)
    assert groups(grouped) == {(WIRE_ID, EDIT_ID), (FRUIT_ID, COPY_ID, AGAIN_ID)}
    assert (report.posts, report.changed) == (1, 2)


def test_a_story_whose_posts_were_edited_apart_is_no_more(grouped: Store) -> None:
    old = story_of(grouped, FRUIT_ID)
    edit(grouped, 4, "今晚到明天有小雨，气温下降四度，出门请带雨具。")
    assert group_new(grouped, START).ended == 1
    assert grouped.moved_stories() == {old: None}


def test_an_article_that_is_read_later_joins_its_post_to_a_story(store: Store) -> None:
    short = post("short", WIRE[:12], minute=20, outlet="e")
    store_posts(store, [*POSTS[:2], short])
    group_new(store, START)
    assert short[1].post_id not in next(iter(groups(store)))
    whole = replace(short[1], clean=replace(short[1].clean, text=f"{short[1].clean.title}\n{WIRE}"))
    store.replace([whole])
    group_new(store, START)
    assert short[1].post_id in next(iter(groups(store)))


def test_a_rework_makes_the_same_stories_under_the_same_names(grouped: Store) -> None:
    grouped.pin(story_of(grouped, WIRE_ID))
    before = grouped.story_refs()
    report = regroup(grouped, START + timedelta(days=9))
    assert (report.posts, report.new, report.changed, report.ended) == (6, 0, 0, 0)
    assert grouped.story_refs() == before


def test_what_people_said_stands_above_texts_and_outlives_a_rework(grouped: Store) -> None:
    grouped.judge([Judgement(WIRE_ID, OWN_ID, "together"), Judgement(FRUIT_ID, AGAIN_ID, "apart")])
    for again in (group_new, regroup):
        again(grouped, START)
        assert groups(grouped) == {(WIRE_ID, COPY_ID, OWN_ID, EDIT_ID)}


def test_a_rework_with_other_rules_gives_old_addresses_a_place_to_lead_to(
    grouped: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from broadsheet import group

    wire, fruit = story_of(grouped, WIRE_ID), story_of(grouped, FRUIT_ID)
    compare = group.compare_posts

    def tolerant(pairs: group.Pairs, texts: object) -> object:
        made = compare(pairs, texts)  # type: ignore[arg-type]
        return [*made, replace(made[0], first=WIRE_ID, second=FRUIT_ID, relation="same-event", share=None)]

    monkeypatch.setattr(group, "compare_posts", tolerant)
    grouped.judge([Judgement(WIRE_ID, FRUIT_ID, "together")])
    regroup(grouped, START)
    assert groups(grouped) == {(WIRE_ID, FRUIT_ID, COPY_ID, EDIT_ID, AGAIN_ID)}
    kept, gone = sorted((wire, fruit))
    assert grouped.moved_stories() == {gone: kept}
    assert grouped.story(gone) == grouped.story(kept)


def test_who_is_overtaken_by_another_process_reads_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_posts(store, POSTS[:1])
    keep = Store.keep_sketches

    def late(self: Store, *arguments: object) -> bool:
        monkeypatch.setattr(Store, "keep_sketches", keep)
        with open_store(str(tmp_path / "paper.db")) as other:
            store_posts(other, POSTS[1:])
            group_new(other, START)
        return keep(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "keep_sketches", late)
    group_new(store, START)
    assert groups(store) == EXPECTED


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from broadsheet.pipeline.stories import joining
from broadsheet.store import Store, open_store

joining.ROUND = joining.PORTION = 2
left = int(sys.argv[2])

def counted(method):
    def call(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*arguments, **named)
    return call

Store.keep_sketches = counted(Store.keep_sketches)
Store.group = counted(Store.group)
with open_store(sys.argv[1]) as store:
    joining.regroup(store, datetime(2026, 11, 23, 8, tzinfo=UTC))
"""


@pytest.mark.parametrize("call", range(1, 5))
def test_a_killed_run_loses_nothing_and_the_next_one_finishes(grouped: Store, tmp_path: Path, call: int) -> None:
    before = grouped.story_refs()
    grouped.close()
    path = str(tmp_path / "paper.db")
    done = subprocess.run([sys.executable, "-c", KILLED, path, str(call)], check=False)
    assert done.returncode == -signal.SIGKILL
    with open_store(path) as store:
        assert store.story_refs() == before
        group_new(store, START)
        assert store.story_refs() == before
        assert store.check() == []


def test_two_polls_make_one_story(store: Store, means: Means, outlet: Outlet, clock: Clock) -> None:
    addresses = [outlet.put(f"/{path}", rss(("甲：桥塔合龙", WIRE), title=path)) for path in "ab"]
    follow_all(store, *addresses)
    update(store, means)
    group_new(store, clock())
    (ref,) = store.story_refs()
    outlet.put("/a", rss(("乙：水果丰收", OTHER), ("甲：桥塔合龙", WIRE), title="a"))
    clock.forward(days=1)
    update(store, means)
    assert group_new(store, clock()).posts == 1
    assert store.story_refs() == [ref]


def test_spans_cover_every_moment_once() -> None:
    day = timedelta(days=1)
    moments = [START, START + day, START + 9 * day]
    assert module.spans(moments, day) == [(START - day, START + 2 * day), (START + 8 * day, START + 10 * day)]
    assert module.spans([], day) == []


def no_group(modules: Sequence[str]) -> bool:
    return not any(name.startswith(("numpy", "rensa", "broadsheet.group")) for name in modules)


def test_nothing_heavy_is_imported_while_nothing_is_new(grouped: Store, tmp_path: Path) -> None:
    grouped.close()
    script = (
        "import sys; from datetime import UTC, datetime; from broadsheet.store import open_store\n"
        "from broadsheet.pipeline.stories.joining import group_new\n"
        f"group_new(open_store({str(tmp_path / 'paper.db')!r}), datetime.now(UTC)); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert no_group(done.stdout.split())


def test_posts_whose_fingerprints_did_not_stay_in_memory_are_compared_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_FINGERPRINTS", 0)
    store_posts(store, POSTS)
    group_new(store, START)
    assert groups(store) == EXPECTED


@pytest.mark.parametrize("seed", range(2))
def test_stories_of_real_posts_are_the_same_in_whatever_order_they_arrive(
    store: Store, tmp_path: Path, shared: Path, seed: int
) -> None:
    chance = random.Random(seed)
    files = sorted((shared / "data/posts/raw").glob("*.md"))
    with open_store(str(tmp_path / "at-once.db"), create=True) as other:
        import_posts(other, files, START)
        group_new(other, START)
        expected, expected_roles = groups(other), roles(other)
    chance.shuffle(files)
    while files:
        count = chance.randint(1, 15)
        import_posts(store, files[:count], START)
        del files[:count]
        group_new(store, START)
    assert groups(store) == expected
    assert roles(store) == expected_roles
    assert len(expected) > 20
