"""Signing in may fail a few times, then it waits."""

from datetime import UTC, datetime, timedelta

from broadsheet.web.access.attempts import MOST_FROM_ONE, MOST_IN_ALL, WINDOW, Attempts

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_an_address_waits_after_its_fifth_failure_and_no_other_does() -> None:
    attempts = Attempts()
    for second in range(MOST_FROM_ONE):
        assert attempts.wait_s("10.0.0.1", NOON) == 0
        attempts.failed("10.0.0.1", NOON + timedelta(seconds=second))
    assert attempts.wait_s("10.0.0.1", NOON + timedelta(seconds=5)) == 895
    assert attempts.wait_s("10.0.0.2", NOON) == 0


def test_the_wait_ends_with_the_window() -> None:
    attempts = Attempts()
    for _ in range(MOST_FROM_ONE):
        attempts.failed("10.0.0.1", NOON)
    assert attempts.wait_s("10.0.0.1", NOON + WINDOW - timedelta(milliseconds=1)) == 1
    assert attempts.wait_s("10.0.0.1", NOON + WINDOW) == 0


def test_many_addresses_together_are_held_back_too() -> None:
    attempts = Attempts()
    for number in range(MOST_IN_ALL):
        attempts.failed(f"10.0.0.{number}", NOON)
    assert attempts.wait_s("10.0.1.1", NOON) == 900


def test_the_right_password_forgets_what_failed_before() -> None:
    attempts = Attempts()
    for _ in range(MOST_FROM_ONE):
        attempts.failed("10.0.0.1", NOON)
    attempts.succeeded("10.0.0.1")
    assert attempts.wait_s("10.0.0.1", NOON) == 0
