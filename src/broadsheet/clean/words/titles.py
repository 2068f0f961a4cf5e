"""Titles: plain, never empty, and said once."""

import re
from collections import Counter
from html import unescape

from broadsheet.clean.blocks.edges import tidy
from broadsheet.clean.bounds import bound_shape, keep_bracketed_text, legible
from broadsheet.clean.dom import Element, first, head_of, parse, remove, text_of
from broadsheet.model import TextType

_LONGEST = 60
_FOLDED = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[。！？!?]|\.(?=\s)|\n")
_BRACKETED = re.compile(r"\s*[【\[]([^【】\[\]]{2,200})[】\]]\s*")
_LINES = frozenset({"p", "h1", "h2", "h3", "h4"})
_LONGEST_TAG = 12
_BRACKETS = frozenset("【[")
_UNTITLED = {"zh": "（无标题）", "ja": "（無題）"}


def plain(text: str | None, kind: TextType) -> str:
    """Read a title or a summary as plain text on one line; markup and entities are resolved where it has any."""
    if not text:
        return ""
    if kind == "html" and "<" in text:
        text = text_of(parse(keep_bracketed_text(bound_shape(text, Counter()), Counter())))
    elif kind == "html" and "&" in text:
        text = unescape(text)
    return " ".join(legible(text).split())


def title_from(text: str, link: str | None, language: str | None) -> str:
    """Make a title for an entry that has none: its first sentence, else its address."""
    text = text.strip()
    if not text:
        return link or _UNTITLED.get((language or "")[:2], "(untitled)")
    end = _SENTENCE_END.search(text)
    sentence = text[: end.start()].strip() if end and end.start() else text
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rstrip() + "…"


def fold(text: str) -> str:
    """Reduce a text to its letters and digits: titles lose quotes, slashes and spaces on their way."""
    return _FOLDED.sub("", text).casefold()


def drop_repeated_title(root: Element, title: str, changes: Counter[str]) -> bool:
    """Remove the title from the beginning of the body, where it stands as a line or in 【】, if a text follows it.

    Returns whether there was anything to remove.
    """
    head = head_of(root)
    if head is None or not title:
        return False
    following = head.getnext()
    if _repeats(head, title):
        removed: tuple[Element, ...] = (head,)
    elif following is not None and _is_tag_line(head) and _repeats(following, title):
        removed = (following, head)
    else:
        return _cut_bracketed(head, title, changes)
    if not _has_text_behind(removed[0]):
        return False
    changes["repeated-title"] += 1
    if len(removed) > 1:
        changes["tag-line"] += 1
    for block in removed:
        remove(block)
    return True


def _repeats(block: Element, title: str) -> bool:
    if block.tag not in _LINES or len(block.text or "") > 2 * len(title) + 40:
        return False
    text = text_of(block)
    if len(text) > 2 * len(title) + 40 or first(block, "img") is not None:
        return False
    return fold(text) == fold(title)


def _has_text_behind(block: Element) -> bool:
    return any(text_of(later).strip() for later in block.itersiblings())


def _is_tag_line(block: Element) -> bool:
    if block.tag != "p" or len(block.text or "") > _LONGEST_TAG:
        return False
    text = text_of(block).strip()
    return 0 < len(text) <= _LONGEST_TAG and fold(text) == text.casefold()


def _cut_bracketed(block: Element, title: str, changes: Counter[str]) -> bool:
    """Cut `【title】` off the beginning of a paragraph."""
    holder = block
    text = holder.text or ""
    while not text.strip() and (head := head_of(holder)) is not None and head.tag in ("strong", "b"):
        holder, text = head, head.text or ""
    found = _BRACKETED.match(text) if text[:1] in _BRACKETS else None
    if found is None or fold(found[1]) != fold(title):
        return False
    if len(text_of(block).strip()) <= len(found[0].strip()) and not _has_text_behind(block):
        return False
    holder.text = text[found.end() :]
    tidy(block, changes)
    changes["repeated-title"] += 1
    return True
