"""Claims: what a text says that a company did or will do, who said so, and how far it has come."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import structs

from broadsheet.annotate.claims.acts import Said, acts_said
from broadsheet.annotate.claims.hedging import hedges_of
from broadsheet.annotate.claims.parties import parties_of
from broadsheet.annotate.claims.passage import Passage, company_names
from broadsheet.annotate.claims.quoting import settle_quoted
from broadsheet.annotate.claims.sources import attribute, find_speakers
from broadsheet.annotate.claims.status import status_of
from broadsheet.model import Claim, Event, Origin, Source

_ABSORBS: Final[Mapping[Event, frozenset[Event]]] = {
    "acquisition": frozenset({"contract", "investment", "partnership"}),
    "stake": frozenset({"contract"}),
    "joint_venture": frozenset({"contract", "investment", "capacity", "partnership", "product", "stake"}),
    "partnership": frozenset({"contract", "product"}),
    "financing": frozenset({"investment"}),
    "buyback_dividend": frozenset({"investment", "other"}),
    "capacity": frozenset({"investment", "product", "results"}),
    "listing": frozenset({"financing", "other"}),
    "results": frozenset({"other"}),
    "legal_regulatory": frozenset({"other", "contract"}),
    "personnel": frozenset({"other"}),
    "contract": frozenset({"other"}),
}
"""What is said beside an act of a sentence and is the same act, whichever comes first."""

_ELABORATES: Final[Mapping[Event, frozenset[Event]]] = {
    "listing": frozenset({"investment", "product", "capacity"}),
    "capacity": frozenset({"contract"}),
    "results": frozenset({"product", "capacity", "contract"}),
    "product": frozenset({"other"}),
    "personnel": frozenset({"product"}),
    "contract": frozenset({"investment", "financing", "capacity"}),
}
"""What only tells more of an act when it is said after it."""

_REST: Final = re.compile(r"\s*\S")
_TRANSFERS: Final = {"acquisition", "stake"}
_MANIFOLD: Final = frozenset({"market_view", "other"})
"""What may be said of a company more than once and not be the same."""

_PARTY: Final = frozenset({"company", "named_person"})
_CONFIRMED: Final = frozenset({"confirmed"})
_ALIKE: Final = 2
_AGAIN: Final = re.compile(
    r"[本此]轮|[本此该这][次项笔桩宗]|该(?:交易|收购|项目|融资|轮|合作|计划|协议)|上述|轮融资由|this (?:deal|round)"
)
_BESIDE: Final = 4
"""How far an adviser stands from the word for who speaks."""

_LEADING: Final = frozenset({"partnership", "other", "contract"})
_UNSAID: Final = frozenset({"unattributed", "own_reporting"})
_SAYS_MORE: Final = frozenset({("agreement", "intent"), ("completed", "talks"), ("completed", "considering")})
_STOPPED: Final = frozenset({"terminated", "paused"})
_HEARSAY: Final[Mapping[Source, int]] = {"outlet": 1, "market_rumour": 2, "anonymous": 3}
"""Hearsay and how near it is to who knows."""


def find_claims(passage: Passage, origins: Sequence[Origin] = ()) -> tuple[Claim, ...]:
    """Find the claims of a text, in its order; what has no source is the report of the outlet credited behind it."""
    behind = attribute(passage, find_speakers(passage))
    groups = [group for said in acts_said(passage, behind) for group in _acts(said)]
    groups = settle_quoted(passage, behind, _strong(_without_headings(groups, passage)))
    hedges = hedges_of(passage, behind, groups)
    claims = [_claim(passage, group, origins, hedged) for group, hedged in zip(groups, hedges, strict=True)]
    return tuple(_without_repeats(claims, passage))


def _acts(said: Iterable[Said]) -> list[list[Said]]:
    """Join the clauses of one act in a sentence."""
    groups: list[list[Said]] = []
    for one in said:
        if groups and _leads_to(groups[-1], one):
            groups[-1] = [structs.replace(first, event=one.event, vague=one.vague) for first in groups[-1]] + [one]
        elif groups and _goes_on(groups[-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _goes_on(group: Sequence[Said], one: Said) -> bool:
    first = group[0]
    if first.polarity != one.polarity or first.speaker.source != one.speaker.source:
        return False
    related = (
        first.event == one.event
        or ({first.event, one.event} == _TRANSFERS and (first.vague or one.vague))
        or one.event in _ABSORBS.get(first.event, frozenset())
        or first.event in _ABSORBS.get(one.event, frozenset())
        or one.event in _ELABORATES.get(first.event, frozenset())
    )
    stage = _told(group)
    if one.weak:
        return True
    if not related or _is_forecast(group, one) or _is_another(stage, one):
        return False
    if not one.told or one.stage == stage.stage or not stage.told:
        return True
    return not ((one.stage in _STOPPED) != (stage.stage in _STOPPED) or one.stage == "completed")


def _is_forecast(group: Sequence[Said], one: Said) -> bool:
    """Say whether results that are out are followed by those that are expected."""
    out = all(first.event == "results" and first.stage == "completed" for first in group)
    return out and one.event == "results" and one.stage == "planned"


def _is_another(first: Said, one: Said) -> bool:
    """Say whether another company than before opens a clause with another stage."""
    others = bool(first.subject and one.subject) and first.subject != one.subject
    return others and first.told and one.told and first.stage != one.stage


def _leads_to(group: Sequence[Said], one: Said) -> bool:
    """Say whether what is told without a stage only leads up to what is told with one."""
    last = group[-1]
    same = last.speaker is one.speaker and last.polarity == one.polarity
    return same and one.told and not one.weak and not any(first.told for first in group) and last.event in _LEADING


def _told(group: Sequence[Said]) -> Said:
    if len(group) == 1:
        return group[0]
    told = [one for one in group if one.told and not one.weak] or [one for one in group if one.told] or [group[0]]
    return next((one for one in told if (told[0].stage, one.stage) in _SAYS_MORE), told[0])


def _event(group: Sequence[Said]) -> Event:
    if len(group) == 1:
        return group[0].event
    events = [one.event for one in group if not one.vague] or [one.event for one in group]
    events = [event for event in events if event not in _ELABORATES.get(events[0], ())]
    absorbed = {less for event in events for less in _ABSORBS.get(event, ())}
    return ([event for event in events if event not in absorbed] or events)[0]


def _strong(groups: list[list[Said]]) -> list[list[Said]]:
    strong = [group for group in groups if False in [one.weak for one in group]]
    return strong or groups[:1]


def _without_headings(groups: list[list[Said]], passage: Passage) -> list[list[Said]]:
    """Drop what headings say and the text says, too."""
    headings = [passage.sentences[group[0].sentence].heading for group in groups]
    if not any(headings):
        return groups
    body = {_event(group) for group, heading in zip(groups, headings, strict=True) if not heading}
    return [
        group
        for group, heading in zip(groups, headings, strict=True)
        if not heading or not _covered(_event(group), body)
    ]


def _covered(event: Event, body: set[Event]) -> bool:
    if event in body or (event == "other" and body) or not body.isdisjoint(_ABSORBS.get(event, ())):
        return True
    return any(event in _ABSORBS.get(other, ()) for other in body)


def _without_repeats(claims: Sequence[Claim], passage: Passage) -> list[Claim]:
    """Keep one of the claims that say the same of the same parties: the best hearsay, the first of all else."""
    kept: list[Claim] = []
    for claim in claims:
        same = next((other for other in kept if _repeats(other, claim)), None)
        if same is None:
            kept.append(claim)
        elif same.source in _HEARSAY and _worth(claim, passage) > _worth(same, passage):
            kept[kept.index(same)] = claim
    return sorted(kept, key=lambda claim: (claim.start, claim.end))


def _worth(claim: Claim, passage: Passage) -> tuple[int, int]:
    """Weigh hearsay: how near it is to who knows, then how many companies it names itself."""
    return _HEARSAY.get(claim.source, 0), len(passage.named(claim.start, claim.end))


def _repeats(one: Claim, other: Claim) -> bool:
    alike = (one.event, one.stage, one.polarity) == (other.event, other.stage, other.polarity)
    if not alike or one.event in _MANIFOLD:
        return False
    heard = one.source in _HEARSAY and other.source in _HEARSAY
    if not heard and one.source != other.source:
        return False
    again = other.start > one.start and _AGAIN.search(other.quote) is not None
    return again or (bool(one.parties and other.parties) and _same_parties(one.parties, other.parties))


def _same_parties(ones: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(one[:_ALIKE] == other[:_ALIKE] for other in others) for one in ones)


def _claim(passage: Passage, group: Sequence[Said], origins: Sequence[Origin], hedges: tuple[str, ...]) -> Claim:
    group = [one for one in group if not one.weak] or group
    first, told, event = group[0], _told(group), _event(group)
    start, end = first.start, max(one.end for one in group)
    source, name = first.speaker.source, first.speaker.name or None
    if source in _UNSAID and (title := _title_speaker(passage, first)):
        source, name = "company", title
    if source == "unattributed" and (credit := _credit(passage.text, end, origins)):
        source, name = "outlet", credit
    party = first.speaker.party
    confirms = source in _PARTY and passage.cues.has("responses", first.sentence, _CONFIRMED)
    return Claim(
        start=start,
        end=end,
        quote=passage.text[start:end],
        event=event,
        parties=_parties(passage, first, start, end),
        stage=told.stage,
        polarity=first.polarity,
        source=source,
        source_name=name,
        hedges=hedges,
        status=status_of(event, told.stage, first.polarity, source, party=party, confirms=confirms),
    )


def _parties(passage: Passage, said: Said, start: int, end: int) -> tuple[str, ...]:
    """Name the parties of a claim; an adviser who speaks is none, where there is another."""
    parties = parties_of(passage, said.sentence, start, end)
    speaker = said.speaker
    if speaker.source != "analyst":
        return parties
    own = passage.named(passage.clause(speaker.sentence, speaker.clause).start, speaker.end)
    advisers = set(company_names([one for one in own if speaker.start - one.end <= _BESIDE]))
    return tuple(party for party in parties if party not in advisers) or parties


def _title_speaker(passage: Passage, said: Said) -> str | None:
    """Name the company whose words a title gives, or a denial: a name, a colon, and what it says."""
    denial = (passage.sentences[said.sentence],) if said.polarity == "denied" else ()
    for sentence in (*denial, *(one for one in passage.sentences[:1] if one.heading)):
        named = passage.named(sentence.start, sentence.start + 1)
        if named and passage.text[named[0].end : named[0].end + 1] in ("：", ":"):
            return named[0].surface
    return None


def _credit(text: str, end: int, origins: Sequence[Origin]) -> str | None:
    """Name the outlet credited at the end of the same paragraph, or of the text."""
    line = text.find("\n", end)
    behind = (origin for origin in origins if origin.start >= end and not origin.byline)
    return next((one.outlet for one in behind if one.end == line or not _REST.match(text, one.end)), None)
