"""Marks, folders and tags as readers change them."""

import pytest
from msgspec.structs import replace
from tests.store.builders import minutes
from tests.web.conftest import NOW
from tests.web.greader.conftest import LONG, STATE, Reader

from broadsheet.store import Store
from broadsheet.web.greader.edits import Marking, marking_of
from broadsheet.web.greader.ids import Stream

ALL = f"{STATE}reading-list"
READ, UNREAD, STARRED = Stream(kind="read"), Stream(kind="unread"), Stream(kind="starred")


def test_streams_say_what_becomes_of_posts() -> None:
    label = Stream(kind="label", name="汽车")
    assert marking_of([READ], [UNREAD]) == Marking(read=True)
    assert marking_of([UNREAD, Stream(kind="nothing")], [READ]) == Marking(read=False)
    assert marking_of([], [READ]) == Marking(read=False)
    assert marking_of([UNREAD], []) == Marking(read=False)
    assert marking_of([STARRED, label], []) == Marking(starred=True, tags=("汽车",))
    assert marking_of([], [STARRED, label]) == Marking(starred=False, untags=("汽车",))
    assert marking_of([Stream(kind="all")], [UNREAD]) == Marking()


def test_items_are_marked_read_and_unread(reader: Reader) -> None:
    whole = reader.ids(ALL)
    reader.do("edit-tag", f"i={whole[0]}&i={LONG}{whole[1]:016x}&i={whole[2]:016x}&a={STATE}read&T=x")
    assert reader.unread() == whole[3:]
    reader.do("edit-tag", f"i={whole[0]}&r={STATE}read&T=")
    assert reader.unread() == [whole[0], whole[3]]
    reader.do("edit-tag", f"i={whole[1]}&a={STATE}kept-unread&a={STATE}tracking-kept-unread")
    assert reader.unread() == [*whole[:2], whole[3]]
    reader.do("edit-tag", f"i=1&a={STATE}read")
    assert len(reader.unread()) == 3


def test_items_are_starred_and_tagged(reader: Reader, store: Store) -> None:
    whole = reader.ids(ALL)
    reader.do("edit-tag", f"i={whole[0]}&i={whole[1]}&a={STATE}starred&a=user/-/label/汽车")
    assert reader.ids(f"{STATE}starred") == whole[:2]
    assert reader.ids("user/-/label/汽车") == whole[:2]
    reader.do("edit-tag", f"i={whole[0]}&r={STATE}starred&r=user/-/label/汽车")
    assert reader.ids(f"{STATE}starred") == whole[1:2]
    assert store.reading.tags() == [("汽车", 1)]


@pytest.mark.parametrize("stream", ["feed/{}", "user/-/label/别家", "user/-/label/汽车", f"{STATE}starred"])
def test_a_stream_is_marked_read_as_a_whole(reader: Reader, store: Store, stream: str) -> None:
    other = store.feed("https://other.example/feed")
    store.save_feed(replace(other, section=("别家",)))
    newest = store.refs()[0].id
    store.reading.mark([newest], NOW, starred=True)
    store.reading.tag([newest], add=["汽车"])
    whole = reader.ids(ALL)
    reader.do("mark-all-as-read", f"s={stream.format(other.id)}&T=x")
    assert reader.unread() == whole[1:]
    reader.do("mark-all-as-read", f"s={ALL}")
    assert reader.unread() == []


@pytest.mark.parametrize("stream", [ALL, f"{STATE}starred"])
def test_what_came_later_stays_unread(reader: Reader, store: Store, stream: str) -> None:
    store.reading.mark([ref.id for ref in store.refs()], NOW, starred=True)
    whole = reader.ids(ALL)
    reader.do("mark-all-as-read", f"s={stream}&ts={int(minutes(1).timestamp()) * 1_000_000}")
    assert reader.unread() == whole[:2]


def test_what_is_wrong_is_said(reader: Reader) -> None:
    assert reader.send("mark-all-as-read", "").json()["error"].startswith("s: is missing")
    assert reader.send("mark-all-as-read", f"s={ALL}&ts=soon").status_code == 400
    assert reader.send("edit-tag", "i=1&a=read").status_code == 400
    assert reader.send("rename-tag", f"s={ALL}&dest=user/-/label/x").status_code == 400


def test_a_folder_is_renamed_and_done_without(reader: Reader, store: Store) -> None:
    reader.do("rename-tag", "s=user/-/label/新媒体 / 最新&dest=user/-/label/媒体/快讯")
    assert {feed.section for feed in store.feeds()} == {("媒体", "快讯")}
    reader.do("disable-tag", "s=user/-/label/媒体 / 快讯&s=user/-/label/none")
    assert {feed.section for feed in store.feeds()} == {()}


def test_a_tag_is_renamed_and_done_without(reader: Reader, store: Store) -> None:
    store.reading.tag([ref.id for ref in store.refs()][:2], add=["车"])
    reader.do("rename-tag", "s=user/-/label/车&dest=user/-/label/汽车")
    assert store.reading.tags() == [("汽车", 2)]
    reader.do("disable-tag", "s=user/-/label/汽车")
    assert store.reading.tags() == []


@pytest.mark.parametrize(
    "path",
    ["edit-tag", "mark-all-as-read", "rename-tag", "disable-tag", "subscription/edit", "subscription/quickadd"],
)
def test_a_token_that_may_only_read_changes_nothing(looker: Reader, path: str) -> None:
    answer = looker.send(path, f"s={ALL}&i=1&a={STATE}read")
    assert (answer.status_code, "--scope write" in answer.json()["error"]) == (403, True)
    assert looker.unread()
