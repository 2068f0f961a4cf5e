"""A post's body with the facts found in it marked where they stand; its text and its own markup stay as they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise

from msgspec import Struct

from broadsheet.model import Annotations, SafeHtml

MOST_MARKS = 400
"""Facts that are marked in one post, the first."""

# What the sanitiser writes: tags whose attributes hold no "<" and no ">", and these five references.
_PIECE = re.compile(r"<[^>]*>|&(?:nbsp|lt|gt|quot|amp);|[^<&]+|.", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_REFERENCES = {"&nbsp;": "\xa0", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
_CLOSED = frozenset({"a", "pre", "code", "iframe", "audio", "video"})
"""Elements in which nothing is marked."""

_KINDS = ("claim", "move", "company")
"""The outermost first."""


class Mark(Struct, frozen=True, kw_only=True):
    """A stretch of a text, `start` to `end` in code points; `value` is a company's id or a claim's anchor."""

    kind: str
    start: int
    end: int
    value: str = ""


def marks_of(facts: Annotations, companies: Mapping[str, object]) -> list[Mark]:
    """List what is marked of a post's facts: companies that have a page, moves, and claims, none of a kind twice."""
    named = [one for one in facts.mentions if one.company_id in companies]
    marks = [Mark(kind="company", start=one.start, end=one.end, value=one.company_id or "") for one in named]
    marks += [Mark(kind="move", start=one.start, end=one.end) for one in facts.moves]
    marks += [
        Mark(kind="claim", start=one.start, end=one.end, value=f"s{number}")
        for number, one in enumerate(facts.claims, 1)
    ]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))[:MOST_MARKS]


def annotated(html: SafeHtml, body: str, marks: Sequence[Mark], root: str) -> SafeHtml:
    """Mark stretches of `body`, the visible text of `html`; all as it was where the two do not say the same.

    Only `mark`, `span` and `a` are added, inside of runs of text, each with a class and what it needs; taking them
    out again gives the very same markup. White space is folded in the text, so places are counted without it.
    """
    characters = list(pieces_of(html))
    visible = [at for at, (_, character, _) in enumerate(characters) if character and not character.isspace()]
    if "".join(characters[at][1] for at in visible) != "".join(body.split()):
        return html
    meant = _meant(body, marks)
    on: dict[int, dict[str, str]] = {at: meant[place] for place, at in enumerate(visible) if place in meant}
    for before, after in pairwise(visible):  # the white space inside of a mark belongs to it
        if after - before > 1 and before in on and after in on:
            both = dict(on[before].items() & on[after].items())
            on |= dict.fromkeys(range(before + 1, after), both)
    return SafeHtml("".join(_written(characters, on, root))) if on else html


def pieces_of(html: SafeHtml) -> Iterator[tuple[str, str, bool]]:
    """Take markup apart into (as written, as seen, whether it may be marked); a tag is seen as nothing."""
    closed = 0
    for piece in _PIECE.findall(html):
        if piece.startswith("<") and len(piece) > 1:
            name = _NAME.match(piece)
            if name and name[2] in _CLOSED:
                closed += -1 if name[1] else 1
            yield piece, "", False
        elif piece in _REFERENCES:
            yield piece, _REFERENCES[piece], closed == 0
        else:
            yield from ((character, character, closed == 0) for character in piece)


def _meant(body: str, marks: Sequence[Mark]) -> dict[int, dict[str, str]]:
    """Tell for each visible character, counted without white space, what it is marked as; the first mark stands."""
    places: list[int] = []
    count = 0
    for character in body:
        places.append(count)
        count += not character.isspace()
    places.append(count)
    found: dict[int, dict[str, str]] = {}
    for number, mark in enumerate(marks):
        if 0 <= mark.start < mark.end <= len(body):
            inside = range(places[mark.start], places[mark.end])
            if not any(mark.kind in found.get(place, ()) for place in inside):
                for place in inside:
                    found.setdefault(place, {})[mark.kind] = f"{number} {mark.value}"
    return found


def _written(
    characters: Sequence[tuple[str, str, bool]], on: Mapping[int, Mapping[str, str]], root: str
) -> Iterator[str]:
    told: set[str] = set()

    def nested(run: Sequence[int], kinds: Sequence[str]) -> Iterator[str]:
        if not kinds:
            yield "".join(characters[at][0] for at in run)
            return
        for value, group in groupby(run, key=lambda at: on.get(at, {}).get(kinds[0], "")):
            inside = "".join(nested(list(group), kinds[1:]))
            yield _element(kinds[0], value, inside, root, told) if value else inside

    for free, group in groupby(range(len(characters)), key=lambda at: characters[at][2]):
        yield from nested(list(group), _KINDS if free else ())


def _element(kind: str, value: str, inside: str, root: str, told: set[str]) -> str:
    """Write one element; only the first piece of a claim bears its anchor."""
    what = value.partition(" ")[2]
    if kind == "company":
        return f'<a class="co" href="{root}c/{escape(what)}/">{inside}</a>'
    if kind == "move":
        return f'<span class="rep">{inside}</span>'
    anchor = "" if value in told else f' id="{what}"'
    told.add(value)
    return f'<mark class="clm"{anchor}>{inside}</mark>'
