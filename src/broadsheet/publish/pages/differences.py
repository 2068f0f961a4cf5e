"""What an edit changed, word by word: between two texts, whose first lines are their titles."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal
from unicodedata import normalize

from msgspec import Struct

Mark = Literal["same", "gone", "new", "fold"]

_CJK: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_JOINED: Final = "[\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_LETTER: Final = rf"[^\W\d_{_CJK}]"
_TOKEN: Final = re.compile(
    rf"\d+(?:[.,:]\d+)*%?|[{_CJK}]{_JOINED}|(?:{_LETTER}[\u0300-\u036f]*(?:['’](?={_LETTER}))?)+|\n|[^\S\n]+|."
)
_MOST_LINES: Final = 4_000
"""Lines that are compared one by one; of more, what stands between the first and the last change is one change."""

_MOST_APART: Final = 1_000
"""Lines that are compared each with its counterpart; more are compared as one stretch."""

_MOST_PAIRS: Final = 2_000_000
"""Pairs of words that are looked at in all; changes beyond are shown as whole lines."""

_MANY_PAIRS: Final = 400_000
"""Pairs of words from which on sentences are compared before words."""

_SENTENCE: Final = re.compile(r"[^。！？；…\n.!?]+(?:[。！？；…]+[”’」』）]*|\n|[.!?]+\s*)?|[。！？；…\n.!?]+")
_ALIKE: Final = 0.3
"""Two stretches that share less are shown one after the other, not in each other."""

_LONGEST: Final = 160
_CONTEXT: Final = 48
_SHORTEST: Final = 2


class Piece(Struct, frozen=True):
    """Some words: the same in both texts, gone, or new; of a "fold" the text is left out."""

    mark: Mark
    text: str = ""


class Change(Struct, frozen=True):
    """A stretch of lines, or with `folded` so many lines that are the same; `is_title` for the first line."""

    pieces: tuple[Piece, ...] = ()
    is_title: bool = False
    folded: int = 0


def differences(before: str, after: str) -> tuple[Change, ...]:
    """Compare two texts by lines, then inside of the lines that differ by words; CJK by characters.

    Lines and long stretches that are the same are folded. Nothing for equal texts. The time is bounded: what is too
    long or too different to compare word by word is shown as it was and as it is.
    """
    # Two ways to write one character (NFC, NFD) are no change to a reader.
    old_title, _, old_text = normalize("NFC", before).partition("\n")
    new_title, _, new_text = normalize("NFC", after).partition("\n")
    budget = _Budget(_MOST_PAIRS)
    title = _inside([old_title], [new_title], budget) if old_title != new_title else ()
    changes = [Change(title, is_title=True)] if title else []
    changes += _by_lines(_lines(old_text), _lines(new_text), budget) if old_text != new_text else ()
    return tuple(changes)


class _Budget:
    """How many pairs of words may still be looked at."""

    def __init__(self, pairs: int) -> None:
        self._left = pairs

    def spend(self, old: Sequence[str], new: Sequence[str]) -> bool:
        cost = len(old) * len(new)
        if cost > self._left:
            return False
        self._left -= cost
        return True


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _by_lines(old: list[str], new: list[str], budget: _Budget) -> Iterator[Change]:
    for same, was, now in _stretches(old, new):
        if same:
            yield Change(folded=len(same))
        elif len(was) == len(now) <= _MOST_APART:
            for one, other in zip(was, now, strict=True):
                yield Change(_inside([one], [other], budget))
        else:
            yield Change(_inside(was, now, budget))


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut two lists into stretches: what is the same, or else what was and what is."""
    head, tail = _ends(old, new)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield old[:head], [], []
    if max(len(inner_old), len(inner_new)) > _MOST_LINES:
        yield [], inner_old, inner_new
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, inner_old, inner_new).get_opcodes():
            same = tag == "equal"
            yield inner_old[i1:i2] if same else [], [] if same else inner_old[i1:i2], [] if same else inner_new[j1:j2]
    if tail:
        yield old[len(old) - tail :], [], []


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Count what two lists have in common at the beginning, and then at the end."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    return head, next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)


def _inside(was: list[str], now: list[str], budget: _Budget) -> tuple[Piece, ...]:
    """Compare lines that differ: by words, and where that is too much, by sentences first."""
    one, other = "\n".join(was), "\n".join(now)
    old, new = _TOKEN.findall(one), _TOKEN.findall(other)
    if len(old) * len(new) > _MANY_PAIRS:
        sentences = _stretches(_SENTENCE.findall(one), _SENTENCE.findall(other))
        pieces = [piece for stretch in sentences for piece in _by_sentences(*stretch, budget)]
    else:
        pieces = list(_by_words(old, new, budget))
    tidied = _tidied(pieces)
    shared = sum(len(piece.text) for piece in tidied if piece.mark == "same")
    return _whole(one, other) if shared < _ALIKE * min(len(one), len(other)) else tuple(_folded(tidied))


def _by_sentences(same: list[str], was: list[str], now: list[str], budget: _Budget) -> Iterator[Piece]:
    if same:
        yield Piece("same", "".join(same))
    else:
        yield from _by_words(_TOKEN.findall("".join(was)), _TOKEN.findall("".join(now)), budget)


def _by_words(old: list[str], new: list[str], budget: _Budget) -> Iterator[Piece]:
    head, tail = _ends(old, new)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    yield Piece("same", "".join(old[:head]))
    if not budget.spend(inner_old, inner_new):
        yield from _whole("".join(inner_old), "".join(inner_new))
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_opcodes():
            was, now = "".join(inner_old[i1:i2]), "".join(inner_new[j1:j2])
            yield from [Piece("same", was)] if tag == "equal" else _whole(was, now)
    yield Piece("same", "".join(old[len(old) - tail :]))


def _whole(was: str, now: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in (Piece("gone", was), Piece("new", now)) if piece.text)


def _tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """Let what is gone and what is new stand together, over a character that is the same by chance between them."""
    kept = [piece for piece in pieces if piece.text]
    chance = [
        piece.mark == "same" and 0 < at < len(kept) - 1 and len(piece.text.strip()) < _SHORTEST
        for at, piece in enumerate(kept)
    ]
    tidied: list[Piece] = []
    for is_same, group in groupby(
        zip(kept, chance, strict=True), key=lambda pair: pair[0].mark == "same" and not pair[1]
    ):
        run = [piece for piece, _ in group]
        if is_same:
            tidied.append(Piece("same", "".join(piece.text for piece in run)))
        else:
            was = "".join(piece.text for piece in run if piece.mark != "new")
            tidied += _whole(was, "".join(piece.text for piece in run if piece.mark != "gone"))
    return tidied


def _folded(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Leave the middle of long stretches out, and the far end of those at the edges."""
    for at, piece in enumerate(pieces):
        if piece.mark != "same" or len(piece.text) <= _LONGEST:
            yield piece
            continue
        if at:
            yield Piece("same", _near(piece.text, _CONTEXT))
        yield Piece("fold")
        if at < len(pieces) - 1:
            yield Piece("same", piece.text[len(_near(piece.text, len(piece.text) - _CONTEXT)) :])


def _near(text: str, end: int) -> str:
    """Cut behind a word."""
    for token in _TOKEN.finditer(text, max(0, end - _CONTEXT)):
        if token.end() >= end:
            return text[: token.end()]
    return text
