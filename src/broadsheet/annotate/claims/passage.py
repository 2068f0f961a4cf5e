"""A text as the finders of claims, responses and origins see it: its sentences, cues and companies."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from broadsheet.annotate.clauses import Clause, Sentence, split_sentences
from broadsheet.annotate.cues import Cues, find_cues
from broadsheet.model import Mention

_BACK: Final = 100


class Passage(Struct, frozen=True):
    """A text with what stands in it, in its order.

    `starts` are the starts of `mentions`, `ahead` those of the dates that are later than the day of publication;
    `newcomers` are the names of the companies, each once, and `entrances` where they come in.
    """

    text: str
    sentences: tuple[Sentence, ...]
    cues: Cues
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    ahead: tuple[int, ...]
    newcomers: tuple[str, ...]
    entrances: tuple[int, ...]

    def named(self, start: int, end: int) -> Sequence[Mention]:
        """List the companies named from `start` to `end`."""
        first = bisect_left(self.starts, start)
        return self.mentions[first : bisect_left(self.starts, end, first)]

    def named_before(self, end: int) -> Sequence[Mention]:
        """List the last companies named before `end`: as many as anything looks back on."""
        at = bisect_left(self.starts, end)
        return self.mentions[max(0, at - _BACK) : at]

    def introduced(self, end: int) -> Sequence[str]:
        """Name the companies named before `end`, each once, in the order in which they came in."""
        return self.newcomers[: bisect_left(self.entrances, end)]

    def looks_ahead(self, clause: Clause) -> bool:
        """Say whether a clause has a date after the day of publication."""
        if not self.ahead:
            return False
        return bisect_left(self.ahead, clause.start) < bisect_left(self.ahead, clause.end)

    def clause(self, sentence: int, clause: int) -> Clause:
        """Give a clause by its place."""
        return self.sentences[sentence].clauses[clause]


def read_passage(text: str, folded: str, mentions: Sequence[Mention], ahead: Sequence[int] = ()) -> Passage:
    """Read a text.

    `folded` is its normal form, of the same length; `mentions` are its companies, `ahead` the places of its dates
    after the day of publication, both in its order.
    """
    sentences = split_sentences(text)
    first: dict[str, int] = {}
    for mention in mentions:
        first.setdefault(_name(mention), mention.start)
    return Passage(
        text,
        sentences,
        find_cues(folded, sentences),
        tuple(mentions),
        tuple(mention.start for mention in mentions),
        tuple(ahead),
        tuple(first),
        tuple(first.values()),
    )


def company_names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Name each company once: as the book has it, else in the text's own words."""
    return tuple(dict.fromkeys(_name(mention) for mention in mentions))


def _name(mention: Mention) -> str:
    return mention.company or mention.surface
