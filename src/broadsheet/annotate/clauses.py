"""Sentences and clauses of a text, as spans, Chinese and English: quotation marks and brackets are respected."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

# It begins with a plain class, so the engine skips to the marks; a point counts only where something ends.
_MARK: Final = re.compile(r"[\n。！？!?；;，,：:…（(《【\[〈.](?:(?<!\.)|(?=[\s\"”’)）]|$))")
_SPACE: Final = r"[ \u3000](?<=[一-龥”」》][ \u3000])(?=[一-龥“「《])"
"""Flashes part what they say by a blank between words."""

_BLANK: Final = re.compile(_SPACE)
_SPACED: Final = re.compile(rf"{_MARK.pattern}|{_SPACE}")
_CLOSERS: Final = {"（": "）", "(": ")", "《": "》", "【": "】", "[": "]", "〈": "〉"}
LONGEST_SENTENCE: Final = 600
"""Where a sentence without an end is cut: no finder looks farther, so its time grows with the text alone."""

_LONGEST_BRACKET: Final = 160
_LONGEST_HEADING: Final = 40
_ENDS: Final = frozenset("。！？!?….")
_AFTER_END: Final = "。！？!?….”’」』\"'）)"
_CLOSING: Final = "”’」』\"'）) "
_CREDIT: Final = re.compile(r"[（(][^（）()]{1,24}[）)]\s*$")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Inc|Co|Corp|Ltd|adj|est|approx|incl|Mr|Mrs|Ms|Dr|St|vs|No|Sen|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Za-z]|\.[A-Za-z])$"
)
_GOES_ON: Final = re.compile(r"\s+[a-z0-9]")


class Clause(Struct, frozen=True):
    """A clause: `text[start:end]` without the mark that closes it."""

    start: int
    end: int


class Sentence(Struct, frozen=True):
    """A sentence with its clauses; `line` counts from 0.

    `heading`: a line of its own without a closing mark, or the title; `quoted`: begins inside an open quotation.
    """

    start: int
    end: int
    line: int
    clauses: tuple[Clause, ...]
    heading: bool = False
    quoted: bool = False


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split a text into sentences; every character that is no space belongs to at most one."""
    sentences: list[Sentence] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        sentences.extend(_sentences(text, start, end, number))
        start = end + 1
    return tuple(sentences)


def _sentences(text: str, start: int, end: int, line: int) -> Iterator[Sentence]:
    heading = _is_heading(text, start, end, line)
    if text.startswith("【", start):
        close = text.find("】", start, end)
        if start + 1 < close < end - 1:
            pieces = _pieces(text, start + 1, close)
            clauses = [clause for left, right, _ in pieces if (clause := _trimmed(text, left, right))]
            if clauses:
                yield Sentence(start, close + 1, line, tuple(clauses), heading=True)
            start = close + 1
    clauses = []
    first = start
    for left, right, stop in _pieces(text, start, end):
        if clause := _trimmed(text, left, right):
            clauses.append(clause)
        if stop and clauses:
            quoted = _inside(text, start, clauses[0].start)
            yield Sentence(clauses[0].start, max(stop, first), line, tuple(clauses), heading, quoted)
            clauses, first = [], stop


def _is_heading(text: str, start: int, end: int, line: int) -> bool:
    if line == 0 and end < len(text):
        return True
    if end - start > _LONGEST_HEADING or end == len(text):
        return False
    return _CREDIT.sub("", text[start:end]).rstrip(_CLOSING)[-1:] not in _ENDS


def _inside(text: str, start: int, position: int) -> bool:
    opened = text.rfind("“", start, position)
    return opened >= 0 and text.find("”", opened, position) < 0


def _trimmed(text: str, start: int, end: int) -> Clause | None:
    """Give a clause without the blanks round it; None where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Clause(start, end) if start < end else None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Cut a line at its marks, and where a sentence has none for too long: (start, end, end of the sentence or 0)."""
    position = left = start
    stop = min(start + LONGEST_SENTENCE, end)
    marks = _SPACED if _BLANK.search(text, start, end) else _MARK
    while (mark := marks.search(text, position, stop)) or stop < end:
        if mark is None:
            yield left, stop, stop
            position, left, stop = max(position, stop), stop, min(stop + LONGEST_SENTENCE, end)
            continue
        at, sign = mark.start(), mark[0]
        position = mark.end()
        if closer := _CLOSERS.get(sign):
            close = text.find(closer, at, min(end, at + _LONGEST_BRACKET))
            position = close + 1 if close > 0 else position
        elif sign in _ENDS and not (sign == "." and _is_abbreviated(text, left, at, end)):
            while position < end and text[position] in _AFTER_END:
                position += 1
            yield left, at, position
            left = position
            stop = min(position + LONGEST_SENTENCE, end)
        elif sign not in _ENDS and not (sign in ",:" and _in_number(text, at)):
            yield left, at, 0
            left = position
    yield left, end, end


def _in_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _is_abbreviated(text: str, left: int, at: int, end: int) -> bool:
    return bool(_ABBREVIATION.search(text, max(left, at - 6), at) or _GOES_ON.match(text, at + 1, end))
