"""When to ask again for an image that did not come."""

from datetime import datetime, timedelta

from broadsheet.decide.caching import retry_after_s
from broadsheet.model import Failure, Response

TRIES = 8
"""So often an image is asked for that its server may yet give: for three weeks."""
TRIES_REFUSED = 3
"""So often where the answer is no, or no image: for five hours, because servers err too."""
FIRST_S = 3600
GROWTH = 4
LONGEST_S = 7 * 86_400
HELD_S = 14 * 86_400

REFUSED = frozenset({400, 401, 403, 404, 410, 451})
NO_IMAGE = frozenset({"vector-image", "not-an-image", "too-large", "damaged"})
NO_WAY = frozenset({"bad-address", "blocked-address", "downgrade", "redirect-loop", "too-many-redirects"})


def image_due(failures: int, failure: Failure, answer: Response | None = None) -> datetime | None:
    """When to ask again after the `failures`-th failure in a row; None gives the image up."""
    no = failure.status in REFUSED or failure.reason in NO_IMAGE | NO_WAY
    if failures >= (TRIES_REFUSED if no else TRIES):
        return None
    wait_s = min(FIRST_S * GROWTH ** (failures - 1), LONGEST_S)
    asked_s = retry_after_s(answer.headers, answer.received_at) if answer else None
    return failure.at + timedelta(seconds=max(wait_s, min(asked_s or 0, HELD_S)))
