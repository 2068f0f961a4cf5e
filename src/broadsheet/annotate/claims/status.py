"""The status of a claim, derived from its other fields: the first that fits."""

from collections.abc import Mapping
from typing import Final

from broadsheet.model import Event, Polarity, Source, Stage, Status

_AT_ONCE: Final[Mapping[Stage, Status]] = {"terminated": "terminated", "talks": "in_talks"}
"""Stages that are a status whoever tells them."""

_HEARSAY: Final = frozenset({"anonymous", "market_rumour"})
_REPORTED: Final = frozenset({"outlet", "unattributed", "own_reporting", "analyst"})


def status_of(
    event: Event, stage: Stage, polarity: Polarity, source: Source, *, party: bool, confirms: bool
) -> Status:
    """Derive the status.

    `party`: the source is one of the parties, or speaks for it. `confirms`: a party confirms an earlier report.
    """
    if confirms:
        return "confirmed"
    if polarity == "denied":
        return "denied"
    if event == "market_view":
        return "view"
    if stage in _AT_ONCE:
        return _AT_ONCE[stage]
    if source in _HEARSAY:
        return "rumour"
    if source in _REPORTED or stage == "none" or (source == "named_person" and not party):
        return "reported"
    return "completed" if stage == "completed" else "announced"
