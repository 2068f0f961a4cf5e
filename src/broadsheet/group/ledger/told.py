"""What posts claim, made ready to be held against each other: who, which way, of what, and in which words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations, repeat
from typing import Final

from msgspec import Struct

from broadsheet.group.texts.listed import read_lines
from broadsheet.group.texts.normalise import fold
from broadsheet.group.texts.phrases import sentence_span
from broadsheet.group.texts.terms import RAREST, split_terms, term_weights
from broadsheet.model import Annotations, Claim, DateMention, LedgerPost, Party

DEALS: Final = "deals"
PAIRED: Final = frozenset({"acquisition", "stake", "investment", "joint_venture", "partnership", "contract"})
"""Events that are one family: a rumour of a stake may become a joint venture."""

LASTING: Final = frozenset({"listing", "financing", "layoffs"})
"""What one company does once, however long it takes: told in several stories, it is one claim."""

_DONE: Final = frozenset({"intent", "agreement", "completed"})
_OLDER: Final = timedelta(days=30)
"""What was agreed so long before a post is its background."""

_PAIR: Final = 2
_MOST_PAIRED: Final = 4
_TELLING: Final = 10
"""So many characters are not said twice by chance."""


class Told(Struct, frozen=True, kw_only=True):
    """A claim of a post: `who` are the keys of its parties; `way` the one that gets and the one that gives, if known.

    `things` are what it is about besides; `words` its terms without the names of its parties. `named` is whether its
    own words name a party.
    """

    post: LedgerPost
    claim: Claim
    parties: tuple[Party, ...]
    who: tuple[str, ...]
    family: str
    way: tuple[str, str] | None
    things: frozenset[tuple[str, str]]
    words: frozenset[str]
    named: bool
    since: DateMention | None

    @property
    def story(self) -> str:
        """The story that it is told in; a post without one is its own."""
        return self.post.story_id or self.post.post_id

    @property
    def is_hearsay(self) -> bool:
        """Whether whoever tells it is nobody who must know."""
        return not is_official(self.claim)

    def is_word_for_word(self, other: "Told") -> bool:
        """Whether another claim has the very words: then it is this one, whomever its text names before."""
        return len(self.claim.quote) >= _TELLING and self.claim.quote == other.claim.quote

    @property
    def keys(self) -> tuple[str, ...]:
        """What it shares with every claim that may be the same: its story, its pair of parties, or its party."""
        return (story_key(self.post), *_crossing(self.family, self.who))


def story_key(post: LedgerPost) -> str:
    """Give the key of the story that a post is in, or of the post alone."""
    return f"story|{post.story_id or post.post_id}"


def keys_of_post(post: LedgerPost) -> Iterator[str]:
    """Give the keys of the claims of a post, without a look at their words."""
    yield story_key(post)
    for claim in post.facts.claims:
        yield from _crossing(family_of(claim), _who(claim, post.facts))


def _crossing(family: str, who: Sequence[str]) -> Iterator[str]:
    """The keys of a claim that are not of its story: those of its pairs of parties, or of its parties."""
    if family == DEALS:
        return (f"{DEALS}|{one}|{other}" for one, other in combinations(sorted(who[:_MOST_PAIRED]), 2))
    return (f"{family}|{key}" for key in (who if family in LASTING else ()))


def family_of(claim: Claim) -> str:
    """Name the family of events that a claim's event is of, or the event."""
    return DEALS if claim.event in PAIRED else claim.event


def _who(claim: Claim, facts: Annotations) -> tuple[str, ...]:
    return tuple(party_key(party_of(name, facts)) for name in claim.parties)


def is_official(claim: Claim) -> bool:
    """Whether a party says it itself, or a record does."""
    return claim.status in {"announced", "completed", "confirmed"} or claim.source in {
        "company",
        "filing",
        "regulator",
        "data_vendor",
    }


def party_key(party: Party) -> str:
    """Name a party as claims are held against each other: by the book, else by its folded name."""
    return party.company_id or "~" + fold(party.name)


def party_of(name: str, facts: Annotations) -> Party:
    """Find the company of a name in the mentions of its text."""
    return Party(name, next((one.company_id for one in facts.mentions if one.company == name), None))


def read_told(post: LedgerPost) -> Iterator[Told]:
    """Read the claims of a post, in the order of its text."""
    for claim in post.facts.claims:
        parties = tuple(party_of(name, post.facts) for name in claim.parties)
        inside = [one for one in post.facts.mentions if claim.start <= one.start < claim.end]
        bare = list(claim.quote)
        for one in inside:
            bare[one.start - claim.start : one.end - claim.start] = " " * (one.end - one.start)
        named = [
            (one.start - claim.start, party_key(party_of(one.company or one.surface, post.facts))) for one in inside
        ]
        who = tuple(map(party_key, parties))
        yield Told(
            post=post,
            claim=claim,
            parties=parties,
            who=who,
            family=family_of(claim),
            way=_way("".join(bare), [one for one in named if one[1] in who]),
            things=frozenset(_things(claim.quote)),
            words=frozenset(split_terms(fold("".join(bare)))[1]),
            named=bool(inside),
            since=_since(claim, post),
        )


def contained(ones: frozenset[str], others: frozenset[str]) -> float:
    """Say how much of the lesser of two sets of terms the other has, by how telling they are: 0 to 1."""
    weigh = term_weights().get
    shared, *whole = (sum(map(weigh, terms, repeat(RAREST))) for terms in (ones & others, ones, others))
    return shared / min(whole) if min(whole) else 0.0


def _way(bare: str, named: Sequence[tuple[int, str]]) -> tuple[str, str] | None:
    """Tell who gets and who gives: the last company before the words of the deal, and the first behind them."""
    if len(named) < _PAIR:
        return None
    for goes, pattern in _directions():
        match = pattern.search(bare)
        if match:
            before = [key for at, key in named if at < match.start()]
            behind = [key for at, key in named if at >= match.start() and key not in before[:1]]
            if before and behind:
                return (before[0], behind[0]) if goes == "onward" else (behind[0], before[0])
    return None


@cache
def _directions() -> Sequence[tuple[str, re.Pattern[str]]]:
    lines = (line.split("\t") for line in read_lines("directions.tsv"))
    return [(goes, re.compile(pattern, re.IGNORECASE)) for goes, pattern, _ in lines]


def _things(quote: str) -> Iterator[tuple[str, str]]:
    for kind, name, pattern in _objects():
        for match in pattern.finditer(quote):
            yield kind, name or fold(match[1])


@cache
def _objects() -> Sequence[tuple[str, str, re.Pattern[str]]]:
    lines = (line.split("\t") for line in read_lines("objects.tsv"))
    return [(kind, name, re.compile(pattern)) for kind, name, pattern, _ in lines]


def _since(claim: Claim, post: LedgerPost) -> DateMention | None:
    """Find the day of a deal that was done long before the post; None where it is news.

    It stands in the words of the claim, or else before them in their sentence.
    """
    if claim.event not in PAIRED or claim.polarity != "affirmed" or claim.stage not in _DONE or not post.facts.dates:
        return None
    opening, _ = sentence_span(post.facts.text, claim.start, claim.end)
    said = [one for one in post.facts.dates if opening <= one.start < claim.end and one.value]
    dates = [one for one in said if one.start >= claim.start] or said
    if not dates:
        return None
    before = post.published.date() - _OLDER
    return min(dates, key=_vagueness) if all(_last_day(one.value or "") < before for one in dates) else None


def _vagueness(mention: DateMention) -> tuple[int, int]:
    return -len(mention.value or ""), mention.start


def _last_day(value: str) -> date:
    """Give the last day that a date can mean, ISO 8601: of 2017, 2017-Q1 and 2017-H1 the last of the year."""
    year, month, day = (int(part) if part.isdigit() else None for part in (value + "-x-x").split("-")[:3])
    if month and day:
        return date(year or 1, month, day)
    following = date((year or 1) + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return following - timedelta(days=1)
