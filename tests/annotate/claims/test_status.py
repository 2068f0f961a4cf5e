import pytest

from broadsheet.annotate.claims.status import status_of
from broadsheet.model import Event, Polarity, Source, Stage, Status


@pytest.mark.parametrize(
    ("event", "stage", "polarity", "source", "party", "confirms", "status"),
    [
        ("acquisition", "talks", "denied", "company", True, True, "confirmed"),
        ("acquisition", "talks", "denied", "company", True, False, "denied"),
        ("market_view", "none", "affirmed", "analyst", False, False, "view"),
        ("acquisition", "terminated", "affirmed", "anonymous", False, False, "terminated"),
        ("acquisition", "talks", "affirmed", "anonymous", False, False, "in_talks"),
        ("acquisition", "planned", "affirmed", "market_rumour", False, False, "rumour"),
        ("results", "completed", "affirmed", "outlet", False, False, "reported"),
        ("other", "none", "affirmed", "company", True, False, "reported"),
        ("product", "planned", "affirmed", "named_person", False, False, "reported"),
        ("product", "planned", "affirmed", "named_person", True, False, "announced"),
        ("results", "completed", "affirmed", "filing", True, False, "completed"),
        ("listing", "planned", "affirmed", "filing", True, False, "announced"),
    ],
)
def test_the_first_rule_that_fits_gives_the_status(
    event: Event, stage: Stage, polarity: Polarity, source: Source, party: bool, confirms: bool, status: Status
) -> None:
    assert status_of(event, stage, polarity, source, party=party, confirms=confirms) == status
