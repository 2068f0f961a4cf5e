"""Responses: what a company that was asked about a report, or accused in it, answered; silence is an answer too."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from broadsheet.annotate.claims.parties import subject_of
from broadsheet.annotate.claims.passage import Passage, company_names
from broadsheet.annotate.claims.sources import Speaker, find_speakers
from broadsheet.annotate.cues import Cue
from broadsheet.model import Answer, Mention, Reply

_ACCUSED: Final = "accused"
_ASKS: Final = frozenset({"asked", _ACCUSED})
_SILENT: Final = frozenset({"no_comment", "no_reply"})
_PARTY: Final = frozenset({"company", "filing", "named_person"})
_RANK: Final[tuple[str, ...]] = ("partly_denied", "denied", "unaware", "confirmed", "defer")
"""Which spoken answer of a sentence counts: a denial before what is granted beside it."""

_REACH: Final = 2
_MANY: Final = 3
_ALL: Final = re.compile(r"均|都|各方|双方|上述|他们|两家|三家|几家|both|all|neither|they")
_ITSELF: Final = re.compile("(?:该|本)?公司|其(?!他|它|余|中)")
_STRANGER: Final = re.compile(
    r"(?:对此|对于?上述[^，。]{0,8}?|截[至止]发稿时?|而|但|不过|随后|目前|此外|另外)?([一-龥][一-龥A-Za-z·]{1,9}?)"
    r"(?:方面|官方|集团)?(?:的?(?:代表|发言人|负责人|公关))?(?:[则也均尚暂还]|对此|就此|目前)*\s*$"
)
"""Who is named before what he does not answer."""

_ENGLISH_STRANGER: Final = re.compile(
    r"(?:and |but |while )?"
    r"(?!(?:The|A|An|It|They|He|She|Neither|Both|Representatives?|Spokes\w+|Officials?|Executives?|Reuters|Bloomberg)\b)"
    r"([A-Z][\w&'-]+(?: [A-Z][\w&'-]+){0,3}) $"
)
_NOBODY: Final = re.compile("人士|记者|员工|知情|[他她]$|本报")
_ANAPHOR: Final = re.compile(
    r"公司|双方|各方|对方|[两几三多]家|上述|前者|后者|该|其|他|我|本|消息|有关|相关|官方|发言人|发稿|目前|此|均|都|暂|尚|"
    r"电话|客服|企业|方面|董秘|负责人|部门|代表"
)
_REPLIES: Final = re.compile(r"回[应應覆]|回复|否[认認]|澄清|den(?:ied|ies)|refuted|confirmed", re.IGNORECASE)
_AS_OF: Final = re.compile(r"截[至止]|as of")


def find_responses(passage: Passage) -> tuple[Reply, ...]:
    """Find the responses of a text, in its order: one per party and answer.

    A party without a name in its sentence is who was asked last (双方均未回应).
    """
    if not passage.cues.of("responses"):
        return ()
    speakers = find_speakers(passage)
    kept: dict[tuple[str, str], Reply] = {}
    for number, sentence in enumerate(passage.sentences):
        for reply in () if sentence.heading else _in_sentence(passage, number, speakers.get(number, ())):
            kept.setdefault((reply.party, reply.response), reply)
    return tuple(kept.values())


def _in_sentence(passage: Passage, number: int, speakers: Sequence[Speaker]) -> Iterator[Reply]:
    near = (passage.cues.within("responses", sentence) for sentence in range(number - _REACH, number + 1))
    asked = [cue for cues in near for cue in cues if cue.value in _ASKS]
    for cue in _answers(passage.cues.within("responses", number)):
        start, end = _reach(passage, cue)
        if cue.value in _SILENT:
            named = _silent(passage, cue, asked)
        elif asked and (party := _speaking(passage, cue, speakers)):
            start = min(start, passage.clause(number, party.clause).start)
            several = _ALL.search(passage.text, passage.clause(number, party.clause).start, end)
            named = (
                _named(passage, party)[0 if several else -1 :]
                or _issuer(passage, party)
                or _silent(passage, cue, asked)
            )
        else:
            continue
        answer: Answer = "denied" if cue.value == _ACCUSED else cue.value  # type: ignore[assignment]
        for name in named:
            yield Reply(start=start, end=end, quote=passage.text[start:end], party=name, response=answer)


def _speaking(passage: Passage, cue: Cue, speakers: Sequence[Speaker]) -> Speaker | None:
    """Say which party speaks: the last before the answer, one that is named first of all."""
    parties = [speaker for speaker in speakers if speaker.source in _PARTY and speaker.clause <= cue.clause]
    named = (speaker for speaker in reversed(parties) if _named(passage, speaker))
    return next(named, parties[-1] if parties else None)


def _named(passage: Passage, speaker: Speaker) -> tuple[str, ...]:
    return company_names(passage.named(passage.clause(speaker.sentence, speaker.clause).start, speaker.end))


def _issuer(passage: Passage, speaker: Speaker) -> tuple[str, ...]:
    """Name whose document speaks, where only the sentences before tell it (公告称)."""
    if speaker.source != "filing":
        return ()
    start = passage.clause(speaker.sentence, speaker.clause).start
    return company_names(subject_of(passage, speaker.sentence, start))


def _answers(own: Sequence[Cue]) -> Sequence[Cue]:
    """Choose the cues of a sentence that answer: each silence, else the strongest word."""
    silent = [cue for cue in own if cue.value in _SILENT]
    spoken = [cue for cue in own if cue.value in _RANK]
    accused = [cue for cue in own if cue.value == _ACCUSED]
    return silent or sorted(spoken, key=lambda cue: _RANK.index(cue.value))[:1] or accused[:1]


def _reach(passage: Passage, cue: Cue) -> tuple[int, int]:
    clause = passage.clause(cue.sentence, cue.clause)
    start = clause.start
    if cue.clause:
        before = passage.clause(cue.sentence, cue.clause - 1)
        start = before.start if _AS_OF.search(passage.text, before.start, before.end) else start
    return start, max(clause.end, cue.end)


def _says_something(passage: Passage, sentence: int, clause: int) -> bool:
    return any(passage.cues.at(kind, sentence, clause) for kind in ("responses", "events", "stages"))


def _of_question(passage: Passage, question: Cue, asked: Sequence[Cue]) -> Sequence[Mention]:
    """Give the companies that a question names; where it is told as somebody's reply, who replies."""
    clause = passage.clause(question.sentence, question.clause)
    near = (cue.start for cue in asked if clause.start <= cue.start < clause.end)
    reply = next((start for start in near if _REPLIES.match(passage.text, start)), clause.start)
    return passage.named(clause.start, reply) or passage.named(clause.start, max(clause.end, question.end))


def _silent(passage: Passage, cue: Cue, asked: Sequence[Cue]) -> tuple[str, ...]:
    """Name who does not answer: in its clause or those that lead to it, else who was asked, else of whom it is said.

    That is the subject of what was said before where the clause takes it up (公司), else who was named last.
    """
    clause = passage.clause(cue.sentence, cue.clause)
    end = max(clause.end, cue.end)
    first = cue.clause
    several = _ALL.search(passage.text, clause.start, end)
    while first and not _says_something(passage, cue.sentence, first - 1):
        first -= 1
    if named := passage.named(passage.clause(cue.sentence, first).start, end):
        return company_names(named)
    stranger = _stranger(passage.text, clause.start, cue.start)
    if stranger is not None:
        return stranger
    if named := next((named for one in reversed(asked) if (named := _of_question(passage, one, asked))), ()):
        return company_names(named)
    if _ITSELF.match(passage.text, clause.start):
        return company_names(subject_of(passage, cue.sentence, clause.start))
    before = passage.introduced(cue.start)
    return tuple(before[-_MANY:] if several else before[-1:])


def _stranger(text: str, start: int, end: int) -> tuple[str, ...] | None:
    """Name who stands before his silence and is in no book: nobody where it is a person, None where there is none."""
    found = _STRANGER.match(text, start, end) or _ENGLISH_STRANGER.match(text, start, end)
    if found is None or (_ANAPHOR.search(found[1]) and not _NOBODY.search(found[1])):
        return None
    return () if _NOBODY.search(found[1]) else (found[1],)
