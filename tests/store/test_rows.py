"""How plain types become rows: what decides that a page must be made again."""

import pytest
from msgspec import Struct
from msgspec.structs import replace
from tests.store.builders import make_revision, minutes

from broadsheet.model import Enclosure, Image, Person, Revision, SafeHtml
from broadsheet.store.rows import gathered, json_of, post_values

MADE = make_revision()
CLEAN = MADE.clean


def shown(revision: Revision) -> object:
    return post_values(revision, revision.clean)["shown"]


def clean_with(**changed: object) -> Revision:
    return replace(MADE, clean=replace(CLEAN, **changed))


@pytest.mark.parametrize(
    "changed",
    [
        clean_with(title="别的"),
        clean_with(html=SafeHtml("<p>别的</p>")),
        clean_with(summary="别的"),
        clean_with(link="https://news.example/1"),
        clean_with(language="zh"),
        clean_with(image=Image(url="https://news.example/1.png")),
        clean_with(changes={"scripts": 1}),
        replace(MADE, authors=(Person(name="记者"),)),
        replace(MADE, categories=("科技",)),
        replace(MADE, enclosures=(Enclosure(url="https://news.example/1.mp3"),)),
        replace(MADE, comments="https://news.example/1#c"),
        replace(MADE, updated=minutes(1)),
    ],
)
def test_whatever_a_page_shows_changes_the_digest_of_the_page(changed: Revision) -> None:
    assert shown(changed) != shown(MADE)


def test_what_no_page_shows_leaves_it() -> None:
    hidden = replace(MADE, entry_digest="x", digest="y", reason="z", seen_at=minutes(1), original=b"", base_url="b")
    assert shown(hidden) == shown(MADE)


def test_json_does_not_depend_on_the_order_of_keys() -> None:
    assert json_of({"b": 1, "a": 2}) == json_of({"a": 2, "b": 1}) == '{"a":2,"b":1}'


def test_json_holds_what_utf_8_can_hold() -> None:
    class Name(Struct):
        name: str

    assert json_of([Name("a\ud800")]) == '[{"name":"a\ufffd"}]'


def test_values_are_gathered_by_their_numbers() -> None:
    assert gathered([(1, "a"), (2, "b"), (1, "c")]) == {1: ("a", "c"), 2: ("b",)}
    assert gathered([]) == {}
