"""The steps of a claim's life, made of the posts that tell it and of what the parties answered."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from broadsheet.group.ledger.roots import root_of
from broadsheet.group.ledger.told import Told, is_official
from broadsheet.group.texts.outlets import outlet_name
from broadsheet.group.texts.phrases import sentence_span
from broadsheet.model import Annotations, LedgerPost, Reply, Stage, Step, StepKind

RANK: Final[dict[Stage, int]] = {
    "none": 0,
    "considering": 1,
    "planned": 2,
    "talks": 3,
    "intent": 4,
    "agreement": 5,
    "approval": 6,
    "completed": 7,
}
"""How far a claim has come; what is paused or terminated has left this road."""

_ANSWERS: Final[dict[str, StepKind]] = {
    "no_reply": "asked",
    "no_comment": "asked",
    "denied": "denied",
    "confirmed": "confirmed",
}


class Answered(Struct, frozen=True):
    """What a party answered in a post, and the name that the entry has for it."""

    post: LedgerPost
    reply: Reply
    party: str


class _Life:
    """How far a claim has come while its posts are read in order."""

    def __init__(self) -> None:
        self.rank = -1
        self.official = False
        self.roots: dict[str, str] = {}
        self.outlets: dict[str, str] = {}

    def kind(self, told: Told) -> StepKind:
        """Say what a claim of a post is in the life of the entry."""
        claim = told.claim
        if claim.polarity == "denied":
            return "denied"
        if claim.stage not in RANK:
            return "terminated"
        rank, official, first = RANK[claim.stage], is_official(claim), self.rank < 0
        grew, confirmed = rank > self.rank, claim.status == "confirmed" or (official and not self.official)
        self.rank, self.official = max(rank, self.rank), official or self.official
        if first:
            return "said"
        if told.post.carries is not None:
            return "repeated"
        if claim.status != "confirmed" and grew:
            return "completed" if claim.stage == "completed" else "advanced"
        return "confirmed" if confirmed else "repeated"

    def root(self, told: Told) -> str:
        """Name the root: that of the post carried, or of the outlet credited, where these tell it too."""
        own, root = outlet_name(told.post.outlet), root_of(told)
        root = self.outlets.get(root, root) if root != own else root
        root = self.roots.get(told.post.carries or "", root)
        self.roots.setdefault(told.post.post_id, root)
        self.outlets.setdefault(own, root)
        return root


def steps_of(entry: Sequence[Told], answers: Iterable[Answered]) -> tuple[Step, ...]:
    """Tell the life of an entry, whose claims are in the order of time; a post repeats it once."""
    life = _Life()
    told = [_told_step(one, life) for _, posts in groupby(entry, key=_post_id) for one in _main(list(posts))]
    answered = [_answer_step(one) for one in answers]
    steps = sorted([*told, *answered], key=lambda step: (step.at, step.post_id, step.answer is not None, step.start))
    return tuple(_once(steps))


def _post_id(told: Told) -> str:
    return told.post.post_id


def _main(claims: Sequence[Told]) -> list[Told]:
    """Choose what a post says of one claim: the furthest that it has come, and whether it denies or ends it."""
    said = [one for one in claims if not _ends(one)]
    ended = [one for one in claims if _ends(one)]
    furthest = max(
        said, key=lambda one: (is_official(one.claim), RANK[one.claim.stage], -one.claim.start), default=None
    )
    chosen = [*([furthest] if furthest else []), *ended[:1]]
    return sorted(chosen, key=lambda one: one.claim.start)


def _ends(told: Told) -> bool:
    return told.claim.polarity == "denied" or told.claim.stage not in RANK


def _told_step(told: Told, life: _Life) -> Step:
    claim = told.claim
    kind = life.kind(told)
    return Step(
        kind=kind,
        at=told.post.published,
        post_id=told.post.post_id,
        feed_id=told.post.feed_id,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        root=life.root(told),
        source=claim.source,
        source_name=claim.source_name,
        stage=claim.stage,
        carried=told.post.carries is not None,
        party=told.parties[0].name
        if kind == "denied" and claim.source in {"company", "filing"} and told.parties
        else None,
    )


def _answer_step(answered: Answered) -> Step:
    post, reply = answered.post, answered.reply
    return Step(
        kind=_ANSWERS.get(reply.response, "answered"),
        at=post.published,
        post_id=post.post_id,
        feed_id=post.feed_id,
        start=reply.start,
        end=reply.end,
        quote=reply.quote,
        root=answered.party,
        source="company",
        carried=post.carries is not None,
        party=answered.party,
        answer=reply.response,
        asker=_asker(post.facts, reply),
    )


def _asker(facts: Annotations, reply: Reply) -> str | None:
    """Name the outlet that the sentence of an answer credits: who asked."""
    start, end = sentence_span(facts.text, reply.start, max(reply.end - 1, reply.start))
    named = (one.outlet for one in facts.origins if not one.byline and start <= one.start < end)
    return next(named, None)


def _once(steps: Sequence[Step]) -> Iterator[Step]:
    """Leave out what a post says twice: a denial that is a claim and an answer, an answer of one party told twice."""
    answers = {(step.post_id, step.kind) for step in steps if step.answer}
    seen: set[tuple[str, str | None, str | None]] = set()
    for step in steps:
        mark = (step.post_id, step.party, step.answer)
        if step.answer is None and (step.post_id, step.kind) not in answers:
            yield step
        elif step.answer and mark not in seen:
            seen.add(mark)
            yield step
