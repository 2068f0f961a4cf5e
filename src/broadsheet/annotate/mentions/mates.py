"""Firms that no book has, told by the list they stand in: 吉电股份、通达电力、京运通."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from broadsheet.annotate.mentions.organisations import Found, is_name
from broadsheet.model import Mention

_LIST: Final = re.compile(r"[\u4e00-\u9fffa-z0-9·&*()（）、/]+")
_ITEM: Final = re.compile(r"[\u4e00-\u9fff]{2,6}")
_FEWEST: Final = 2
"""How many companies make a list one of companies."""


def list_mates(folded: str, mentions: Sequence[Mention]) -> Iterator[Found]:
    """Find the items of lists of companies that are no mentions yet, where their ends are sure."""
    if len(mentions) < _FEWEST or ("、" not in folded and "/" not in folded):
        return
    starts = sorted(mention.start for mention in mentions)
    for listed in _LIST.finditer(folded):
        items = listed[0]
        if "、" not in items and "/" not in items:
            continue
        inside = starts[bisect_left(starts, listed.start()) : bisect_left(starts, listed.end())]
        if len(inside) >= _FEWEST:
            yield from _unknown(folded, listed, inside)


def _unknown(folded: str, listed: re.Match[str], inside: Sequence[int]) -> Iterator[Found]:
    for place in re.finditer(r"[^、/]+", listed[0]):
        start, end = listed.start() + place.start(), listed.start() + place.end()
        first = bisect_left(inside, start)
        if first < len(inside) and inside[first] < end:
            end = start if start == listed.start() else inside[first]
        elif end == listed.end():
            closed = folded.find("等", start, end)
            end = max(closed, start)
        name = folded[start:end]
        if _ITEM.fullmatch(name) and is_name(name):
            yield Found(start, end, legal=False)
