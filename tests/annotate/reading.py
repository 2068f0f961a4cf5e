"""Texts as the tests of claims read them: companies of the tests' own world are found by their names."""

import re
from functools import cache

from broadsheet.annotate.passage import Passage, read_passage
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
    return re.compile("|".join(sorted(COMPANIES, key=len, reverse=True)))


def mentions_in(text: str) -> list[Mention]:
    return [Mention(start=m.start(), end=m.end(), surface=m[0], company=m[0]) for m in _names().finditer(text)]


def read(text: str) -> Passage:
    return read_passage(text, text.lower(), mentions_in(text))
