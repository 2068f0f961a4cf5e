"""Acts said: clause by clause, what is said of a company, how far it has come, and by whom."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from broadsheet.annotate.clauses import Clause
from broadsheet.annotate.cues import Cue
from broadsheet.annotate.events import Act, acts_in
from broadsheet.annotate.passage import Passage
from broadsheet.annotate.sources import Speaker, attribute, find_speakers
from broadsheet.annotate.stages import modal_of, stage_of, stop_of, told_stage
from broadsheet.model import Event, Polarity, Stage

_ANAPHOR: Final = re.compile(r"公司|双方|两家|集团|其|我们|本行|该行|the company|its ")
_OWN_VOICE: Final = re.compile(r"(?:^|\n|[。；，,])(?:本)?公司")
_QUESTION: Final = ("？", "?")
_CLOSING: Final = "”’」』\"'）) "
_OPINION: Final = frozenset({"analyst", "named_person"})
_TELLS: Final = frozenset({"company", "filing", "anonymous", "outlet", "named_person"})
_NEVER: Final = "never"
_MOVE: Final = "move"
_VIEW: Final = Act("market_view", weak=False, outlook=True, vague=False)
_TOLD: Final = Act("other", weak=False, outlook=False, vague=False)
_UNKNOWN: Final = Act("other", weak=True, outlook=False, vague=False)


class Said(Struct, frozen=True):
    """An act said in a clause; `told` where the clause has its own stage cue, `weak` where its cue is no proof."""

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
    vague: bool


def acts_said(passage: Passage) -> Iterator[Sequence[Said]]:
    """Yield the acts of each sentence that says any."""
    behind = attribute(passage, find_speakers(passage))
    first = passage.starts[0] if passage.starts else _own_voice(passage.text)
    for number, sentence in enumerate(passage.sentences):
        asks = passage.text[sentence.start : sentence.end].rstrip(_CLOSING).endswith(_QUESTION)
        if first < sentence.end and not asks and (said := _in_sentence(passage, number, behind[number])):
            yield said


def _own_voice(text: str) -> int:
    """Say where a text that names no company begins to speak of its own: a filing says only "the company"."""
    found = _OWN_VOICE.search(text)
    return found.start() if found else len(text)


def _in_sentence(passage: Passage, number: int, behind: Sequence[Speaker]) -> list[Said]:
    said: list[Said] = []
    inherited: Stage | None = None
    for inner, clause in enumerate(passage.sentences[number].clauses):
        asides = {cue.value for cue in passage.cues.at("asides", number, inner)}
        if _NEVER in asides:
            continue
        stages = _outside(passage, passage.cues.at("stages", number, inner))
        denied = bool(passage.cues.at("polarity", number, inner))
        act = _act(passage, number, inner, behind[inner], any_act=not said and _MOVE not in asides)
        if act:
            said.append(
                Said(
                    number,
                    inner,
                    clause.start,
                    clause.end,
                    act.event,
                    stage_of(act.event, stages, inherited),
                    "denied" if denied else "affirmed",
                    behind[inner],
                    told=told_stage(stages) is not None,
                    weak=act.weak or bool(asides - {_MOVE}),
                    vague=act.vague,
                )
            )
        elif said:
            said = _continued(said, clause, inner, stages, denied=denied)
        if not asides:
            inherited = modal_of(stages) or inherited
    return said


def _continued(said: list[Said], clause: Clause, inner: int, stages: Sequence[Cue], *, denied: bool) -> list[Said]:
    """Read a clause without an act of its own: it may stop the act before it, or deny it."""
    last = said[-1]
    stopped = stop_of(stages)
    if stopped and last.event != "market_view":
        ended = structs.replace(last, clause=inner, start=clause.start, end=clause.end, stage=stopped, told=True)
        return [*said, ended]
    if denied:
        return [*said[:-1], structs.replace(last, end=clause.end, polarity="denied")]
    return said


def _act(passage: Passage, number: int, inner: int, speaker: Speaker, *, any_act: bool) -> Act | None:
    """Choose what a clause says.

    An opinion counts only in the sentence that names who holds it. Without a known act, what somebody named in the
    sentence tells of a company is an act of another kind, anything else about a company a weak one.
    """
    own = speaker.sentence == number
    clause = passage.clause(number, inner)
    if speaker.source == "analyst":
        return _of_analyst(passage, number, inner, speaker) if own and speaker.end < clause.end else None
    for act in acts_in(passage.text, _outside(passage, passage.cues.at("events", number, inner)), clause):
        if act.weak and not _names_company(passage, clause):
            continue
        if act.event != "market_view" or act.outlook or (own and speaker.source in _OPINION):
            return act
    if not any_act or not passage.named(max(clause.start, speaker.end), clause.end):
        return None
    tells = own and speaker.source in _TELLS and not speaker.attributive and inner > speaker.clause
    return _TOLD if tells else _UNKNOWN


def _of_analyst(passage: Passage, number: int, inner: int, speaker: Speaker) -> Act:
    """Read what an analyst says: a fact of a company that is named, else a view."""
    clause = passage.clause(number, inner)
    acts = acts_in(passage.text, _outside(passage, passage.cues.at("events", number, inner)), clause)
    if acts and not acts[0].weak and passage.named(max(clause.start, speaker.end), clause.end):
        return acts[0]
    return _VIEW


def _names_company(passage: Passage, clause: Clause) -> bool:
    return bool(passage.named(clause.start, clause.end) or _ANAPHOR.search(passage.text, clause.start, clause.end))


def _outside(passage: Passage, cues: Sequence[Cue]) -> Sequence[Cue]:
    """Leave out what is only part of a company's name."""
    return [cue for cue in cues if not _in_name(passage, cue)] if cues else cues


def _in_name(passage: Passage, cue: Cue) -> bool:
    named = passage.named(0, cue.start + 1)
    return bool(named) and cue.end <= named[-1].end
