"""Past agreements between the parties of a claim: its background, never its confirmation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import structs

from broadsheet.group.ledger.match import Kin
from broadsheet.group.ledger.told import DEALS, Told
from broadsheet.group.texts.phrases import sentence_span
from broadsheet.model import DateMention, PastAgreement

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
    ordered = sorted(told, key=lambda one: (-len(_value(one)), one.post.published, one.claim.start))
    return tuple(_once(ordered, kin))


def _between_them(one: Told, entry: Sequence[Told], kin: Kin) -> bool:
    return any(kin.shared(one.who, other.who) >= _PAIR for other in entry)


def _value(told: Told) -> str:
    return (told.since and told.since.value) or ""


def _once(told: Iterable[Told], kin: Kin) -> Iterator[PastAgreement]:
    """Tell each agreement once, by its exactest date: 2017-07-28 is what another calls 2017."""
    kept: list[PastAgreement] = []
    for one in (_agreement(one, kin) for one in told):
        if not any((other.value or "").startswith(one.value or "") for other in kept):
            kept.append(one)
    yield from sorted(kept, key=lambda one: one.value or "")


def _agreement(told: Told, kin: Kin) -> PastAgreement:
    """Tell an agreement in the words of its claim, or of the sentence of its post that dates it exacter."""
    claim, value, text = told.claim, _value(told), told.post.facts.text
    start, end, precision = claim.start, claim.end, told.since.precision if told.since else "vague"
    exacter = _exacter(told, kin)
    if exacter:
        start, end = sentence_span(text, exacter.start, exacter.end)
        value, precision = exacter.value or value, exacter.precision
    return PastAgreement(
        post_id=told.post.post_id,
        start=start,
        end=end,
        quote=text[start:end],
        event=claim.event,
        value=value,
        precision=precision,
    )


def _exacter(told: Told, kin: Kin) -> DateMention | None:
    """Find an exacter date of the same deal: in a sentence that names two of its parties."""
    for mention in told.post.facts.dates:
        value = mention.value or ""
        if value.startswith(_value(told)) and value != _value(told):
            start, end = sentence_span(told.post.facts.text, mention.start, mention.end)
            inside = [
                one.company_id for one in told.post.facts.mentions if start <= one.start < end and one.company_id
            ]
            if kin.shared(told.who, tuple(dict.fromkeys(inside))) >= _PAIR:
                return mention
    return None
