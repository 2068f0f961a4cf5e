"""Whether two texts are of one article: how much of the shorter one the longer one says too."""

import re

_WORD = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+|[^\W_]+")
_SPACELESS = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SHORTEST = 4


def share_said(short: str, whole: str) -> float:
    """The share of the units of `short` that `whole` has too, from 0 to 1; 1 where `short` has none.

    Units are words of four letters and more, and pairs of characters in scripts without spaces.
    """
    wanted = _units(short)
    return len(wanted & _units(whole)) / len(wanted) if wanted else 1.0


def _units(text: str) -> set[str]:
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if _SPACELESS.match(word):
            found.update(word[place : place + 2] for place in range(len(word) - 1))
        elif len(word) >= _SHORTEST:
            found.add(word)
    return found
