"""Where in a text the words of a question stand, in code points, and the piece of text around the first of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from msgspec import Struct

from broadsheet.store.search.fold import BETWEEN, SPACED, THOUSANDS, fold, forms
from broadsheet.store.search.query import Phrase, Words

Span = tuple[int, int]

SNIPPET = 160  # code points
BEFORE = 40  # code points of it that come before the first hit
MARGIN = 40  # code points on each side that are looked at but not shown
FEW = 3  # guesses where a place is, before it is looked for

# What is folded as a whole: a character with the marks that compose with it; where that is not enough, a word.
_UNITS = (
    re.compile(
        "(?<!\\d)\\d{1,3}(?:,\\d{3})+(?!\\d)|[^\\W_][\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*|.",
        re.DOTALL,
    ),
    re.compile(r"\S+|\s+"),
)
# Digits end where Latin letters begin, and the other way round.
_ONE_WORD = (("[0-9]", "[0-9\x80-\u07ff]"), ("[A-Za-z]", "[A-Za-z\x80-\u07ff]"), (SPACED, SPACED))
# Characters that are folded one by one to one, but for the commas of numbers: most texts hold no other.
_ONE_TO_ONE = re.compile("[\x00-\x7f\u2018-\u201d\u3001-\u3003\u3007-\u3011\u4e00-\u9fff\uff01-\uff5e]*")
_fold_unit = lru_cache(16384)(fold)


class Sought(Struct, frozen=True):
    """A phrase, to be found in folded text exactly where the index finds it, and mostly in text as it is written."""

    folded: re.Pattern[str]
    written: re.Pattern[str]
    in_title: bool = False


def patterns(sought: Iterable[Words]) -> tuple[Sought, ...]:
    """Compile words, to find them in texts; those `in_title` are found in titles alone."""
    return tuple(_sought(way, one) for one in sought for way in one.ways)


def _sought(phrase: Phrase, asked: Words) -> Sought:
    folded, written = (_pattern(phrase, spell, beginning=asked.beginning) for spell in (re.escape, _in_any_form))
    return Sought(re.compile(folded), re.compile(written, re.IGNORECASE), asked.in_title)


def _in_any_form(word: str) -> str:
    return "".join(f"[{re.escape(forms(char))}]" for char in word)


def _pattern(phrase: Phrase, spell: Callable[[str], str], *, beginning: bool) -> str:
    first = spell(phrase[0])
    before, after = _going_on(phrase[0][0]), _going_on(phrase[-1][-1])
    # Looked behind from its end, a word is found ten times as fast as from its start.
    alone = f"(?<!{before}{first})" if before else ""
    going_on = f"{after}*" if beginning else f"(?!{after})"
    following = (f"{_between(*pair)}{spell(pair[1])}" for pair in pairwise(phrase))
    return f"{first}{alone}{''.join(following)}{going_on if after else ''}"


def _between(word: str, following: str) -> str:
    return f"{BETWEEN}{'*' if _may_touch(word[-1], following[0]) else '+'}"


def _may_touch(end: str, start: str) -> bool:
    """Whether a word may begin with one character right after a word that ends with the other."""
    going_on = _going_on(end)
    return not going_on or re.match(going_on, start) is None


def _going_on(char: str) -> str:
    """The characters that would make one word with this one, as the index cuts words; none for a Chinese one."""
    return next((going_on for member, going_on in _ONE_WORD if re.match(member, char)), "")


def spans(text: str, sought: Sequence[Sought]) -> tuple[Span, ...]:
    """Find phrases in a text; spans are in order, and those that touch are one."""
    folded = fold(text)
    hits = sorted(hit.span() for one in sought for hit in one.folded.finditer(folded))
    if not hits:
        return ()
    if _is_one_to_one(text):
        return _merged(hits)
    units, folded_units = _aligned(text, folded)
    starts = list(accumulate(map(len, units), initial=0))
    ends = list(accumulate(map(len, folded_units)))
    return _merged((starts[bisect_right(ends, a)], starts[bisect_right(ends, b - 1) + 1]) for a, b in hits)


def _aligned(text: str, folded: str) -> tuple[list[str], list[str]]:
    """Cut a text into the finest units that fold one by one as they fold together."""
    for unit in _UNITS:
        units = unit.findall(text)
        folded_units = [_fold_unit(piece) for piece in units]
        if "".join(folded_units) == folded:
            return units, folded_units
    return [text], [folded]


def _is_one_to_one(text: str) -> bool:
    """Whether every character is folded to one, whatever stands around it."""
    return _ONE_TO_ONE.fullmatch(text) is not None and not ("," in text and THOUSANDS.search(text))


def _merged(found: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(text: str, sought: Sequence[Sought]) -> tuple[str, tuple[Span, ...]]:
    """Cut a piece around a hit, one line of at most 162 code points, and find the hits in it.

    It is the first hit that is written as it was asked for, in whichever form of its characters, or else the first:
    most texts have such a one, and to fold them takes longer than to look.
    """
    place = _place(text, (one.written for one in sought))
    piece = _piece(text, place, sought) if place is not None else ("", ())
    return piece if piece[1] else _piece(text, _first(text, sought), sought)


def _piece(text: str, first: int, sought: Sequence[Sought]) -> tuple[str, tuple[Span, ...]]:
    """Cut the piece around a place."""
    start = max(0, min(first - BEFORE, len(text) - SNIPPET))
    end = start + SNIPPET
    lead = "…" if start else ""
    line = lead + text[start:end].replace("\n", " ") + ("…" if end < len(text) else "")
    # Wider than the piece: a word cut by its edge is still told from one that ends there.
    seen = max(0, start - MARGIN)
    found = ((a + seen, b + seen) for a, b in spans(text[seen : end + MARGIN], sought))
    shift = len(lead) - start
    return line, tuple((max(a, start) + shift, min(b, end) + shift) for a, b in found if a < end and b > start)


def _first(text: str, sought: Sequence[Sought]) -> int:
    """Where the first hit begins in a text."""
    place = _place(fold(text), (one.folded for one in sought)) or 0
    return place if _is_one_to_one(text) else _unfolded(text, place)


def _place(text: str, sought: Iterable[re.Pattern[str]]) -> int | None:
    """Where the first of some patterns matches."""
    return min((hit.start() for pattern in sought if (hit := pattern.search(text))), default=None)


def _unfolded(text: str, place: int) -> int:
    """Where in a text stands what is at a place of it folded: mostly a few characters on."""
    index = place
    for _ in range(FEW):
        short = place - len(fold(text[:index]))
        if not short:
            return index
        index += short
    return bisect_left(range(len(text)), place, key=lambda index: len(fold(text[:index])))
