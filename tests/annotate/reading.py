"""Texts as the tests of claims read them: companies of the tests' own world are found by their names."""

import re
from functools import cache

from broadsheet.annotate.claims.passage import Passage, read_passage
from broadsheet.annotate.folding import fold
from broadsheet.model import Mention

COMPANIES = (
    "晨星科技",
    "远山软件",
    "远山半导体",
    "北岭智能汽车有限公司",
    "北岭汽车",
    "海桥能源",
    "青禾医药",
    "云帆旅行",
    "云帆物流",
    "白石银行",
    "白石证券",
    "白石资本",
    "南屏集团",
    "Morning Star",
    "Far Hill Software",
)


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(fold, COMPANIES), key=len, reverse=True)))


def mentions_in(text: str) -> list[Mention]:
    names = {fold(name): name for name in COMPANIES}
    found = _names().finditer(fold(text))
    return [
        Mention(start=m.start(), end=m.end(), surface=text[m.start() : m.end()], company=names[m[0]]) for m in found
    ]


def read(text: str) -> Passage:
    return read_passage(text, fold(text), mentions_in(text))
