"""The status of a claim, derived from its other fields: the first that fits."""

from typing import Final

from broadsheet.model import Event, Polarity, Source, Stage, Status

_HEARSAY: Final = frozenset({"anonymous", "market_rumour"})
_REPORTED: Final = frozenset({"outlet", "unattributed", "own_reporting", "analyst"})


def status_of(
    event: Event, stage: Stage, polarity: Polarity, source: Source, *, party: bool, confirms: bool
) -> Status:
    """Derive the status.

    `party`: the source is one of the parties, or speaks for it. `confirms`: a party confirms an earlier report.
    """
    rules: tuple[tuple[bool, Status], ...] = (
        (confirms, "confirmed"),
        (polarity == "denied", "denied"),
        (event == "market_view", "view"),
        (stage == "terminated", "terminated"),
        (stage == "talks", "in_talks"),
        (source in _HEARSAY, "rumour"),
        (source in _REPORTED or stage == "none" or (source == "named_person" and not party), "reported"),
        (stage == "completed", "completed"),
    )
    return next((status for fits, status in rules if fits), "announced")
