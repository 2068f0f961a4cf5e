"""Outlets where they only report: they tell what is claimed, and nothing is claimed of them."""

import re
from typing import Final

from broadsheet.annotate.claims.origins import is_outlet
from broadsheet.annotate.mentions.contexts import is_cited
from broadsheet.model import Mention

_REACH: Final = 40
_TELLS: Final = re.compile(
    r"[》】\]”」’]?(?:[（(][^）)]{1,12}[）)])?(?:科技|网|客户端|app)?"
    r"(?:近日|今日|昨日|日前|周[一二三四五六日]|\d{1,2}月\d{1,2}日|\d{1,2}日)?(?:晚间?|早间?)?"
    r"(?:独家|从[^，,。]{1,16}?处?|通过[^，,。]{1,16}?|查[询阅])?"
    r"(?:获悉|了解到?|注意到|发现|得知|讯|电[，,]|消息|报道|报导|援引|引述|记者|爆料|首发|独家|称(?!为|号|霸|重))"
    r"|[》】\]”」’]?(?:就[^，,。]{1,20}?)?(?:向[^，,。]{1,16}?(?:求证|核实|询问|查证|了解)|联系|致电|求证|采访|询问)"
    r"|,? (?:(?:first|also|earlier|previously|exclusively) )?"
    r"(?:(?:has |had )?report(?:s|ed)\b(?! (?:an?|its|first|second|third|fourth|quarterly|annual|net|record|"
    r"revenues?|earnings|results|profits?|loss(?:es)?|sales)\b)|cit(?:es|ed|ing)\b|learned\b|wrote\b|"
    r"(?:said|says)\b(?! (?:it|its)\b))"
)
"""What stands behind an outlet that reports, learns, cites or asks; not where it tells its results or of itself."""

_HEARS: Final = re.compile(
    r"\b(?:told|according to|report(?:ed)? by|reports (?:from|by)|interview with|statement to|comments? to|via)"
    r"(?: the)? $"
)
_TOLD_BEFORE: Final = re.compile(r"(?:对|向|告诉|告知|回应|回复|接受)[《“「]?$")
_TOLD_AFTER: Final = re.compile(
    r"[》”」]?(?:记者)?(?:独家)?(?:表示|回应|透露|确认|证实|称|说|介绍|强调|指出|否认|采访|专访|[，,：:])"
)


def only_reports(folded: str, mention: Mention) -> bool:
    """Tell whether a name that no book has is an outlet's that here reports, asks, is told something, or is cited.

    `folded` is the normal form of the text. A company of a book that is an outlet too is a mention only where
    something is said of it.
    """
    if mention.company_id is not None or not is_outlet(mention.surface):
        return False
    start, end = mention.start, mention.end
    before, after = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    told = _TOLD_BEFORE.search(before) and _TOLD_AFTER.match(after)
    return bool(told or _HEARS.search(before) or _TELLS.match(after)) or is_cited(folded, start, end)
