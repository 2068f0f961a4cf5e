"""Claims as pages tell them: each in its own sentence, who said it, who was asked, and where it stands by now."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from broadsheet.model import Answer, Company, LedgerEntry, Party, PastAgreement, Post, Step, StoryRef
from broadsheet.publish.findings.record import Record

MOST_CLAIMS = 20
MOST_ASKERS = 6
MOST_PAST = 6
LONGEST = 240
"""Characters of a sentence round a claim; of a longer one it shows so much round the words meant."""

MOONS = {
    "rumour": "rumour",
    "in_talks": "talks",
    "reported": "talks",
    "announced": "announced",
    "confirmed": "confirmed",
    "completed": "completed",
    "denied": "denied",
    "terminated": "denied",
    "view": "view",
}
"""The moon's phase for each status; the word beside it says which it is."""

_SETTLING = ("confirmed", "denied", "completed", "terminated", "advanced")
_SAYS = ("said", "repeated", "advanced")


class Sentence(Struct, frozen=True, kw_only=True):
    """Words of a text with what stands round them: `before + words + after` is a part of it, cut where it says so."""

    before: str
    words: str
    after: str


class Told(Struct, frozen=True, kw_only=True):
    """A claim as a row of a table: in the words of one step of its life, with all that its life says."""

    entry: LedgerEntry
    step: Step
    post: Post | None
    sentence: Sentence

    @property
    def settled_by(self) -> Step | None:
        """The step that brought it to where it stands, if that is not what was said first."""
        moved = self.entry.status != self.entry.claim.status
        step = self.entry.decisive
        return step if moved and step.kind in _SETTLING else None


class Asked(Struct, frozen=True, kw_only=True):
    """Who was asked about a claim, by whose account, and the last that is known of the answer.

    `answer` is None where nothing says that anybody asked; nobody ever declined then. `askers` are the outlets that
    texts name as having asked.
    """

    name: str
    company: Company | None
    answer: Answer | None = None
    step: Step | None = None
    posts: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()


class Standing(Struct, frozen=True, kw_only=True):
    """Where a story stands: by its principal claim; `asked` counts who was asked."""

    entry: LedgerEntry
    answered: int = 0
    asked: int = 0

    @property
    def by(self) -> Step:
        """The step to which it owes its status."""
        return self.entry.decisive


def entries_in(record: Record, story: StoryRef) -> list[LedgerEntry]:
    """Read the claims of a story, the principal one first."""
    # `group` brings what compares texts, which a site without claims does without.
    from broadsheet.group.ledger.order import in_order

    ids = [claim.id for claim in record.claims_in.get(story.id, ())]
    return in_order(record.findings.shelf.ledger.entries(ids), frozenset(story.posts)) if ids else []


def standing_of(entries: Sequence[LedgerEntry]) -> Standing | None:
    """Tell where a story stands, by the first of its claims, in order."""
    if not entries:
        return None
    entry = entries[0]
    asked = [step for step in entry.steps if step.answer is not None]
    answered = {step.party for step in asked if step.answer not in {"no_reply", None}}
    return Standing(entry=entry, asked=len({step.party for step in asked}), answered=len(answered))


def told_of(entries: Iterable[LedgerEntry], posts: Mapping[str, Post]) -> list[Told]:
    """Lay out claims, each in the sentence that says it first among the posts at hand (by id), else in its first.

    A claim may have been said first in another language, or long before: a reader is shown what this story says.
    """
    return [_told(entry, posts) for entry in list(entries)[:MOST_CLAIMS]]


def _told(entry: LedgerEntry, posts: Mapping[str, Post]) -> Told:
    says = (step for step in entry.steps if step.kind in _SAYS and step.post_id in posts)
    step = next(says, entry.steps[0])
    post = posts.get(step.post_id)
    return Told(entry=entry, step=step, post=post, sentence=sentence_round(post.text if post else "", step))


def sentence_round(text: str, step: Step) -> Sentence:
    """Find the sentence that holds the words of a step; the words alone where the text is no longer the same."""
    from broadsheet.group.texts.phrases import sentence_span

    if text[step.start : step.end] != step.quote or not step.quote:
        return Sentence(before="", words=step.quote, after="")
    start, stop = sentence_span(text, step.start, max(step.end - 1, step.start))
    return _short(text[start : step.start], step.quote, text[step.end : max(stop + 1, step.end)])


def _short(before: str, words: str, after: str) -> Sentence:
    room = max(LONGEST - len(words), 40)
    before, after = before.lstrip(), after.rstrip()
    if len(before) + len(after) > room:
        before = before if len(before) <= room // 2 else "…" + before[-(room // 2) :].lstrip()
        after = after if len(after) <= room // 2 else after[: room // 2].rstrip() + "…"
    return Sentence(before=before, words=words, after=after)


def asked_of(record: Record, entries: Sequence[LedgerEntry]) -> list[Asked]:
    """List all parties of claims, in order, and what is known of asking each; who is no party but was asked, last."""
    parties = {_key(record, party.name, party.company_id): party for entry in entries for party in entry.parties}
    steps: dict[str, dict[tuple[str, int], Step]] = {}
    for step in (step for entry in entries for step in entry.steps if step.party):
        key = _key(record, step.party or "", None)
        steps.setdefault(_same(key, parties), {})[step.post_id, step.start] = step
    others = {key: Party(key) for key in steps if key not in parties}
    return [_asked(record, party, steps.get(key, {}).values()) for key, party in (parties | others).items()]


def _key(record: Record, name: str, company: str | None) -> str:
    return company or (name if name in record.companies else record.names.get(name, name))


def _same(key: str, parties: Mapping[str, Party]) -> str:
    """Find the party that a name means, also where one is a part of the other (北汽 and 北汽集团)."""
    if key in parties:
        return key
    near = (one for one, party in parties.items() if key in party.name or party.name in key)
    return next(near, key)


def _asked(record: Record, party: Party, steps: Iterable[Step]) -> Asked:
    company = record.companies.get(party.company_id or record.names.get(party.name, party.name))
    told = sorted((step for step in steps if step.answer is not None), key=lambda step: step.at)
    if not told:
        return Asked(name=party.name, company=company)
    spoken = [step for step in told if step.answer != "no_reply"]
    last = (spoken or told)[-1]
    askers = dict.fromkeys(step.asker for step in told if step.asker)
    posts = dict.fromkeys(step.post_id for step in told)
    return Asked(
        name=party.name,
        company=company,
        answer=last.answer,
        step=last,
        posts=tuple(posts)[:MOST_ASKERS],
        askers=tuple(askers)[:MOST_ASKERS],
    )


def past_of(entries: Iterable[LedgerEntry]) -> list[PastAgreement]:
    """List the older deals of the same parties that texts recall, each day and kind once."""
    found = {(past.value or past.quote, past.event): past for entry in entries for past in reversed(entry.past)}
    return sorted(found.values(), key=lambda past: past.value or "")[:MOST_PAST]
