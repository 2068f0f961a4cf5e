"""Acts said: clause by clause, what is said of a company, how far it has come, and by whom."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, structs

from broadsheet.annotate.claims.events import Act, acts_in, needs_words
from broadsheet.annotate.claims.passage import Passage, company_names
from broadsheet.annotate.claims.sources import NOBODY, Speaker
from broadsheet.annotate.claims.stages import modal_of, stage_of, stop_of, told_stage
from broadsheet.annotate.clauses import Clause
from broadsheet.annotate.cues import Cue
from broadsheet.model import Event, Polarity, Stage

_ANAPHOR: Final = re.compile(r"公司|双方|两家|集团|其|我们|本行|该行|the company|its ")
_OWN_VOICE: Final = re.compile(r"(?:^|[\n。；，,])(?:该|本)?公司")
_LONGEST_VOICE: Final = len("，该公司")
_WITHOUT_NAME: Final = re.compile(r"(?:无|没有|未有)(?:任何)?(?:此|该|这|相关|上述)")
_QUESTION: Final = ("？", "?")
_COLONS: Final = ("：", ":")
_CLOSING: Final = "”’」』\"'）) "
_DEALS: Final = frozenset({"acquisition", "stake", "joint_venture", "buyback_dividend", "listing", "financing"})
_OPINION: Final = frozenset({"analyst", "named_person"})
_TELLS: Final = frozenset({"company", "filing", "anonymous", "outlet", "named_person"})
_DENIES: Final = frozenset({"company", "filing", "named_person"})
_AHEAD: Final = frozenset(
    {"acquisition", "stake", "joint_venture", "investment", "financing", "capacity", "contract"}
)
_SILENT: Final = frozenset({"no_comment", "no_reply"})
_ASKED: Final = frozenset({"asked"})
_APPROVAL: Final = "approval"
_PRELIMINARY: Final = "preliminary"
_NEVER: Final = "never"
_PLEDGE: Final = "pledge"
_MOVE: Final = "move"
_ASIDE: Final = "aside"
_QUESTION_OF: Final = "question"
_BACKGROUND: Final = "background"
_NO_ASIDES: Final = frozenset[str]()
_VIEW: Final = Act("market_view", weak=False, outlook=True, vague=False)
_TOLD: Final = Act("other", weak=False, outlook=False, vague=False)
_UNKNOWN: Final = Act("other", weak=True, outlook=False, vague=False)


_Choice = Callable[[Passage, int, int, Speaker], Act | None]


class Said(Struct, frozen=True):
    """An act said in a clause; `told` where the clause has its own stage cue, `weak` where its cue is no proof.

    `asked`: only what somebody answers to; `subject` is the company that opens the clause.
    """

    sentence: int
    clause: int
    start: int
    end: int
    event: Event
    stage: Stage
    polarity: Polarity
    speaker: Speaker
    told: bool
    weak: bool
    aside: bool
    asked: bool
    vague: bool
    subject: str


def acts_said(passage: Passage, behind: Sequence[Sequence[Speaker]]) -> Iterator[Sequence[Said]]:
    """Yield the acts of each sentence that says any; `behind` says who is behind each clause of each sentence.

    Before the first company that is known only deals count: who makes one is a company, known or not.
    """
    named = passage.starts[0] if passage.starts else len(passage.text)
    voice = _OWN_VOICE.search(passage.text, 0, named + _LONGEST_VOICE)
    first = min(named, voice.start()) if voice else named
    asks = any(mark in passage.text for mark in _QUESTION)
    for number, sentence in enumerate(passage.sentences):
        if asks and passage.text[sentence.start : sentence.end].rstrip(_CLOSING).endswith(_QUESTION):
            continue
        said = _in_sentence(passage, number, behind[number])
        if first >= sentence.end:
            said = [one for one in said if one.event in _DEALS and not one.weak]
        if said:
            yield said


def _in_sentence(passage: Passage, number: int, behind: Sequence[Speaker]) -> list[Said]:
    sentence = passage.sentences[number]
    said: list[Said] = []
    if passage.cues.within("events", number) or any(speaker.source == "analyst" for speaker in behind):
        said = _read(passage, number, behind, _act)
    silent = passage.cues.has("responses", number, _SILENT)
    if not said and not silent and passage.named(sentence.start, sentence.end):
        said = _read(passage, number, behind, _any_act)[:1]
    told = [one for one in said if not one.aside or one.polarity == "denied"]
    return told or ([] if silent else [one for one in said if not one.asked])


def _read(passage: Passage, number: int, behind: Sequence[Speaker], choose: _Choice) -> list[Said]:
    said: list[Said] = []
    inherited: Stage | None = None
    for inner, clause in enumerate(passage.sentences[number].clauses):
        cues = passage.cues.said(number, inner)
        asides = {cue.value for cue in cues["asides"]} if "asides" in cues else _NO_ASIDES
        if _is_passed_over(cues, asides):
            continue
        act = choose(passage, number, inner, behind[inner])
        if act and act.weak and said and _adds_nothing(passage, number, clause, cues):
            act = None
        stages = _outside(passage, cues.get("stages", ()))
        denier = _denier(passage, number, inner, behind) if "polarity" in cues and (act or said) else None
        if act:
            expected = "planned" if passage.looks_ahead(clause) else inherited
            one = _plain(passage, number, inner, act, stages, expected, denier or behind[inner])
            said.append(_pledged(passage, one) if _PLEDGE in asides else one)
        elif said and cues:
            said = _continued(said, clause, inner, stages, denier)
        if not asides and (act or cues):
            inherited = modal_of(stages) or inherited
    return said


def _adds_nothing(passage: Passage, number: int, clause: Clause, cues: Mapping[str, Sequence[Cue]]) -> bool:
    """Say whether a weak act behind another names nobody, or only denies what was asked about."""
    denies = "polarity" in cues and passage.cues.has("responses", number, _ASKED)
    return denies or not _names_company(passage, clause)


def _is_passed_over(cues: Mapping[str, Sequence[Cue]], asides: Collection[str]) -> bool:
    """Say whether a clause tells only what never was, how sure the rest is, or who did not answer."""
    hedged = any(cue.value != _PRELIMINARY for cue in cues.get("hedges", ()))
    silent = any(cue.value in _SILENT for cue in cues.get("responses", ()))
    return hedged or silent or _NEVER in asides


def _plain(
    passage: Passage,
    number: int,
    inner: int,
    act: Act,
    stages: Sequence[Cue],
    expected: Stage | None,
    speaker: Speaker,
) -> Said:
    """Read an act as its clause says it; `expected` is the stage that it has where no cue tells one."""
    clause, cues = passage.clause(number, inner), passage.cues.said(number, inner)
    asides = [cue.value for cue in cues.get("asides", ())]
    return Said(
        number,
        inner,
        clause.start,
        clause.end,
        act.event,
        stage_of(act.event, stages, expected),
        "denied" if "polarity" in cues else "affirmed",
        speaker,
        told=told_stage(stages) is not None,
        weak=act.weak or _BACKGROUND in asides,
        aside=_ASIDE in asides or _QUESTION_OF in asides,
        asked=_QUESTION_OF in asides,
        vague=act.vague,
        subject=_opener(passage, clause),
    )


def _opener(passage: Passage, clause: Clause) -> str:
    """Name the company with which a clause opens."""
    named = passage.named(clause.start, clause.start + 1)
    return company_names(named)[0] if named else ""


def _denier(passage: Passage, number: int, inner: int, behind: Sequence[Speaker]) -> Speaker:
    """Say who denies in a clause: the company before the colon in front of it, else who is behind it.

    A rumour that is only named there denies nothing.
    """
    before = passage.clause(number, max(0, inner - 1))
    named = passage.named(before.start, before.start + 1)
    if inner and named and passage.text[named[0].end : before.end + 1] in _COLONS:
        return Speaker("company", named[0].surface, before.start, before.end, number, inner - 1, party=True)
    speakers = (one for one in behind[inner::-1] if one.source != "market_rumour" or not one.attributive)
    return next(speakers, NOBODY)


def _pledged(passage: Passage, said: Said) -> Said:
    """Read what a company has promised before and keeps now: its own plan, whoever tells of it."""
    named = passage.named(passage.sentences[said.sentence].start, said.start)
    pledger = Speaker(
        "company",
        named[0].surface if named else "",
        said.start,
        said.end,
        said.sentence,
        said.clause,
        party=bool(named),
    )
    return structs.replace(
        said, stage="planned", polarity="affirmed", speaker=pledger, told=True, weak=False, aside=False
    )


def _continued(
    said: list[Said], clause: Clause, inner: int, stages: Sequence[Cue], denier: Speaker | None
) -> list[Said]:
    """Read a clause without an act of its own: it may stop the act before it, deny it, or put it off to later.

    Hearsay that a party denies is the party's denial.
    """
    last = said[-1]
    stopped = stop_of(stages)
    if stopped and last.event != "market_view":
        if not last.told:
            return [*said[:-1], structs.replace(last, end=clause.end, stage=stopped, told=True)]
        ended = structs.replace(last, clause=inner, start=clause.start, end=clause.end, stage=stopped)
        return [*said, ended]
    if denier:
        meant = next((one for one in reversed(said) if not one.weak), last)
        speaker = denier if denier.source in _DENIES else meant.speaker
        denied = structs.replace(meant, end=clause.end, polarity="denied", speaker=speaker)
        return [denied if one is meant else one for one in said]
    if last.stage == "completed" and last.event in _DEALS and told_stage(stages) == _APPROVAL:
        return [*said[:-1], structs.replace(last, end=clause.end, stage=_APPROVAL, told=True)]
    modal = modal_of(stages)
    if modal and not last.told and last.event in _AHEAD:
        return [*said[:-1], structs.replace(last, end=clause.end, stage=modal, told=True)]
    return said


def _act(passage: Passage, number: int, inner: int, speaker: Speaker) -> Act | None:
    """Choose what a clause says; an opinion counts only in the sentence that names who holds it.

    What a company says there is of itself, where no other is named.
    """
    own = speaker.sentence == number
    speaks = own and speaker.source in _DENIES
    if speaker.source == "analyst":
        clause = passage.clause(number, inner)
        spoken = max([speaker.end, *(cue.end for cue in passage.cues.at("sources", number, inner))])
        return _of_analyst(passage, number, inner, speaker) if own and spoken < clause.end - 1 else None
    for act in _acts_of(passage, number, inner):
        if act.weak and not (speaks or _names_company(passage, passage.clause(number, inner))):
            continue
        if act.event != "market_view" or act.outlook or (own and speaker.source in _OPINION):
            return act
    return None


def _any_act(passage: Passage, number: int, inner: int, speaker: Speaker) -> Act | None:
    """Take what somebody named in the sentence tells of a company, or anything said of one, as a weak act."""
    clause = passage.clause(number, inner)
    first = clause.start if speaker.clause > inner else max(clause.start, speaker.end)
    named = passage.named(first, clause.end)
    only = len(named) == 1 and (named[0].start, named[0].end) == (clause.start, clause.end)
    if speaker.source == "analyst" or not named or only or _idle(passage, number, inner):
        return None
    tells = speaker.sentence == number and speaker.source in _TELLS and inner > speaker.clause
    return _TOLD if tells and not speaker.attributive else _UNKNOWN


def _idle(passage: Passage, number: int, inner: int) -> bool:
    """Tell whether a clause only reports a price, or where a report is from, or only denies what was said before."""
    cues = passage.cues.said(number, inner)
    clause = passage.clause(number, inner)
    if "polarity" in cues and _WITHOUT_NAME.search(passage.text, clause.start, clause.end):
        return True
    return "origins" in cues or _MOVE in [cue.value for cue in cues.get("asides", ())]


def _of_analyst(passage: Passage, number: int, inner: int, speaker: Speaker) -> Act:
    """Read what an analyst says: a fact of a company that is named, else a view."""
    clause = passage.clause(number, inner)
    acts = _acts_of(passage, number, inner)
    told = bool(acts) and not acts[0].weak and acts[0].event != "results"
    if told and passage.named(max(clause.start, speaker.end), clause.end):
        return acts[0]
    return _VIEW


def _acts_of(passage: Passage, number: int, inner: int) -> Sequence[Act]:
    cues = _outside(passage, passage.cues.at("events", number, inner))
    if not cues:
        return ()
    return acts_in(_words(passage, passage.clause(number, inner)) if needs_words(cues) else "", cues)


def _words(passage: Passage, clause: Clause) -> str:
    """Give a clause without the names of companies."""
    edges = [clause.start]
    for mention in passage.named(clause.start, clause.end):
        edges += (mention.start, mention.end)
    pieces = zip(edges[::2], [*edges[1::2], clause.end], strict=True)
    return "".join(passage.text[start:end] for start, end in pieces)


def _names_company(passage: Passage, clause: Clause) -> bool:
    return bool(passage.named(clause.start, clause.end) or _ANAPHOR.search(passage.text, clause.start, clause.end))


def _outside(passage: Passage, cues: Sequence[Cue]) -> Sequence[Cue]:
    """Leave out what is only part of a company's name."""
    return [cue for cue in cues if not _in_name(passage, cue)] if cues else cues


def _in_name(passage: Passage, cue: Cue) -> bool:
    at = bisect_right(passage.starts, cue.start)
    return at > 0 and cue.end <= passage.mentions[at - 1].end
