"""What a server said to robots holds for a day, and for an hour where nobody knows."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Robots

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("access", "hours", "fresh"),
    [
        ("rules", 23, True),
        ("rules", 24, False),
        ("open", 23, True),
        ("open", 25, False),
        ("unreachable", 0.9, True),
        ("unreachable", 1, False),
        ("rules", -1, False),
    ],
)
def test_what_was_said_holds_for_a_while(access: str, hours: float, fresh: bool) -> None:
    robots = Robots(origin="https://paper.example", asked_at=NOON, access=access)  # type: ignore[arg-type]
    assert robots.is_fresh(NOON + timedelta(hours=hours)) is fresh
