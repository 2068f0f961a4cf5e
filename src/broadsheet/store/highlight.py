"""Where in a text the words of a question stand, in code points, and the piece of text around the first of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from broadsheet.store.fold import BETWEEN, SPACED, fold
from broadsheet.store.query import Phrase

Span = tuple[int, int]

SNIPPET = 160  # code points
BEFORE = 40  # code points of it that come before the first hit

# What is folded as a whole: a character with the marks that compose with it; where that is not enough, a word.
_UNITS = (
    re.compile("[^\\W_][\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*|.", re.DOTALL),
    re.compile(r"\S+|\s+"),
    re.compile(r".+", re.DOTALL),
)
_fold_unit = lru_cache(16384)(fold)


def patterns(phrases: Iterable[Phrase]) -> tuple[re.Pattern[str], ...]:
    """Compile phrases to find them in folded text exactly where the index finds them."""
    return tuple(re.compile(_pattern(phrase)) for phrase in phrases)


def _pattern(phrase: Phrase) -> str:
    written = "".join(
        f"{re.escape(word)}{BETWEEN}{'+' if _spaced(word) and _spaced(following) else '*'}"
        for word, following in pairwise(phrase)
    )
    before = f"(?<!{SPACED})" if _spaced(phrase[0]) else ""
    after = f"(?!{SPACED})" if _spaced(phrase[-1]) else ""
    return f"{before}{written}{re.escape(phrase[-1])}{after}"


def _spaced(word: str) -> bool:
    return re.match(SPACED, word) is not None


def spans(text: str, sought: Sequence[re.Pattern[str]]) -> tuple[Span, ...]:
    """Find phrases in a text; spans are in order, and those that touch are one."""
    units, folded = _aligned(text)
    whole = "".join(folded)
    starts = list(accumulate(map(len, units), initial=0))
    folded_ends = list(accumulate(map(len, folded)))
    hits = sorted(hit.span() for pattern in sought for hit in pattern.finditer(whole))
    return _merged(
        (starts[bisect_right(folded_ends, a)], starts[bisect_right(folded_ends, b - 1) + 1]) for a, b in hits
    )


def _aligned(text: str) -> tuple[list[str], list[str]]:
    """Cut a text into the finest units that fold one by one as they fold together."""
    whole = fold(text)
    units: list[str] = []
    folded: list[str] = []
    for unit in _UNITS:
        units = unit.findall(text)
        folded = [_fold_unit(piece) for piece in units]
        if "".join(folded) == whole:
            break
    return units, folded


def _merged(found: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(text: str, marks: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """Cut the piece around the first hit to one line of at most 162 code points, its marks moved along."""
    first = marks[0][0] if marks else 0
    start = max(0, min(first - BEFORE, len(text) - SNIPPET))
    end = start + SNIPPET
    lead = "…" if start else ""
    piece = text[start:end].replace("\n", " ")
    moved = (
        (max(a, start) - start + len(lead), min(b, end) - start + len(lead))
        for a, b in marks
        if a < end and b > start
    )
    return lead + piece + ("…" if end < len(text) else ""), tuple(moved)
