"""A text as the finders of claims, responses and origins see it: its sentences, cues and companies."""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from broadsheet.annotate.clauses import Clause, Sentence, split_sentences
from broadsheet.annotate.cues import Cues, find_cues
from broadsheet.model import Mention


class Passage(Struct, frozen=True):
    """A text with what stands in it, in its order.

    `starts` are the starts of `mentions`, `ahead` those of the dates that are later than the day of publication.
    """

    text: str
    sentences: tuple[Sentence, ...]
    cues: Cues
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    ahead: tuple[int, ...] = ()

    def named(self, start: int, end: int) -> Sequence[Mention]:
        """List the companies named from `start` to `end`."""
        first = bisect_left(self.starts, start)
        return self.mentions[first : bisect_left(self.starts, end, first)]

    def named_last(self, end: int) -> Mention | None:
        """Give the last company named before `end`."""
        at = bisect_left(self.starts, end)
        return self.mentions[at - 1] if at else None

    def clause(self, sentence: int, clause: int) -> Clause:
        """Give a clause by its place."""
        return self.sentences[sentence].clauses[clause]


def read_passage(text: str, folded: str, mentions: Sequence[Mention], ahead: Sequence[int] = ()) -> Passage:
    """Read a text.

    `folded` is its normal form, of the same length; `mentions` are its companies, `ahead` the places of its dates
    after the day of publication, both in its order.
    """
    sentences = split_sentences(text)
    return Passage(
        text,
        sentences,
        find_cues(folded, sentences),
        tuple(mentions),
        tuple(mention.start for mention in mentions),
        tuple(ahead),
    )


def company_names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Name each company once: as the book has it, else in the text's own words."""
    return tuple(dict.fromkeys(mention.company or mention.surface for mention in mentions))
