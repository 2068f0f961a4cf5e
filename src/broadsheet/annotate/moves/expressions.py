"""The words by which Chinese texts report moves of prices, before it is known of what."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

from msgspec import Struct, structs

from broadsheet.annotate.moves.numbers import NUMBER, Number, read_number
from broadsheet.annotate.tables import rows
from broadsheet.model import Direction, Operator, Statistic


def cues(kind: str) -> list[tuple[str, re.Pattern[str]]]:
    """Read the rows of a kind from `moves_zh.tsv`: what each says, and its pattern."""
    return [(row[1], re.compile(row[2])) for row in rows("moves_zh") if row[0] == kind]


def any_cue(kind: str, value: str | None = None) -> str:
    """Join the patterns of a kind into one, which begins as plainly as they do."""
    return "|".join(row[2] for row in rows("moves_zh") if row[0] == kind and value in (None, row[1]))


# Every branch begins with a plain character: so the engine skips to where one can begin.
TRIGGER: Final = re.compile(
    r"涨|跌|升|挫|飙|跳水|走高|走低|走强|走弱|拉升|反弹|回落|翻红|翻绿|翻倍|翻番|翻了|翻[\d两三四五六七八九十]|下探|下滑|平开|平收|收平|收红|收绿|新高|新低|"
    "上扬|上攻|收高|收低|封板|炸板|开板|一字板|板(?![块上])|飘红|飘绿|连阳|连阴|"
    "报(?![道告名酬警复导表社纸刊销废])|突破|站上|失守|疲软|强势|强劲|低迷|破发|高开|低开|冲高|冲上|闪崩|缩水|重返|重回|收复|降幅|降至|达到|持平|齐扬|劲扬|走扬|扬升|走跌|收黑|翻黑"
)
_VERB: Final = rf"(?:(?P<up>{any_cue('verb', 'up')})|(?P<down>{any_cue('verb', 'down')}))"
_TAIL: Final = r"(?P<tail>多|左右|上下|以上|附近|余)?"
# What verbs, prices and states begin with: one look at a character instead of one for every pattern.
_MEASURE: Final = re.compile(
    rf"(?=[高上涨升飙拉走反攀劲急扬回低下跌挫重跳闪降暴缩翻]){_VERB}(?P<filler>{any_cue('filler')})*?"
    rf"(?P<near>超近|将近|近|逾|超过?|约|不足)?{NUMBER}{_TAIL}"
)
_RATE: Final = re.compile(rf"{NUMBER}{_TAIL}的?(?:(?P<up>涨幅|升幅)|(?P<down>跌幅|降幅))")
_OR: Final = re.compile(rf"(?:或|[(（]){NUMBER}")
_LEVEL: Final = re.compile(
    rf"(?=[升涨站突达飙上攀冲重收跌失降下回现报最至])"
    rf"(?:(?P<up>{any_cue('level', 'up')})|(?P<down>{any_cue('level', 'down')})|(?P<flat>{any_cue('level', '-')}))"
    rf"(?:了|至|到|于|为|近|逾|约|超|过|的|年[初底末中]|\s)*{NUMBER}(?:/[吨盎司桶克手])?{_TAIL}"
)
_NEXT: Final = re.compile(rf"(?:[、和及与]|以及)(?P<near>超|逾|近|约)?{NUMBER}")
_FIGURE: Final = re.compile(r"\d|成|倍|半个|[一二两三四五六七八九十]个?[百点]")
_WHOLE: Final = re.compile(rf"(?P<whole>{any_cue('whole')})")
_WHAT: Final = tuple(tuple(what.split()) for what, _ in cues("state"))
_STATES: Final = "|".join(f"(?P<s{number}>{pattern.pattern})" for number, (_, pattern) in enumerate(cues("state")))
_STATE: Final = re.compile(
    r"(?=[\d一二两三四五六七八九十逼接濒近涨封炸打开跌再续创不屡刷连走拉飙大暴狂上普领跟齐劲飘收翻转反冲高升全表由低下"
    r"跳重闪杀急破平斩持])"
    rf"(?:{_STATES})"
)
_ADVERBS: Final = re.compile(f"(?:{any_cue('adverb')})+$")
_REACH: Final = 16
_OPERATORS: Final = cues("operator")


class Expression(Struct, frozen=True):
    """The words of a move, before it is known of what: `text[start:end]`, its verb at `verb`."""

    start: int
    end: int
    verb: int
    direction: Direction | None
    number: Number | None
    operator: Operator
    statistic: Statistic | None
    words: str


def find_expressions(folded: str, start: int, end: int) -> list[Expression]:
    """List the expressions of a clause in order, none within another; what has a number goes first."""
    if not TRIGGER.search(folded, start, end):
        return []
    found: list[Expression] = []
    for pattern in _numeric(folded, start, end):
        for match in pattern.finditer(folded, start, end):
            expression = _numbered(folded, match, start)
            if expression is not None and not _taken(expression, found):
                found += [expression, *_again(folded, expression, end)]
    for match in (*_WHOLE.finditer(folded, start, end), *_STATE.finditer(folded, start, end)):
        expression = _unnumbered(folded, match, start)
        if not _taken(expression, found):
            found.append(expression)
    return sorted(found, key=lambda expression: expression.start)


def _again(folded: str, said: Expression, end: int) -> Iterator[Expression]:
    """Give the same move in other units right behind it: 跌215点或1.1%."""
    match = _OR.match(folded, said.end, end) if said.number and said.number.unit == "point" else None
    number = read_number(match) if match else None
    if match and number and number.unit == "%":
        yield structs.replace(said, start=match.start("value"), end=match.end(), number=number, words=match[0])


def shared_out(folded: str, said: Expression, count: int) -> Sequence[Expression]:
    """Give a move for each of `count`: 分别涨4%和2% has one for each, all else says the same of all."""
    given = [said]
    if count > 1 and said.number and folded.find("分别", max(0, said.start - _REACH), said.verb) >= 0:
        while len(given) < count and (match := _NEXT.match(folded, given[-1].end)):
            number = read_number(match)
            operator = _operator(match["near"] or "", number) if number else "eq"
            given.append(
                structs.replace(said, start=match.start("value"), end=match.end(), number=number, operator=operator)
            )
    return given if len(given) == count else [said] * count


def _numeric(folded: str, start: int, end: int) -> Sequence[re.Pattern[str]]:
    """List the patterns with a number that a clause can have."""
    if not _FIGURE.search(folded, start, end):
        return ()
    return (_LEVEL, _MEASURE, _RATE) if folded.find("幅", start, end) >= 0 else (_LEVEL, _MEASURE)


def _unnumbered(folded: str, match: re.Match[str], clause: int) -> Expression:
    start, verb, end = _with_adverbs(folded, match.start(), clause), match.start(), match.end()
    if match.lastgroup == "whole":
        return Expression(start, end, verb, "up", Number(2.0, None, "multiple"), "eq", None, match[0])
    direction, operator, statistic = _WHAT[int((match.lastgroup or "s0")[1:])]
    return Expression(
        start,
        end,
        verb,
        cast("Direction", direction),
        None,
        cast("Operator", operator),
        cast("Statistic", statistic) if statistic != "last" else None,
        folded[start:end],
    )


def _with_adverbs(folded: str, start: int, clause: int) -> int:
    """Take the adverbs before a verb with it."""
    found = _ADVERBS.search(folded, max(clause, start - _REACH), start)
    return found.start() if found else start


def _taken(expression: Expression, found: Sequence[Expression]) -> bool:
    return any(expression.start < other.end and other.start < expression.end for other in found)


def _numbered(folded: str, match: re.Match[str], clause: int) -> Expression | None:
    number = read_number(match)
    groups: dict[str, Any] = match.groupdict()
    level = "flat" in groups
    if number is None or (level and number.unit in ("%", "multiple")):
        return None
    direction: Direction | None = "up" if groups["up"] else "down" if groups["down"] else None
    beside = folded[match.start() : match.start("value")] + (match["tail"] or "")
    operator = _operator(beside, number)
    start = _with_adverbs(folded, match.start(), clause)
    return Expression(
        start, match.end(), match.start(), direction, number, operator, None, folded[start : match.end()]
    )


def _operator(beside: str, number: Number) -> Operator:
    if number.high is not None:
        return "range"
    return next((cast("Operator", what) for what, pattern in _OPERATORS if pattern.search(beside)), "eq")
