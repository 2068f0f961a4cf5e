"""To which claims the answers of parties belong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from broadsheet.group.ledger.match import Kin
from broadsheet.group.ledger.steps import Answered
from broadsheet.group.ledger.told import Told, party_key, party_of
from broadsheet.model import LedgerPost, Reply

_SILENT: Final = frozenset({"no_reply", "no_comment"})


def answers_of(
    posts: Iterable[LedgerPost], entries: Sequence[Sequence[Told]], kin: Kin
) -> Mapping[int, Sequence[Answered]]:
    """Give each entry, by its number, what its parties answered.

    Who is silent is silent about all that a post heard of it; who speaks, speaks of what stands nearest. A post that
    claims nothing of it answers what its story told last.
    """
    by_post: dict[str, list[tuple[int, Told]]] = {}
    by_story: dict[str, list[tuple[int, Told]]] = {}
    for number, entry in enumerate(entries):
        for one in entry:
            by_post.setdefault(one.post.post_id, []).append((number, one))
            by_story.setdefault(one.story, []).append((number, one))
    found: dict[int, list[Answered]] = {}
    for post in posts:
        story = by_story.get(post.story_id or post.post_id, ())
        for reply in post.facts.responses:
            for number, party in _answered(post, reply, by_post.get(post.post_id, ()), story, kin):
                found.setdefault(number, []).append(Answered(post, reply, party))
    return found


def _answered(
    post: LedgerPost, reply: Reply, own: Sequence[tuple[int, Told]], story: Sequence[tuple[int, Told]], kin: Kin
) -> Iterator[tuple[int, str]]:
    key = party_key(party_of(reply.party, post.facts))
    about = [one for one in own if _name_in(one[1], key, kin)]
    heard = [one for one in about if one[1].is_hearsay]
    if reply.response in _SILENT and heard:
        chosen = heard
    elif about:
        chosen = [max(heard or about, key=lambda one: _nearness(one[1], reply))]
    else:
        earlier = [one for one in story if one[1].post.published <= post.published and _name_in(one[1], key, kin)]
        chosen = (
            [max(earlier, key=lambda one: (one[1].is_hearsay, one[1].post.published, -one[0]))] if earlier else []
        )
    yield from {number: _name_in(told, key, kin) or reply.party for number, told in chosen}.items()


def _name_in(told: Told, key: str, kin: Kin) -> str | None:
    """Give the name that a claim has for a party; None where it is none of its parties."""
    same = [party.name for party in told.parties if party_key(party) == key]
    akin = [party.name for party in told.parties if kin.akin(party_key(party), key)]
    return next(iter([*same, *akin]), None)


def _nearness(told: Told, reply: Reply) -> tuple[bool, bool, int]:
    """What an answer stands in is nearest, then what stands last before it, then what stands first behind it."""
    within = told.claim.start < reply.end and reply.start < told.claim.end
    before = told.claim.start <= reply.start
    return within, before, told.claim.start if before else -told.claim.start
