"""Folders, and the posts that streams choose together."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.store.builders import make_feed

from broadsheet.errors import ConfigError
from broadsheet.model import Feed, FeedState, Selection
from broadsheet.web.greader.ids import Stream
from broadsheet.web.greader.shelf import Chosen, Shelf, choose

ALL, READ, UNREAD = Stream(kind="all"), Stream(kind="read"), Stream(kind="unread")
STARRED, NOTHING = Stream(kind="starred"), Stream(kind="nothing")


def feed(key: str, *section: str, paused: bool = False) -> Feed:
    state = FeedState(standing="paused" if paused else "active")
    return replace(make_feed(f"https://{key}.example/", key=key, state=state), section=section)


def shelf(*feeds: Feed) -> Shelf:
    return Shelf(feeds={one.id: one for one in feeds}, unfiled="Unfiled")


def label(name: str) -> Stream:
    return Stream(kind="label", name=name)


def named(name: str) -> Stream:
    return Stream(kind="feed", name=name)


A, B, C = feed("a", "新媒体", "最新"), feed("b"), feed("c", "新媒体")
THREE = shelf(A, B, C)


def feeds_of(chosen: Chosen) -> set[str] | None:
    return None if chosen.selection.feeds is None else set(chosen.selection.feeds)


def test_a_section_is_a_folder_and_a_feed_without_one_is_in_one_too() -> None:
    assert {name: [one.id for one in inside] for name, inside in THREE.folders().items()} == {
        "新媒体 / 最新": ["a"],
        "Unfiled": ["b"],
        "新媒体": ["c"],
    }


@given(st.lists(st.text("新ab ", min_size=1).map(str.strip).filter(bool), max_size=4).map(tuple))
def test_a_folder_is_read_as_the_section_that_it_is(section: tuple[str, ...]) -> None:
    assert THREE.section(THREE.folder(feed("x", *section))) == section


def test_streams_choose_posts() -> None:
    assert choose(THREE, [ALL]) == Chosen(selection=Selection())
    assert choose(THREE, [READ]).selection == Selection(read=True)
    assert choose(THREE, [UNREAD]).selection == Selection(unread=True)
    assert choose(THREE, [STARRED]).selection == Selection(starred=True)
    assert choose(THREE, [label("汽车")]).selection == Selection(tag="汽车")
    assert feeds_of(choose(THREE, [label("新媒体")])) == {"c"}
    assert feeds_of(choose(THREE, [named("a")])) == {"a"}
    assert feeds_of(choose(THREE, [named("https://b.example/")])) == {"b"}
    assert feeds_of(choose(THREE, [named("elsewhere")])) == set()
    assert feeds_of(choose(THREE, [NOTHING])) == set()


def test_streams_choose_together() -> None:
    assert feeds_of(choose(THREE, [label("新媒体"), named("a")])) == set()
    assert choose(THREE, [STARRED, UNREAD]).selection == Selection(starred=True, unread=True)
    assert choose(THREE, [ALL], [READ]).selection == Selection(unread=True)
    assert choose(THREE, [ALL], [UNREAD]).selection == Selection(read=True)
    assert feeds_of(choose(THREE, [ALL], [named("a"), label("Unfiled")])) == {"c"}
    assert feeds_of(choose(THREE, [ALL], [ALL])) == set()
    assert choose(THREE, [ALL], [NOTHING]).selection == Selection()
    without = choose(THREE, [ALL], [STARRED, label("汽车")]).without
    assert without == (Selection(starred=True), Selection(tag="汽车"))


def test_moments_bound_when_posts_came() -> None:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    assert choose(THREE, [ALL], since=at, until=at).selection == Selection(since=at, until=at)


@pytest.mark.parametrize("streams", [[STARRED, label("x")], [label("x"), label("y")], [label("x"), STARRED]])
def test_what_cannot_be_asked_together_is_said(streams: list[Stream]) -> None:
    with pytest.raises(ConfigError, match="together"):
        choose(THREE, streams)


def test_a_feed_that_rests_is_not_shown_in_any_stream() -> None:
    resting = shelf(A, B, feed("d", "新媒体", paused=True))
    assert [one.id for one in resting.shown] == ["a", "b"]
    assert "新媒体" not in resting.folders()
    for stream in (ALL, STARRED, READ, label("汽车")):
        assert feeds_of(choose(resting, [stream])) == {"a", "b"}
    assert feeds_of(choose(resting, [named("d")])) == set()
