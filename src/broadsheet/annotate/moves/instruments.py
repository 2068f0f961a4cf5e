"""What has a price: companies named, and indices, sectors, funds, futures and coins by their nouns."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from broadsheet.annotate.mentions.organisations import is_name
from broadsheet.annotate.tables import rows, words
from broadsheet.model import Mention

_KINDS: Final = ("index", "fund", "future", "coin", "sector")
_ROWS: Final = tuple(
    (kind, row[1], re.compile(row[2]) if row[2:] else None)
    for kind in _KINDS
    for row in rows("instruments_zh")
    if row[0] == kind
)
"""The nouns: their kind, their pattern, and the words without which it need not be tried."""

_ANY_SIGN: Final = r"\u9fff"
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_MANY: Final = "|".join(words("instruments_zh", "many"))
_MARKETS: Final = frozenset(("a股", "b股", "h股", "港股", "美股"))
_BY_PERCENT: Final = re.compile(
    r"(?:[abh]|港|美)股(?:股价|收盘|盘[前后中]|早盘|午后|今日|昨日|一度|现|收|大|微)*[涨跌]幅?(?:超|逾|近|约|达)?\d"
)
_TICKER: Final = re.compile(
    rf"(?<![a-z0-9])(?!(?:{'|'.join(words('instruments_zh', 'no_ticker'))})[\u4e00-\u9fff])"
    r"[a-z][a-z0-9.&-]+(?: [a-z][a-z0-9.&-]*){0,3}"
    r"(?=(?:跟|领|补|微|大|小幅|大幅|一度|盘[中前后]|午后|逆势|现|收)*[涨跌][近超逾约停\d])"
)
_AT: Final = ("", "在", "的", "于", "在其")
_CLOSING: Final = re.compile(rf"等(?:{_MANY})$")
_LEAD: Final = re.compile(
    r"^(?:截至|今日|昨日|其中|同时|此外|另外|消息面上|板块上|目前|早盘|午后|尾盘|盘中|盘前|盘后|收盘|开盘|美东时间|周[一二三四五六日]|\d{1,2}月\d{1,2}日|\d{1,2}日|[的和及与，])+"
)
_SIGN: Final = r"[^\s、/，,。；;：:！!？?（()）“”\"《》和及与]"
_ITEM: Final = rf"{_SIGN}(?:(?!以及){_SIGN}){{0,11}}?"
_ADVERBS: Final = (
    "盘中|盘前|盘后|午后|早盘|尾盘|开盘|收盘|全天|一度|再度|再次|继续|持续|震荡|直线|短线|快速|加速|强势|大幅|小幅|集体|全线|双双|纷纷|率先|"
    "均|也|都|齐|则|已|再|又|股价|今日|昨日|昨|今|上午|下午|周[一二三四五]|本周|上周|近日|绩后|逆势|放量|最高|最多|最大|最低|累计|港股|a股|"
    "美股|h股|跳空|为|了|收|报|现|触及|封|盘初|率|分别|走势|表现|的|竞价|午间|夜盘|暗盘|年内|今年以来|领"
)
_LISTED: Final = re.compile(
    rf"(?P<list>{_ITEM}(?:(?:[、/]|和|及|与|以及){_ITEM})+?)"
    rf"(?P<many>等?(?:多[只家支])?(?:个股|多股|{_MANY})?)(?:{_ADVERBS}|\s)*$"
)
_STRANGER: Final = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,6}}?)(?:{_ADVERBS})*$")
_FIRM: Final = re.compile("(?:银行|证券|集团|股份|科技|控股|汽车|医药|生物|电子|能源|保险|地产|半导体)$")
_NO_SUBJECT: Final = re.compile(
    "[日周月年天时季期额值量率幅数比价盘股涨跌升降落挫]|区间|整体|总体|平均|最终|一夜|一举|随后|此后|其后|应声|顺势|相继|陆续|逐步|逐渐|"
    "迅速|突然|罕见|意外|有所|略有|不断|大多|多数|普遍"
)
"""What is in the name of a span of time or of a quantity, or tells how something moved."""

_JOIN: Final = re.compile(r"以及|[、/和及与]")
_OTHERS: Final = re.compile(
    r"的?(?:供应链|产业链|供应商|代工|概念|对手|股东|旗下|子公司|客户|经销商|用户|生态链|手机|产品|门店)"
)


@cache
def _pattern(tried: tuple[bool, ...]) -> re.Pattern[str]:
    """Join the patterns that are tried, by kinds."""
    nouns = [(kind, pattern) for (kind, pattern, _), wanted in zip(_ROWS, tried, strict=True) if wanted]
    kinds = {kind: "|".join(pattern for other, pattern in nouns if other == kind) for kind in dict(nouns)}
    joined = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    if _ANY_SIGN in joined:
        return re.compile(joined)
    # One look at a character instead of one for every noun: none begins with what stands in none.
    return re.compile(rf"(?=[a-z0-9{''.join(sorted(set(_HAN.findall(joined))))}])(?:{joined})")


class Instrument(Struct, frozen=True):
    """Something with a price at `text[start:end]`.

    A company that is `listed` has `securities`, of which `security` is meant.
    """

    start: int
    end: int
    security: str | None = None
    securities: tuple[str, ...] = ()
    company: bool = False
    traded_always: bool = False

    @property
    def listed(self) -> bool:
        """Whether it is a company that has a security."""
        return bool(self.securities)


def of_company(mention: Mention) -> Instrument:
    """Give a company as something with a price."""
    return Instrument(mention.start, mention.end, mention.security, mention.securities, company=True)


def find_instruments(folded: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Instrument]:
    """Find what has a price in a sentence; a noun that holds a company's name is the noun's."""
    starts = [mention.start for mention in mentions]
    nouns = [noun for noun in _nouns(folded, start, end, mentions) if not _cuts(noun, mentions, starts)]
    nouns += _tickers(folded, start, end, [*mentions, *nouns])
    nouns.sort(key=lambda noun: noun.start)
    starts = [noun.start for noun in nouns]
    companies = [
        of_company(mention)
        for mention in mentions
        if start <= mention.start < end and not _holds(nouns, starts, mention)
    ]
    return sorted([*nouns, *companies], key=lambda instrument: instrument.start)


def _cuts(noun: Instrument, mentions: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Tell whether a noun begins inside a name."""
    at = bisect_left(starts, noun.start) - 1
    return at >= 0 and noun.start < mentions[at].end


def _holds(nouns: Sequence[Instrument], starts: Sequence[int], mention: Mention) -> bool:
    """Tell whether a noun holds a whole name."""
    at = bisect_right(starts, mention.start) - 1
    return at >= 0 and mention.end <= nouns[at].end


def _nouns(folded: str, start: int, end: int, mentions: Sequence[Mention]) -> Iterator[Instrument]:
    sentence = folded[start:end]
    tried = tuple([closers is None or closers.search(sentence) is not None for _, _, closers in _ROWS])
    ends = {mention.end for mention in mentions}
    for found in _pattern(tried).finditer(folded, start, end):
        first = found.start()
        if lead := _LEAD.match(folded[first : found.end()]):
            first += lead.end() if lead.end() < found.end() - first else 0
        if found[0] in _MARKETS and _is_listing(folded, ends, first):
            continue  # the listing that is meant: 宁德时代A股, 北京汽车在港股
        last = found.end()
        if closing := _CLOSING.search(folded, first, last):
            last = closing.start()
        if first < last:
            yield Instrument(first, last, traded_always=found.lastgroup == "coin")


def _tickers(folded: str, start: int, end: int, known: Sequence[Mention | Instrument]) -> Iterator[Instrument]:
    """Find what stands in Latin letters right before it rises or falls, and is nothing known."""
    for found in _TICKER.finditer(folded, start, end):
        if not any(found.start() < one.end and one.start < found.end() for one in known):
            yield Instrument(found.start(), found.end())


def _is_listing(folded: str, ends: Collection[int], market: int) -> bool:
    """Tell whether the name of a market says which listing of a company is meant.

    The company ends before it; or stands earlier in the sentence, and a percentage follows: whole markets are
    measured by their indices.
    """
    if any(market - len(link) in ends and folded.startswith(link, market - len(link)) for link in _AT):
        return True
    return any(end < market for end in ends) and _BY_PERCENT.match(folded, market) is not None


def subjects_before(
    folded: str, instruments: Sequence[Instrument], start: int, position: int
) -> tuple[Instrument, ...]:
    """Give what a verb at `position` is said of, looking back to `start`: one instrument, or a list of them."""
    if _JOIN.search(folded, start, position) and (listed := _LISTED.search(folded, start, position)):
        found = tuple(_items(folded, instruments, listed))
        if found:
            return found
    before = [one for one in instruments if one.end <= position][-1:]
    if not before or before[0].start < start or _OTHERS.match(folded, before[0].end):
        return ()
    return tuple(before)


def stranger_before(folded: str, start: int, position: int) -> tuple[Instrument, ...]:
    """Give what opens a clause right before a verb and is nothing known: what rises is not what was named before."""
    found = _STRANGER.match(folded, start, position)
    if not found or not is_name(found["name"]) or _NO_SUBJECT.search(found["name"]):
        return ()
    return (Instrument(*found.span("name")),)


def firm_before(folded: str, start: int, position: int) -> tuple[Instrument, ...]:
    """Give what opens a clause right before a verb and is called as a firm, though no book has it."""
    return tuple(one for one in stranger_before(folded, start, position) if _FIRM.search(folded, one.start, one.end))


def _items(folded: str, instruments: Sequence[Instrument], listed: re.Match[str]) -> Iterator[Instrument]:
    """Give the items of a list: the instruments in it, and what stands between them where it is one too."""
    start, end = listed.span("list")
    inside = [one for one in instruments if start <= one.start and one.end <= listed.end("many")]
    if not inside and not listed["many"]:
        return
    if not listed["many"] and len(inside) < 2 and "、" not in listed["list"] and "/" not in listed["list"]:
        return  # 和 in a word, as in 碳中和
    position = start
    joints = [*((joint.start(), joint.end()) for joint in _JOIN.finditer(folded, start, end)), (end, end)]
    for first, last in joints:
        limit = listed.end("many") if first == end else first
        known = [one for one in inside if position <= one.start < first and one.end <= limit]
        lead = _LEAD.match(folded[position:first])
        begin = position + (lead.end() if lead else 0)
        if not known and first - begin >= 2:
            yield Instrument(begin, first)
        yield from known
        position = last
