"""JSON that is not quite JSON."""

import time

import pytest

from broadsheet.errors import FeedError
from broadsheet.parse.formats.jsontext import load_json


def test_good_json_costs_nothing() -> None:
    assert load_json('{"a": [1, 2.5, null, "\\u4e2d"]}') == ({"a": [1, 2.5, None, "中"]}, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": "x\ny", }', {"a": "x\ny"}),
        (r'{"a": "It\'s \x41 C:\\d \u12"}', {"a": r"It's \x41 C:\d \u12"}),
        ('{"a": NaN, "b": -Infinity}', {"a": None, "b": None}),
        ('{"a": "\\ud800"}', {"a": "\ufffd"}),
        ('{"a": 1} <!-- made in 0.2 s -->', {"a": 1}),
        (f'{{"a": {"9" * 5000}}}', {"a": "9" * 5000}),
    ],
)
def test_what_is_clearly_meant_is_read(text: str, expected: object) -> None:
    assert load_json(text) == (expected, ("json-lenient",))


def test_a_broken_item_costs_no_other() -> None:
    broken = '{"id": "a "b" c", "x": [{"y": 1}, {"y": 2}]}'
    text = f'{{"t": 1, "items": [{{"id": 1}}, {broken}, {{"id": 3}}, {{"id": 4}}], "z": [{{"id": 5}}, {{"id": 6}}]}}'
    assert load_json(text) == (
        {"t": 1, "items": [{"id": 1}, {"id": 3}, {"id": 4}]},
        ("json-lenient", "entries-dropped:1"),
    )


def test_what_breaks_off_keeps_its_whole_items() -> None:
    text = '{"items": [{"id": 1}, 7, {"id": "b'
    assert load_json(text) == ({"items": [{"id": 1}, 7]}, ("json-lenient", "truncated"))


@pytest.mark.parametrize(
    "text", ["{", '{"items": [', '{"items": [{"id": "a', "{'a': 1}", '{"items": [{"id": "a" "b"}, {"c": 1}]}']
)
def test_what_holds_nothing_whole_is_refused(text: str) -> None:
    with pytest.raises(FeedError) as caught:
        load_json(text)
    assert caught.value.reason == "not-a-feed"


def test_many_broken_items_take_no_time() -> None:
    started = time.process_time()
    load_json('{"items": [{"id": "1"},' + '{"id": "a "b"},' * 40_000 + "]}")
    assert time.process_time() - started < 2
