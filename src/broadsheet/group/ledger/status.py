"""Where a claim stands after all its steps, why, and what would change it.

A party's own word, or a record, stands above what others heard. Among equals a later word sets an earlier one aside;
what was said at one moment goes by the order of the statuses.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from broadsheet.model import OPEN_STATUSES, Claim, Grounds, Party, Status, Step, Turn

_HEARSAY: Final = frozenset({"anonymous", "market_rumour"})
_OWN_WORD: Final = frozenset({"company", "filing", "named_person"})
_RECORD: Final = frozenset({"company", "filing", "regulator", "data_vendor"})
_ORDER: Final[tuple[Status, ...]] = (
    "denied",
    "completed",
    "confirmed",
    "announced",
    "terminated",
    "in_talks",
    "rumour",
    "reported",
    "view",
)
_SETS_ASIDE: Final = frozenset({"denied", "terminated"})
_TWO: Final = 2
_SILENT: Final = frozenset({"no_reply", "no_comment", "unaware", "defer"})
_AFTER: Final[dict[Status, tuple[Turn, ...]]] = {
    "announced": ("completion", "termination"),
    "confirmed": ("completion", "termination"),
    "denied": ("announcement",),
    "terminated": ("announcement",),
}


class _Evidence(Struct, frozen=True):
    number: int
    step: Step
    status: Status
    official: bool


def weigh_steps(claim: Claim, steps: Sequence[Step], parties: Sequence[Party], roots: int) -> tuple[Status, Grounds]:
    """Derive the status of a claim from its steps, and say why it is that."""
    weighed = [found for number, step in enumerate(steps) if (found := _weigh(number, step, claim))]
    pool = [one for one in weighed if one.official] or weighed
    decisive = _decisive(pool) if pool else None
    status = decisive.status if decisive else claim.status
    silent, unheard = _unanswered(steps, parties)
    return status, Grounds(
        by=decisive.number if decisive else 0,
        official=decisive.official if decisive else False,
        sources=tuple(dict.fromkeys(one.step.source for one in weighed if one.step.answer is None)),
        silent=silent,
        unheard=unheard if status in OPEN_STATUSES else (),
        overruled=tuple(dict.fromkeys(one.status for one in weighed if one.status in _SETS_ASIDE - {status})),
        turns=_turns(status, silent, roots),
    )


def _weigh(number: int, step: Step, claim: Claim) -> _Evidence | None:
    """Say what a step makes of the claim; nothing, where it only asks, or carries another's text."""
    if step.kind == "denied":
        return _Evidence(number, step, "denied", step.answer is not None or step.source in _OWN_WORD)
    if step.kind == "confirmed" and step.answer:
        return _Evidence(number, step, "confirmed", official=True)
    if step.answer or (step.carried and number):
        return None
    official = step.source in _RECORD or (step.source == "named_person" and claim.event != "market_view")
    if step.kind == "terminated":
        return _Evidence(number, step, "terminated", official)
    return _Evidence(number, step, _affirmed(step, claim, official=official), official)


def _affirmed(step: Step, claim: Claim, *, official: bool) -> Status:
    if claim.event == "market_view":
        return "view"
    if official and step.stage == "completed":
        return "completed"
    if step.kind == "confirmed":
        return "confirmed"
    if step.stage == "talks":
        return "in_talks"
    return "announced" if official else "rumour" if step.source in _HEARSAY else "reported"


def _decisive(pool: Sequence[_Evidence]) -> _Evidence:
    """Choose the step that decides: the strongest after the last that set all before it aside, else that one."""
    last = max((one.step.at for one in pool if one.status in _SETS_ASIDE), default=None)
    after = [one for one in pool if last is None or one.step.at > last]
    standing = after or [one for one in pool if one.step.at == last and one.status in _SETS_ASIDE]
    return min(standing, key=lambda one: (_ORDER.index(one.status), one.number))


def _unanswered(steps: Sequence[Step], parties: Sequence[Party]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the parties that were asked and did not answer, and those of which nothing is heard."""
    last = {step.party: step.answer for step in steps if step.answer}
    spoken = {step.root for step in steps if step.source in _OWN_WORD}
    silent = tuple(party.name for party in parties if last.get(party.name) in _SILENT)
    unheard = tuple(party.name for party in parties if party.name not in last and party.name not in spoken)
    return silent, unheard


def _turns(status: Status, silent: Sequence[str], roots: int) -> tuple[Turn, ...]:
    if status not in OPEN_STATUSES:
        return _AFTER.get(status, ())
    wanted: tuple[tuple[object, Turn], ...] = (
        (silent, "answer"),
        (roots < _TWO, "second_root"),
        (True, "confirmation"),
        (True, "denial"),
    )
    return tuple(turn for holds, turn in wanted if holds)
