from datetime import UTC, datetime

import pytest

from broadsheet.decide.notices import failure_notice
from broadsheet.decide.schedule import Wait
from broadsheet.model import Failure

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

DAILY = Wait(86_400, "")


@pytest.mark.parametrize(
    ("status", "failures", "said"),
    [
        (410, 1, "gone for good"),
        (403, 1, "refuses us (403) and is asked again after 1 d"),
        (401, 1, "refuses us (401)"),
        (429, 1, "left alone for 1 d"),
        (404, 1, None),
        (404, 5, "look for the feed's new address"),
        (None, 4, None),
        (None, 5, "failed 5 times in a row, asked again after 1 d: it was slow"),
        (500, 5, "failed 5 times"),
    ],
)
def test_a_notice_says_what_waiting_will_not_mend(status: int | None, failures: int, said: str | None) -> None:
    failure = Failure(reason="timeout", message="it was slow", at=START, status=status)
    notice = failure_notice(failure, failures, DAILY)
    assert (notice is None) if said is None else (said in (notice or ""))
