"""An image that does not come is asked for ever more rarely, and at last no more."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.decide import image_due
from broadsheet.model import Failure, Response

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def failure(reason: str = "http-status", status: int | None = None) -> Failure:
    return Failure(reason=reason, message="", at=NOON, status=status)


def hours(failures: int, failed: Failure) -> float | None:
    due = image_due(failures, failed)
    return None if due is None else (due - NOON) / timedelta(hours=1)


def test_waits_grow_up_to_a_week_and_end_after_three() -> None:
    assert [hours(n, failure("timeout")) for n in range(1, 9)] == [1, 4, 16, 64, 168, 168, 168, None]
    assert hours(3, failure(status=503)) == 16


@pytest.mark.parametrize(
    "refused",
    [
        failure(status=404),
        failure(status=410),
        failure(status=403),
        failure("vector-image", 200),
        failure("damaged", 200),
        failure("blocked-address"),
    ],
)
def test_a_plain_no_ends_after_some_tries(refused: Failure) -> None:
    assert [hours(n, refused) for n in range(1, 4)] == [1, 4, None]


@pytest.mark.parametrize(("said", "expected"), [("7200", 2), ("60", 1), ("99999999", 14 * 24)])
def test_a_server_that_asks_to_wait_is_obeyed(said: str, expected: float) -> None:
    answer = Response(address="", final_address="", status=429, headers={"retry-after": said}, received_at=NOON)
    assert image_due(1, failure(status=429), answer) == NOON + timedelta(hours=expected)
