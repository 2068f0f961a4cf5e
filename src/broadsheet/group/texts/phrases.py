"""Texts cut into sentences, each as it was written."""

import re
from functools import cache
from typing import Final

_CLOSING: Final = "[”’」』）)\"']"
_BEGINS: Final = r"(?=\s*$|\s+[“‘\"'(\[A-Z\u2e80-\U0003ffff]|[\u2e80-\U0003ffff])"
_LETTERS: Final = re.compile(r"[^\W_]")
_STOPS: Final = "。！？!?\n"


def sentences(text: str) -> list[str]:
    """Cut a text at its line ends and behind its sentences; what ends in no stop, as a headline does, is left out."""
    found = []
    for line in text.split("\n"):
        start = 0
        for end in _end().finditer(line):
            sentence = line[start : end.end()].strip()
            start = end.end()
            if _LETTERS.search(sentence):
                found.append(sentence)
    return found


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentence round words of a text: from behind the stop before `start` to the first from `end` on.

    A full stop of Latin script is none here: it stands in numbers and names more often than behind a sentence.
    """
    opening = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    closing = (at for stop in _STOPS if (at := text.find(stop, end)) >= 0)
    return opening, min(closing, default=len(text))


@cache
def _end() -> re.Pattern[str]:
    """What ends a sentence; made when it is first wanted, which takes as long as all else that is imported here."""
    return re.compile(
        # What is said in quotation marks goes on in the same sentence: “……。”他说。
        rf"[。！？]+(?!{_CLOSING})|[。！？]+{_CLOSING}+(?=\s|$)|[!?]+{_CLOSING}*{_BEGINS}"
        # A full stop behind an initial or a short title (U.S., Mr.) ends nothing.
        rf"|(?:(?<=[^\W\d_A-Z]{{2}})|(?<=[A-Z]{{3}})|(?<=[\d%)”\"’]))\.{_CLOSING}*{_BEGINS}|\.{_CLOSING}+{_BEGINS}|…+(?=\s*$)"
    )
