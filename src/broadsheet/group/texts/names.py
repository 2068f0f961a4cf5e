"""The names that a text bears: codes of listed firms, works and words in quotation marks, proper names.

Chinese has no capitals: whom a title is about is known by where it stands, before the colon.
"""

import re
from functools import cache
from typing import Final

from broadsheet.group.texts.listed import read_lines
from broadsheet.group.texts.outlets import is_outlet
from broadsheet.group.texts.terms import term_weights

_CODE: Final = re.compile(r"(\d\d{3,5}\.(?:hk|sh|sz|ss|us)|[036]\d{5}(?=[)\]】、,]))")
_QUOTED: Final = re.compile(r"《([^《》]{1,30})》|「([^「」]{2,20})」|“([^“”]{2,12})”")
_LATIN: Final = re.compile(
    r"(?<![A-Za-z.])[A-Z][A-Za-z0-9&.'-]*[A-Za-z0-9](?: [A-Z][A-Za-z0-9&.'-]*[A-Za-z0-9]){0,3}"
)
_AFTER_STOP: Final = re.compile(r"(?:^|[.!?:;\n]['\"”’]* +|\n|`` )([A-Z][a-z]+)\b(?! [A-Z])")
TELLING: Final = 4.0
"""How telling a name of one word must be."""

_CORE: Final = 4
"""The first characters of a subject are the name: 海川股份年度报告 is 海川股份."""

_SLUG: Final = re.compile(r"([a-z]+)(?: \d+)?-")
_SUBJECT: Final = re.compile(r"^\W*([\w·& ]{2,14}?)[:：]")


def names_of(text: str, folded: str) -> frozenset[str]:
    """Find the names of a text, folded; neither the first words of English sentences nor the outlets it cites.

    That two posts cite one outlet tells nothing of what they are about.
    """
    started = {name.casefold() for name in _AFTER_STOP.findall(text)}
    latin = {name.casefold() for name in _LATIN.findall(text)} - started
    quoted = {next(filter(None, groups)) for groups in _QUOTED.findall(folded)}
    weights = term_weights()
    return frozenset(
        name
        for name in (*_CODE.findall(folded), *quoted, *latin)
        if weights.get(name, TELLING) >= TELLING and name not in labels() and not is_outlet(name)
    )


def subject_of(title: str) -> str:
    """What stands before the colon of a folded title: of whom it tells, or who says so; labels are passed over."""
    while found := _SUBJECT.match(title):
        subject = found.group(1).strip()
        if subject not in labels():
            return subject
        title = title[found.end() :]
    return ""


def without_slug(title: str) -> str:
    """Drop from a folded title what a news agency puts before it: `update 2-`, `exclusive-`."""
    found = _SLUG.match(title)
    return title[found.end() :] if found and found.group(1) in labels() else title


@cache
def labels() -> frozenset[str]:
    """What stands before titles and names nobody."""
    return frozenset(word for line in read_lines("labels.txt") for word in line.split(" "))


def differ(one: str, other: str, text: str, other_text: str) -> bool:
    """Whether two subjects are two: neither begins like the other, nor stands in the text of the other."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return not long.startswith(short[:_CORE]) and one[:_CORE] not in other_text and other[:_CORE] not in text
