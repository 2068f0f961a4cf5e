from datetime import UTC, datetime

import pytest

from broadsheet.model import Feed


@pytest.mark.parametrize(
    ("name", "title", "label"),
    [
        ("Mine", "Theirs", "Mine"),
        (None, "Theirs", "Theirs"),
        ("", "", "https://a.example/feed"),
        (None, None, "https://a.example/feed"),
    ],
)
def test_a_feed_is_called_by_its_owners_name_then_its_own_then_its_address(
    name: str | None, title: str | None, label: str
) -> None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    feed = Feed(id="f", address="https://a.example/feed", name=name, title=title, added_at=moment)
    assert feed.label == label
