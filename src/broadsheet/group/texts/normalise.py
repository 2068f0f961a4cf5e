"""One way to read text, for finding what was carried: NFKC, and for what compares letters, without case too."""

import re
from collections.abc import Sequence
from unicodedata import is_normalized, normalize

_WIDE = "，：；！？（）％～＋－／｜　"
_FULL_WIDTH = tuple((mark, normalize("NFKC", mark)) for mark in _WIDE)
_ANY_WIDE = re.compile(f"[{_WIDE}]")

_APART = "\0"
"""Stands in hardly any text, and nothing composes with it."""


def narrow(text: str) -> str:
    """Bring text to NFKC: what only looks different is the same."""
    return _nfkc(_half_width(text))


def fold(text: str) -> str:
    """Bring text to NFKC, without case."""
    return narrow(text).casefold()


def fold_each(texts: Sequence[str]) -> list[str]:
    """Fold many short texts, at once as far as can be: each call costs more than they do."""
    joined = _half_width(_APART.join(texts))
    if is_normalized("NFKC", joined):
        folded = joined.casefold().split(_APART)
    else:
        folded = [_nfkc(text).casefold() for text in joined.split(_APART)]
    return folded if len(folded) == len(texts) else [fold(text) for text in texts]


def _half_width(text: str) -> str:
    # Chinese news is full of these; without them most texts are already NFKC, which is quick to tell.
    if _ANY_WIDE.search(text):
        for wide, narrower in _FULL_WIDTH:
            text = text.replace(wide, narrower)
    return text


def _nfkc(text: str) -> str:
    return text if is_normalized("NFKC", text) else normalize("NFKC", text)
