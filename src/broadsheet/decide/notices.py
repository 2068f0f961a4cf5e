"""What a person should know of a feed that fails, and what to do about it."""

from broadsheet.decide.schedule import REFUSED, Wait, span
from broadsheet.model import Failure

OFTEN = 5


def failure_notice(failure: Failure, failures: int, wait: Wait) -> str | None:
    """Say what a failing feed needs; None while waiting is likely to mend it."""
    pause = span(wait.seconds)
    if failure.status == 410:
        return "the server says that this feed is gone for good; its posts stay, and it is not asked again by itself"
    if failure.status in REFUSED:
        return f"the server refuses us ({failure.status}) and is asked again after {pause}; its owner may let us in"
    if failure.status == 429:
        return f"the host asks for fewer requests and is left alone for {pause}"
    if failures < OFTEN:
        return None
    if failure.status == 404:
        return f"not found {failures} times in a row, asked again after {pause}: look for the feed's new address"
    return f"failed {failures} times in a row, asked again after {pause}: {failure.message}"
