"""Notes in the margin of a post: behind each paragraph, what was found in it and what became of that."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from broadsheet.model import Annotations, Answer, Claim, LedgerEntry, PastAgreement, SafeHtml
from broadsheet.publish.findings.annotated import pieces_of
from broadsheet.publish.findings.moves import Said

MOST_NOTES = 24
"""Notes of one post, the first."""

Parts = list[tuple[SafeHtml, tuple["Note", ...]]]

_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_ANCHOR = re.compile(r'<mark class="clm" id="s(\d+)"')
_VOID = frozenset({"br", "hr", "img", "source", "track", "wbr", "col"})
_BLOCKS = frozenset(
    {
        *("p", "div", "ul", "ol", "dl", "blockquote", "pre", "table", "figure", "details", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "img", "picture", "video", "audio", "iframe"),
    }
)
"""What may stand beside a margin by itself; a line of text cannot."""


class Note(Struct, frozen=True, kw_only=True):
    """One fact as the margin tells it: a claim, an older deal, a move that was checked, or an answer.

    `start` is its place in the body's text, in code points; `number` is that of a claim's mark, counted from 1.
    """

    start: int
    number: int | None = None
    claim: Claim | None = None
    entry: LedgerEntry | None = None
    past: PastAgreement | None = None
    said: Said | None = None
    answer: Answer | None = None
    parties: tuple[str, ...] = ()


def notes_of(
    post_id: str, facts: Annotations, html: SafeHtml, entries: Sequence[LedgerEntry], said: Iterable[Said], head: int
) -> list[Note]:
    """List the notes of a post in the order of its text: claims by the marks of `html`; `head` is where it begins."""
    numbers = {int(anchor): number for number, anchor in enumerate(_ANCHOR.findall(html), 1)}
    notes = [
        _claim_note(post_id, claim, numbers[number], entries, head)
        for number, claim in enumerate(facts.claims, 1)
        if number in numbers
    ]
    notes += [Note(start=one.move.start - head, said=one) for one in said if one.word != "unchecked"]
    answers: dict[tuple[int, Answer], list[str]] = {}
    for reply in facts.responses:
        answers.setdefault((reply.start, reply.response), []).append(reply.party)
    notes += [
        Note(start=start - head, answer=answer, parties=tuple(dict.fromkeys(parties)))
        for (start, answer), parties in answers.items()
    ]
    return sorted((note for note in notes if note.start >= 0), key=lambda note: note.start)[:MOST_NOTES]


def _claim_note(post_id: str, claim: Claim, number: int, entries: Sequence[LedgerEntry], head: int) -> Note:
    place = (post_id, claim.start)
    entry = next((one for one in entries if any((step.post_id, step.start) == place for step in one.steps)), None)
    recalled = (past for one in entries for past in one.past)
    past = next((past for past in recalled if (past.post_id, past.start) == place), None)
    return Note(start=claim.start - head, number=number, claim=claim, entry=entry, past=past)


def beside(html: SafeHtml, body: str, notes: Sequence[Note]) -> Parts:
    """Cut markup behind the paragraphs that have notes; in one piece where `body` is not its text, or is in none.

    White space is folded in the text, so places are counted without it.
    """
    blocks = _blocks(html) if notes else None
    if blocks is None or sum(length for _, length in blocks) != len("".join(body.split())):
        return [(html, ())]
    waiting = [(len("".join(body[: note.start].split())), note) for note in notes]
    parts: Parts = []
    text, passed = "", 0
    for block, length in blocks:
        text, passed = text + block, passed + length
        own = tuple(note for place, note in waiting if place < passed)
        if own:
            parts.append((SafeHtml(text), own))
            text, waiting = "", waiting[len(own) :]
    return [*parts, (SafeHtml(text), ())] if text or not parts else parts


def _blocks(html: SafeHtml) -> list[tuple[str, int]] | None:
    """Cut markup into its outermost elements, each with its count of visible characters; None if text is outside."""
    found: list[tuple[str, int]] = []
    depth, length = 0, 0
    written: list[str] = []
    for piece, seen, is_tag in _pieces(html):
        written.append(piece)
        length += bool(seen) and not seen.isspace()
        tag = _TAG.match(piece) if is_tag else None
        if depth == 0 and not _may_stand(tag, piece):
            return None
        if tag and tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if tag and depth == 0:
            found.append(("".join(written), length))
            written, length = [], 0
    return [*found, ("".join(written), length)] if written else found


def _may_stand(tag: re.Match[str] | None, piece: str) -> bool:
    return tag[2] in _BLOCKS if tag else piece.isspace()


def _pieces(html: SafeHtml) -> Iterator[tuple[str, str, bool]]:
    return ((written, seen, written.startswith("<") and not seen) for written, seen, _ in pieces_of(html))
