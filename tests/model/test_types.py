"""What is true of every type of the model."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Batch, Feed, FeedState, Known, KnownEntry, Response, Revision, Task, Validators

Example = Callable[..., Any]


def test_says_what_it_is(kind: type[Struct]) -> None:
    assert kind.__doc__


def test_is_frozen(kind: type[Struct], example: Example) -> None:
    name = kind.__struct_fields__[0]
    with pytest.raises(AttributeError, match="immutable"):
        setattr(example(kind), name, None)


def test_equal_content_is_equal(kind: type[Struct], example: Example) -> None:
    assert example(kind) == example(kind)


def test_refuses_a_naive_moment(kind: type[Struct], moment: str, example: Example) -> None:
    with pytest.raises(ValueError, match="not an aware UTC moment"):
        example(kind, **{moment: datetime(2026, 11, 20)})  # noqa: DTZ001  naive on purpose


def test_refuses_a_moment_of_another_zone(kind: type[Struct], moment: str, example: Example) -> None:
    shanghai = timezone(timedelta(hours=8))
    with pytest.raises(ValueError, match="not an aware UTC moment"):
        replace(example(kind), **{moment: datetime(2026, 11, 20, tzinfo=shanghai)})


def test_a_task_and_its_batch_travel_as_bytes(example: Example) -> None:
    now = datetime(2026, 11, 20, 8, 30, 15, 250, tzinfo=UTC)
    state = FeedState(validators=Validators(etag='W/"a"'), next_due=now, hubs=("https://hub.example/",))
    feed = example(Feed, state=state, section=("新媒体", "最新"))
    entry = KnownEntry(entry_id="e", post_id="p", entry_digest="d")
    task = example(
        Task, known=Known(feed=feed, entries=(entry,)), response=example(Response, body=b"\xff\x00"), now=now
    )
    batch = Batch(feed=feed, outcome="changed", revisions=(example(Revision, original=b"<a/>", updated=now),))
    for value in (task, batch):
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=type(value)) == value
