"""Who says it: speakers in a text, how far each reaches, and the deepest of a chain."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from broadsheet.annotate.claims.passage import Passage
from broadsheet.annotate.clauses import Clause
from broadsheet.annotate.cues import WEAK, Cue
from broadsheet.model import Mention, Source

_SAY: Final = "say"
_OWN: Final = "own_reporting"
_SHALLOW: Final = frozenset({"outlet", "own_reporting", "data_vendor"})
_ADVISER: Final = re.compile(r"证券$|资本$|投行$|信建投$|中金|德意志银行|高盛|摩根|花旗|瑞银|瑞信|野村|汇丰|研究院?$")
_OF_ITSELF: Final = frozenset(
    {"宣布", "公布", "官宣", "证实", "承认", "澄清", "否认", "announced", "announces", "denied", "denies"}
)
"""Words with which an adviser, too, speaks of its own acts."""

_PERSON: Final = re.compile(
    r"董事长|总裁|首席|创始人|总经理|主席|高管|负责人|主管|经理|总监|·|董事|合伙人|院长|教授|c[eftoi]o|C[EFTOI]O"
)
_FIRM: Final = re.compile(
    r"(?:公司|集团|股份|科技|银行|基金|汽车|药业|医药|电子|控股|实业|地产|传媒|影业|网络|能源|食品|物流|金控|教育|国际|环境|环保|材料|新材|精密|光电|"
    r"智能|游戏|娱乐|服饰|设计|通信|信息|软件|制药|生物|证券|保险|信托|资本|重工|钢铁|矿业|航空|乳业|酒业|家居|官方|方面)"
    r"(?=(?:[（(][^）)]*[）)])?(?:方面|今日|昨日|日前|近日|随后|晚间|\d+日|最新|再次|也|还|则|曾|就|又|已|对此)*$)"
)
_TOGETHER: Final = re.compile(
    r"(双方|各方|[两三]家公司|[两几]家企业)(?:均|都|也|还|则|已|先后|分别|随后|对此|就此|共同|联合)*$"
)
_SAYS: Final = re.compile(
    r"称|说|表示|透露|指出|认为|强调|宣布|显示|披露|公告|报道|爆料|回应|获悉|介绍|\b(?:sa(?:id|ys?)|report|told|according|announc|"
    r"citing|wrote|filing|statement|spokes|analyst|data)|[-–—] ?sources?$"
)
_SAYS_LAST: Final = re.compile(
    r"(?:称|说|表示|透露|指出|认为|报道|报导|显示|披露|获悉|宣布|证实|确认|写道|介绍|回应)[道到过]?$"
)
_ONLY_REPORTED: Final = {("outlet", True)}
_SHORT: Final = 2
_UNSAID: Final = re.compile(r"(?:将|拟|或|计划|预计|尚未|未能|没有|并未|未|不|有望).{0,10}$")
_ISSUES: Final = re.compile("发布|公布|披露|发表|交出")
_HEARSAY: Final = frozenset({"anonymous", "market_rumour"})
_GOES_ON: Final = re.compile(
    r"[这该此其他她它们还也]|双方|两家|上述|目前|另一"
    r"|\b(?:the|they|he|she|it|also|both|its|their|another|in one|would)\b",
    re.IGNORECASE,
)
_BACK: Final = re.compile(
    r"(?:透露|证实|确认|披露|告知|介绍|提供|传出|说出)了?(?:上述|这一|这个|该|此|这条|这则|这项|有关|相关)"
    r"(?:消息|说法|信息|情况|计划|内容|交易|安排|细节)"
)
"""Words of who has told the news that stands before them."""

_BETWEEN: Final = 24


class Speaker(Struct, frozen=True):
    """Somebody who is given as the source, `name` in the text's own words.

    `attributive`: only inside what somebody else says; `party`: is or speaks for a company named with it;
    `closing`: stands after what it says.
    """

    source: Source
    name: str
    start: int
    end: int
    sentence: int
    clause: int
    attributive: bool = False
    party: bool = False
    closing: bool = False


NOBODY: Final = Speaker("unattributed", "", -1, -1, -1, -1)


def find_speakers(passage: Passage) -> Mapping[int, Sequence[Speaker]]:
    """Find the speakers of each sentence, by its number."""
    found: dict[int, list[Speaker]] = {}
    for cue in passage.cues.of("sources"):
        before = found.get(cue.sentence, [])
        if before and before[-1].clause == cue.clause and (cue.value == _SAY or _is_notice(before[-1], cue)):
            continue
        if speaker := _speaker(passage, cue, first=not before):
            found.setdefault(cue.sentence, []).append(speaker)
    return found


def _is_notice(speaker: Speaker, cue: Cue) -> bool:
    """Say whether a document is only the notice of an authority that speaks."""
    return speaker.source == "regulator" and cue.value == "filing"


def attribute(passage: Passage, speakers: Mapping[int, Sequence[Speaker]]) -> list[Sequence[Speaker]]:
    """Say who is behind each clause of each sentence.

    The deepest who speaks before it in its sentence, or behind it; else who spoke last in the same paragraph, hearsay
    only where the sentence takes up what was said; else the outlet whose report the text opens with.
    """
    behind: list[Sequence[Speaker]] = []
    carried = last = NOBODY
    body = [number for number, sentence in enumerate(passage.sentences) if not sentence.heading]
    relayed = _reporter(speakers.get(body[0] if body else 0, ()))
    for number, sentence in enumerate(passage.sentences):
        before = passage.sentences[number - 1]
        if number and (before.line, before.heading) != (sentence.line, sentence.heading):
            carried = relayed
        own = speakers.get(number, ())
        if own and last is not NOBODY and {(one.source, one.attributive) for one in own} == _ONLY_REPORTED:
            own, carried = (), last  # "the report adds": whoever spoke in it goes on
        if carried.source in _HEARSAY and not _GOES_ON.search(passage.text, sentence.start, sentence.end):
            carried = _reporter(speakers.get(carried.sentence, ()))
        if not own:
            behind.append([carried] * len(sentence.clauses))
            continue
        behind.append(_in_turn(own, len(sentence.clauses), carried))
        if _BACK.search(passage.text, sentence.start, sentence.end):
            _give_back(passage, behind, number)
        carried = _behind(own, len(sentence.clauses), carried)
        last = last if carried is NOBODY else carried
    return behind


def _give_back(passage: Passage, behind: list[Sequence[Speaker]], number: int) -> None:
    """Give what nobody said before in the paragraph to who, in a sentence, tells that the news is his."""
    speaker = behind[number][-1]
    for before in range(number - 1, -1, -1):
        if passage.sentences[before].line != passage.sentences[number].line or behind[before][-1] is not NOBODY:
            return
        behind[before] = [speaker] * len(behind[before])


def _reporter(own: Sequence[Speaker]) -> Speaker:
    """Name the outlet that a sentence cites beside whoever speaks in it."""
    return next((speaker for speaker in reversed(own) if speaker.source == "outlet"), NOBODY)


def _in_turn(own: Sequence[Speaker], clauses: int, carried: Speaker) -> list[Speaker]:
    """Say who is behind each clause of a sentence: it changes only where somebody speaks."""
    changes = {speaker.clause for speaker in own}
    behind = [_behind(own, 0, carried)]
    for clause in range(1, clauses):
        behind.append(_behind(own, clause, carried) if clause in changes else behind[-1])
    return behind


def _behind(own: Sequence[Speaker], clause: int, carried: Speaker) -> Speaker:
    chosen = _deepest([speaker for speaker in own if speaker.clause <= clause]) or _deepest(
        [speaker for speaker in own if speaker.clause > clause and speaker.closing]
    )
    if chosen is not None:
        return chosen
    return NOBODY if any(speaker.source == "unattributed" for speaker in own) else carried


def _deepest(speakers: Sequence[Speaker]) -> Speaker | None:
    """Choose among speakers of one sentence: the last who speaks himself; outlets and the like only without him."""
    chosen, deepest = None, 1
    for speaker in speakers:
        if (depth := _depth(speaker)) >= deepest:
            chosen, deepest = speaker, depth
    return chosen


def _depth(speaker: Speaker) -> int:
    if speaker.source == "unattributed":
        return 0
    if speaker.source in _SHALLOW:
        return 1
    return 2 if speaker.attributive else 3


def _speaker(passage: Passage, cue: Cue, *, first: bool) -> Speaker | None:
    text = passage.text
    source: str = cue.value.rstrip(WEAK)
    clause = passage.clause(cue.sentence, cue.clause)
    named = passage.named(clause.start, cue.end) or _subject_before(passage, cue, clause)
    name = text[cue.start : cue.end]
    published = source == _SAY or _ISSUES.match(name)
    if published and _UNSAID.search(text, named[-1].end if named else clause.start, cue.start):
        return None
    if source == _SAY:
        source, name = _company_speaking(text, cue, named[-1]) if named else ("", "")
        if not named:
            source, name = _firm_speaking(text, clause.start, cue, first=first)
        if not source:
            return None
    if source == _OWN and passage.named(cue.start + 1, cue.end):
        source = "company"  # what a reporter learned from a company, it says
    last = cue.clause == len(passage.sentences[cue.sentence].clauses) - 1
    return Speaker(
        source,  # type: ignore[arg-type]
        name,
        cue.start,
        cue.end,
        cue.sentence,
        cue.clause,
        attributive=cue.value.endswith(WEAK),
        party=bool(passage.named(passage.sentences[cue.sentence].start, passage.sentences[cue.sentence].end)),
        closing=_closes(text, cue, clause, source, last=last, english=name.isascii()),
    )


def _subject_before(passage: Passage, cue: Cue, clause: Clause) -> Sequence[Mention]:
    """Give the company that opens the clause before, of which a verb that opens its own is said."""
    if cue.start > clause.start or not cue.clause:
        return ()
    before = passage.clause(cue.sentence, cue.clause - 1)
    return [one for one in passage.named(before.start, before.end) if one.start == before.start]


def _closes(text: str, cue: Cue, clause: Clause, source: str, *, last: bool, english: bool) -> bool:
    """Say whether a speaker stands behind what he says: nothing is said after him, or it was quoted before him."""
    quoted = "”" in text[max(0, clause.start - 1) : clause.start + 1]
    silent = clause.end - cue.end <= _SHORT or _SAYS_LAST.search(text, cue.start, clause.end) is not None
    if not (english or quoted or (last and (silent or source == "filing"))):
        return False
    if source not in _HEARSAY or text.startswith("据", clause.start):
        return True
    return _SAYS.search(text, clause.start if english else cue.start, clause.end) is not None  # "according to" him


def _firm_speaking(text: str, start: int, cue: Cue, *, first: bool) -> tuple[str, str]:
    """Know a company that no book has by the word for what it is, if it speaks `first`, or companies by 双方."""
    if together := _TOGETHER.search(text, start, cue.start):
        return "company", together[1]
    found = _FIRM.search(text, start, cue.start) if first else None
    return ("company", text[start : found.end()]) if found else ("", "")


def _company_speaking(text: str, cue: Cue, mention: Mention) -> tuple[str, str]:
    """Tell a company that speaks for itself from its people and from an adviser; empty where it is too far off."""
    between = text[mention.end : cue.start]
    if len(between) > _BETWEEN:
        return "", ""
    if _PERSON.search(between):
        return "named_person", between
    advises = _ADVISER.search(mention.surface) and text[cue.start : cue.end] not in _OF_ITSELF
    return ("analyst" if advises else "company"), mention.surface
