"""Past agreements between the parties of a claim: its background, never its confirmation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import structs

from broadsheet.group.ledger_match import Kin
from broadsheet.group.ledger_told import DEALS, Told
from broadsheet.model import PastAgreement

_PAIR: Final = 2


def read_past(told: Sequence[Told]) -> Mapping[str, Sequence[Told]]:
    """Sort out what was done long before, by the story that tells it.

    One that names nobody (两家企业2017年就已合作) is of the parties of another of that date in its post, or of the
    first deal between two that its post tells.
    """
    found: dict[str, list[Told]] = {}
    for one in told:
        if one.since:
            found.setdefault(one.story, []).append(one if one.named else structs.replace(one, who=_meant(one, told)))
    return found


def _meant(past: Told, told: Sequence[Told]) -> tuple[str, ...]:
    beside = [
        one for one in told if one.post.post_id == past.post.post_id and one is not past and len(one.who) >= _PAIR
    ]
    dated = [one for one in beside if one.since and one.named and _value(one).startswith(_value(past))]
    deals = [one for one in beside if not one.since and one.family == DEALS]
    return next((one.who for one in [*dated, *deals]), ())


def past_of(entry: Sequence[Told], past: Mapping[str, Sequence[Told]], kin: Kin) -> tuple[PastAgreement, ...]:
    """Find the past agreements that the stories of an entry tell of its parties, the oldest first.

    Args:
        entry: the claims of one entry.
        past: claims of what was done long before, by the story that tells them.
        kin: who can stand for whom.
    """
    if entry[0].family != DEALS:
        return ()
    stories = dict.fromkeys(one.story for one in entry)
    told = [one for story in stories for one in past.get(story, ()) if _between_them(one, entry, kin)]
    return tuple(_once(sorted(told, key=lambda one: (-len(_value(one)), one.post.published, one.claim.start))))


def _between_them(one: Told, entry: Sequence[Told], kin: Kin) -> bool:
    return any(kin.shared(one.who, other.who) >= _PAIR for other in entry)


def _value(told: Told) -> str:
    return (told.since and told.since.value) or ""


def _once(told: Iterable[Told]) -> Iterator[PastAgreement]:
    """Tell each agreement once, by its exactest date: 2017-07-28 is what another calls 2017."""
    kept: list[Told] = []
    for one in told:
        if not any(_value(other).startswith(_value(one)) for other in kept):
            kept.append(one)
    for one in sorted(kept, key=_value):
        claim = one.claim
        yield PastAgreement(
            post_id=one.post.post_id,
            start=claim.start,
            end=claim.end,
            quote=claim.quote,
            event=claim.event,
            value=_value(one),
            precision=one.since.precision if one.since else "vague",
        )
