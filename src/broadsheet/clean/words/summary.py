"""The deck below a headline: the feed's own, or the first sentences of the article."""

import re
from collections.abc import Iterable, Iterator

from broadsheet.clean.dom import Element, text_of
from broadsheet.clean.words.titles import fold

_LONGEST = 200
_ENOUGH = 80
_SAME = 60
_NEAR = 400
_QUOTES = frozenset({"blockquote", "details"})
_LISTS = frozenset({"ul", "ol", "dl"})
_WIDE_PAUSES = frozenset("。！？；：，、）】》」』")
_WIDE_CLOSING = frozenset("”’")
_SENTENCES = re.compile(r".*(?:[。！？…]|[!?.](?= ))", re.DOTALL)
_CLOSING = frozenset("”’」』）)\"'")
_PAUSES = "，；、,;：: "
_INSIDE_WORD = re.compile(r"[\w\u0300-\u036f\u200d\ufe0f]", re.ASCII)
_GLUE = re.compile("[\u0300-\u036f\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3]")
_BRACKETED = re.compile(r"^[【\[]([^【】\[\]]{2,200})[】\]]\s*")


def running_text(root: Element) -> str:
    """Read the beginning of a finished body, without headings, captions and tables; this spends the tree.

    At least 400 code points where there are as many. The items of lists are read where there is no paragraph. Lines
    are joined by a space, or without one where Chinese or Japanese punctuation ends a line.
    """
    for line_break in root.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return _beginning(_paragraphs(root)) or _beginning(
        item for block in root if block.tag in _LISTS for item in block
    )


def _beginning(blocks: Iterable[Element]) -> str:
    text = ""
    for block in blocks:
        for line in text_of(block).split("\n"):
            end = text[-1:]
            if end in _WIDE_CLOSING:
                end = text.rstrip("”’")[-1:]
            text += line if end in _WIDE_PAUSES else f" {line}"
        if len(text) > _NEAR:
            break
    return " ".join(text.split())


def _paragraphs(root: Element) -> Iterator[Element]:
    """Give the paragraphs in order, those in quotes too."""
    for block in root:
        if block.tag == "p":
            yield block
        elif block.tag in _QUOTES:
            yield from _paragraphs(block)


def summarise(own: str, title: str, text: str) -> str:
    """Write the deck: the feed's own summary where it says more than the article's beginning, else that beginning.

    At most 200 code points; a cut falls behind a sentence where one ends in time, never inside a word. The title is
    not said again.
    """
    own = _without_title(own, title)
    if own and not _begins(text, own):
        return shorten(own)
    return shorten(_without_title(text, title))


def _begins(text: str, own: str) -> bool:
    """Tell whether a summary is just the beginning of the article, perhaps cut off."""
    if own[:_SAME] in text[:_NEAR]:
        return True
    start = fold(own[:_SAME].rstrip("….。 "))
    return bool(start) and start in fold(text[:_NEAR])


def _without_title(text: str, title: str) -> str:
    text = text.strip()
    found = _BRACKETED.match(text)
    if found is not None and fold(found[1]) == fold(title):
        return text[found.end() :]
    if text.startswith(title) and len(text) > len(title):
        return text[len(title) :].lstrip(" \n:：-—|。.") if not text[len(title)].isalnum() else text
    return "" if text == title else text


def shorten(text: str) -> str:
    """Cut a text to 200 code points: behind a sentence, else behind a pause, else between words."""
    if len(text) <= _LONGEST:
        return text
    sentences = _SENTENCES.match(text, 0, _LONGEST)
    end = sentences.end() if sentences else 0
    if end >= _ENOUGH:
        while end < _LONGEST and text[end] in _CLOSING:
            end += 1
        return text[:end]
    end = max([text.rfind(pause, 0, _LONGEST) for pause in _PAUSES])
    if end < _ENOUGH:
        end = _between_words(text, _LONGEST - 1)
    return text[:end].rstrip() + "…"


def _between_words(text: str, end: int) -> int:
    """Find the last place at or before `end` that is not inside a word, a number or one written character."""
    place = end
    while place > 0 and (
        _GLUE.match(text, place)
        or text[place - 1] == "\u200d"
        or (_INSIDE_WORD.match(text, place) and _INSIDE_WORD.match(text, place - 1))
    ):
        place -= 1
    return place or end
