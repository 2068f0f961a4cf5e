"""Where a claim comes from at its deepest: posts of one root count once, however many tell it."""

import re
from typing import Final

from broadsheet.group.ledger.told import Told
from broadsheet.group.texts.outlets import outlet_name
from broadsheet.model import Origin

NAMELESS: Final = ""
"""The root of what nobody is named for: 有消息称, 据媒体报道."""

_OWN_WORD: Final = frozenset({"company", "filing"})
_NAMED: Final = frozenset({"named_person", "regulator", "analyst"})
_VERBS: Final = re.compile(
    r"(?:最新|独家|数据|App|的|(?:昨晚|今天|今日|周.)?在[^在，。]{1,10}[中里上]|(?<=.)(?:研究)?(?:报告|研报))*"
    r"(?:获悉|显示|来看|报道|消息|了解到|表示|称|说|警告|指出|认为|透露|预计|写道)*$"
)
_SOMEBODY: Final = re.compile(
    r"^(?:有|多[位家名]|一[位名]|[两三][位家名]|市场|行业|部分|的)*(?:分析师|分析人士|研究员|策略师|机构|券商|投行|研报|analysts?)$",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"^(?:据|有|该|此前|多家|部分|英文|中文|海外|国外|当地|外|韩|日|美|英|德|台|港|其他|一些|这家|的)*"
    r"(?:媒体?|报道|消息|media|report|reports)*$"
)


def root_of(told: Told) -> str:
    """Name the outlet, the company or the record that a claim comes from.

    Anonymous people, and analysts without a name, are those of the outlet that a post credits, or else of its own; a
    company's statement and its filing are the company. Rumours of the market have no root.
    """
    claim = told.claim
    speaks = claim.source in _OWN_WORD or (claim.source == "named_person" and not told.is_hearsay)
    if speaks:
        return told.parties[0].name if told.parties else NAMELESS
    if claim.source == "market_rumour":
        return NAMELESS
    if claim.source in _NAMED and claim.source_name and not _SOMEBODY.match(named := _stripped(claim.source_name)):
        return named or claim.source_name
    credit = _credit(told)
    if credit is not None:
        return outlet_name(credit.outlet)
    if claim.source == "outlet":
        name = _stripped((claim.source_name or "").removeprefix("据"))
        return NAMELESS if _VAGUE.match(name) else outlet_name(name)
    return outlet_name(told.post.outlet)


def _stripped(name: str) -> str:
    """Take off what a source does, as often as it stands there: 媒体的报道来看 is 媒体."""
    while (shorter := _VERBS.sub("", name)) != name:
        name = shorter
    return name


def _credit(told: Told) -> Origin | None:
    """Find the outlet that a claim is credited to: one in its source's name, else the last before it, else behind."""
    origins = [one for one in told.post.facts.origins if not one.byline]
    named = [one for one in origins if told.claim.source_name and one.outlet in told.claim.source_name]
    before = [one for one in origins if one.start < told.claim.end]
    found = next(iter([*named, *reversed(before), *origins]), None)
    return None if found is None or _VAGUE.match(found.outlet) else found
