"""The ledger: claims of posts become entries, each with its life, its standing and an id that stays."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from broadsheet.group.ledger.answers import answers_of
from broadsheet.group.ledger.match import Kin, gather
from broadsheet.group.ledger.past import past_of, read_past
from broadsheet.group.ledger.roots import NAMELESS
from broadsheet.group.ledger.status import weigh_steps
from broadsheet.group.ledger.steps import RANK, Answered, steps_of
from broadsheet.group.ledger.told import DEALS, Told, keys_of_post, read_told
from broadsheet.model import (
    CompanyTie,
    LedgerChanges,
    LedgerEntry,
    LedgerPost,
    PastAgreement,
    Stage,
    Status,
    Step,
    entry_id,
)

_PAIR: Final = 2


def keep_ledger(
    posts: Sequence[LedgerPost], ties: Iterable[CompanyTie], known: Sequence[LedgerEntry]
) -> LedgerChanges:
    """Decide which claims are one entry, and what became of each; the same, in whatever order the posts come.

    Args:
        posts: all posts of all entries that can be touched; `keys_of` finds these.
        ties: which companies are one body.
        known: the entries that these posts made before. Entries keep their ids where most of their steps are.
    """
    kin = Kin(ties)
    ordered = sorted(posts, key=lambda post: (post.published, post.post_id))
    told = [one for post in ordered for one in read_told(post)]
    past = read_past(told)
    found = [entry for entry in gather([one for one in told if not one.since], kin) if _named(entry)]
    answers = answers_of(ordered, found, kin)
    made = [_entry(entry, answers.get(number, ()), past_of(entry, past, kin)) for number, entry in enumerate(found)]
    ids = _name(made, known)
    entries = [replace(entry, id=key) for entry, key in zip(made, ids, strict=True)]
    before = {entry.id: entry for entry in known}
    return LedgerChanges(
        entries=tuple(entry for entry in entries if before.get(entry.id) != entry),
        ended=tuple(key for key in before if key not in ids),
    )


def keys_of(posts: Iterable[LedgerPost]) -> frozenset[str]:
    """Give the keys by which the entries are found that claims of these posts may belong to."""
    return frozenset(key for post in posts for key in keys_of_post(post))


def _named(entry: Sequence[Told]) -> bool:
    return any(one.parties for one in entry)


def _entry(entry: Sequence[Told], answers: Sequence[Answered], past: tuple[PastAgreement, ...]) -> LedgerEntry:
    first = entry[0]
    about = next((one for one in entry if first.family == DEALS and len(one.parties) >= _PAIR), None)
    about = about or next(one for one in entry if one.parties)
    steps = steps_of(entry, answers)
    roots = _roots(steps)
    status, grounds = weigh_steps(first.claim, steps, about.parties, len(roots))
    return LedgerEntry(
        id=entry_id(first.post.post_id, first.claim.start, first.post.published),
        event=about.claim.event,
        parties=about.parties,
        claim=first.claim,
        status=status,
        stage=_stage(status, steps, first.claim.stage),
        steps=steps,
        roots=roots,
        stories=tuple(dict.fromkeys(one.post.story_id for one in entry if one.post.story_id)),
        past=past,
        hedges=tuple(dict.fromkeys(hedge for one in entry for hedge in one.claim.hedges)),
        grounds=grounds,
        keys=tuple(sorted({key for one in entry for key in one.keys})),
    )


def _stage(status: Status, steps: Sequence[Step], first: Stage) -> Stage:
    """Say how far it has come: the furthest that anybody told."""
    told = [step.stage for step in steps if step.answer is None and step.stage in RANK]
    return "terminated" if status == "terminated" else max(told, key=RANK.__getitem__, default=first)


def _roots(steps: Iterable[Step]) -> tuple[str, ...]:
    """Name the independent roots that said it: what is carried has none of its own."""
    roots = dict.fromkeys(step.root for step in steps if step.answer is None)
    return tuple(root for root in roots if root != NAMELESS) or (NAMELESS,)


def _name(made: Sequence[LedgerEntry], known: Sequence[LedgerEntry]) -> list[str]:
    """Name entries: a known one goes on where most of its steps are; of several in one, the oldest id stands."""
    marks = [_marks(entry) for entry in made]
    homes: dict[int, list[LedgerEntry]] = {}
    for entry in sorted(known, key=attrgetter("id")):
        mine = _marks(entry)
        best = max(((len(mine & one), -number) for number, one in enumerate(marks)), default=(0, 0))
        if best[0]:
            homes.setdefault(-best[1], []).append(entry)
    taken = {entry.id for entry in known}
    ids = []
    for number, entry in enumerate(made):
        key = homes[number][0].id if number in homes else _free(entry, taken)
        taken.add(key)
        ids.append(key)
    return ids


def _marks(entry: LedgerEntry) -> frozenset[tuple[str, int]]:
    return frozenset((step.post_id, step.start) for step in entry.steps if step.answer is None)


def _free(entry: LedgerEntry, taken: Collection[str]) -> str:
    """Name a new entry by where it was first said; where another bears that name, by its next step, and so on."""
    beyond = ((step, more) for more in count() for step in entry.steps)
    names = (entry_id(step.post_id, step.start + more, step.at) for step, more in beyond)
    return next(name for name in chain([entry.id], names) if name not in taken)
