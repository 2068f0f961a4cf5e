"""Outlets, by all the names that texts give them."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from broadsheet.group.texts.listed import read_lines
from broadsheet.group.texts.normalise import fold

_ENDING: Final = re.compile(
    r" (?:times|news|post|journal|herald|tribune|gazette|daily|review|weekly|chronicle|observer|wire)$"
)


def is_outlet(folded: str) -> bool:
    """Whether a folded name is that of an outlet, or ends as those of English ones do."""
    return folded in _shown() or _ENDING.search(folded) is not None


@lru_cache(1024)
def outlet_name(name: str) -> str:
    """Give the name that an outlet is shown by: 路透社旗下 IFR and Reuters are 路透."""
    folded = fold(name)
    return next((shown for alias, shown in _shown().items() if alias in folded), name.strip())


@cache
def _shown() -> Mapping[str, str]:
    """What an outlet is shown by, under each of its folded names, the longest first."""
    lines = [line.split("|") for line in read_lines("outlets.txt")]
    names = {fold(name): line[0] for line in lines for name in line}
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}
