"""Whom a claim is about: the companies in its words, and its subject where the words leave it out."""

import re
from collections.abc import Sequence
from typing import Final

from broadsheet.annotate.claims.passage import Passage, company_names
from broadsheet.model import Mention

_BOTH: Final = re.compile(r"双方|两家|两企业|两公司|二者|both|the two")
_OBJECT: Final = re.compile(
    r"(?:由|与|和|同|跟|向|对|给|被|为|从|就|把|以及|联合|携手|连同|老股东|股东|旗下|子公司|with|by|from|for|in|of|to|and)\s*$",
    re.IGNORECASE,
)


def parties_of(passage: Passage, sentence: int, start: int, end: int) -> tuple[str, ...]:
    """Name the companies of a claim at `start` to `end`, the one that acts first.

    Words that name none, or open with what is done to one, leave their subject out: it is the company that their
    sentence names first before them, else the one that the text was about; for "both", the last two that were named.
    """
    inside = passage.named(start, end)
    if inside and not _is_object(passage, sentence, start, inside[0]):
        return company_names(inside)
    if _BOTH.search(passage.text, start, inside[0].start if inside else end):
        before = company_names(passage.named_before(start)[::-1])[1::-1]
        return tuple(dict.fromkeys([*before, *company_names(inside)]))
    return company_names([*subject_of(passage, sentence, start), *inside])


def _is_object(passage: Passage, sentence: int, start: int, mention: Mention) -> bool:
    """Tell whether something is done to a company, or with it, before a claim has named who does it."""
    if _OBJECT.search(passage.text, start, mention.start):
        return True
    return any(start <= cue.start < mention.start for cue in passage.cues.within("events", sentence))


def subject_of(passage: Passage, number: int, start: int) -> Sequence[Mention]:
    """Give whom a text speaks of at a place: the company named first before it in its sentence, or in one before."""
    sentence = passage.sentences[number]
    if named := passage.named(sentence.start, start):
        return named[:1]
    for before in passage.sentences[number - 1 :: -1] if number else ():
        if named := passage.named(before.start, before.end):
            return named[:1]
    return ()
