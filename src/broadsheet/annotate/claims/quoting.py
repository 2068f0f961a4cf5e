"""News that a company's own words only quote (近日关注到有媒体报道…): it is others' until the company answers it."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from broadsheet.annotate.claims.acts import Said
from broadsheet.annotate.claims.passage import Passage
from broadsheet.annotate.claims.sources import Speaker
from broadsheet.annotate.cues import Cue
from broadsheet.model import Polarity, Source

_QUOTED: Final = "quoted"
_OWN: Final = frozenset({"company", "filing", "unattributed"})
_ANSWERS: Final = frozenset({"company", "filing", "named_person"})
_TAKES_UP: Final = re.compile(r"上述|前述|该|此|相关|有关|所述|报[道导]|[传傳]|不[实實]|虚假|事[实實]|谣言")
_REPORT: Final = re.compile("报[道导]|文章")
_REACH: Final = 4
"""How many sentences after it an answer is looked for."""


def settle_quoted(
    passage: Passage, behind: Sequence[Sequence[Speaker]], groups: list[list[Said]]
) -> list[list[Said]]:
    """Give quoted news to who reported it; where the company denies it farther on, it is one denial."""
    quotes = {cue.sentence: cue for cue in passage.cues.of("asides") if cue.value == _QUOTED}
    if not quotes:
        return groups
    denials = {number: _denial(passage, behind, number) for number in quotes}
    answers = {denial.sentence for denial in denials.values() if denial}
    settled: list[list[Said]] = []
    for group in groups:
        first, cue = group[0], quotes.get(group[0].sentence)
        if cue and _is_quoted(first, cue):
            speaker, denied = _settled(passage, behind, cue, denials[cue.sentence])
            polarity: Polarity = "denied" if denied else "affirmed"
            settled.append([structs.replace(one, polarity=polarity, speaker=speaker) for one in group])
        elif first.sentence not in answers or first.polarity != "denied":
            settled.append(group)
    return settled


def _is_quoted(said: Said, cue: Cue) -> bool:
    return said.clause >= cue.clause and said.polarity != "denied" and said.speaker.source in _OWN


def _settled(
    passage: Passage, behind: Sequence[Sequence[Speaker]], cue: Cue, denial: Cue | None
) -> tuple[Speaker, bool]:
    """Say whose quoted news is: who denies it, else who reported it."""
    if denial:
        return behind[denial.sentence][denial.clause], True
    source: Source = "outlet" if _REPORT.search(passage.text, cue.start, cue.end) else "market_rumour"
    name = passage.text[cue.start : cue.end]
    return Speaker(source, name, cue.start, cue.end, cue.sentence, cue.clause), False


def _denial(passage: Passage, behind: Sequence[Sequence[Speaker]], quoted: int) -> Cue | None:
    """Find in the sentences after a quotation the words of the company that deny what they take up."""
    for number in range(quoted + 1, min(quoted + 1 + _REACH, len(passage.sentences))):
        for cue in passage.cues.within("polarity", number):
            if behind[number][cue.clause].source in _ANSWERS and _takes_up(passage, cue):
                return cue
    return None


def _takes_up(passage: Passage, cue: Cue) -> bool:
    clause = passage.clause(cue.sentence, cue.clause)
    return _TAKES_UP.search(passage.text, clause.start, clause.end) is not None
