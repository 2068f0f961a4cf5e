"""The language of questions: words, "phrases", -not, `or`. Whatever is typed means something; nothing is an error."""

import re

from msgspec import Struct

from broadsheet.store.fold import STOP, words

Phrase = tuple[str, ...]

_QUOTES = str.maketrans("“”„‟«»「」『』＂", '"' * 11)
_TERM = re.compile(r'(?P<no>[-－−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_OR = frozenset({"or", "OR", "Or", "|"})


class Query(Struct, frozen=True):
    """What is asked: every group of `wanted` must be met by one of its phrases, and no phrase of `unwanted`."""

    wanted: tuple[tuple[Phrase, ...], ...] = ()
    unwanted: tuple[Phrase, ...] = ()


def parse_query(text: str) -> Query:
    """Read a question; what has no words in it asks for nothing."""
    groups: list[list[Phrase]] = []
    unwanted: list[Phrase] = []
    joined = False
    for term in _TERM.finditer(text.translate(_QUOTES)):
        if term["word"] in _OR and not term["no"]:
            joined = bool(groups)
            continue
        phrase = _phrase(term["phrase"] or term["word"] or "")
        if phrase and term["no"]:
            unwanted.append(phrase)
        elif phrase and joined:
            groups[-1].append(phrase)
        elif phrase:
            groups.append([phrase])
        joined = False
    return Query(tuple(map(tuple, groups)), tuple(unwanted))


def _phrase(text: str) -> Phrase:
    found = words(text)
    while found and found[-1] == STOP:
        found.pop()
    while found and found[0] == STOP:
        found.pop(0)
    return tuple(found)


def match_expression(query: Query) -> str:
    """Write a question in the language of FTS5, with everything quoted."""
    wanted = " AND ".join(_any(group) for group in query.wanted)
    return f"({wanted}) NOT {_any(query.unwanted)}" if query.unwanted else wanted


def _any(phrases: tuple[Phrase, ...]) -> str:
    return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases) + ")"
