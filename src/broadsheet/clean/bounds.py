"""Bounds on what a stranger's markup may cost, and the tags that were never tags: both before anything is parsed."""

import re
from collections import Counter

from broadsheet.clean.tables import names, rows

MAX_CHARACTERS = 2_000_000
MAX_TAGS = 40_000
MAX_DEPTH = 200
MAX_REFERENCES = 40_000
MAX_ATTRIBUTES = 100
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n")

KNOWN = frozenset(name for row in rows("elements") for name in row[1].split())
_ENDED_BY_THE_NEXT = names("ended-by-the-next")
_VOID = names("void")
_INLINE = names("inline")

_NAME = re.compile(r"<([A-Za-z][^\s/<>]*)")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)([^<>]*)>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1-9]|2\d|3[01]|127|12|6553[45])|x0*(?:[0-8b-f]|1[0-9a-f]|7f|fff[ef]))(?![0-9a-f]);?",
    re.IGNORECASE,
)
_CARRIAGE = re.compile(r"\r\n?|\x0c")


def bound(markup: str, changes: Counter[str]) -> str:
    """Bring markup within the bounds on length and number of tags, and on its shape.

    What lies beyond a bound loses its markup, not its words, except that characters past `MAX_CHARACTERS` are cut.
    """
    if len(markup) > MAX_CHARACTERS:
        markup = _cut(markup)
        changes["cut-too-long"] += 1
    if len(markup) > MAX_TAGS and markup.count("<") > MAX_TAGS:
        markup = _TAG.sub("\n", markup).replace("<", "&lt;")
        changes["too-many-tags"] += 1
    return bound_shape(markup, changes)


def bound_shape(markup: str, changes: Counter[str]) -> str:
    """Bring markup within the bounds on nesting and on attributes of one tag."""
    markup = _folded(markup)
    if len(markup) > 20_000:
        markup = _TAG.sub(lambda tag: _without_excess(tag, changes), markup)
    if len(markup) > MAX_REFERENCES and markup.count("&") > MAX_REFERENCES:
        markup = markup.replace("&", "＆")
        changes["too-many-references"] += 1
    if markup.count("<") > MAX_DEPTH and _depth(markup) > MAX_DEPTH:
        markup = _TAG.sub(_flattened, markup)
        changes["nested-too-deep"] += 1
    return markup


def _cut(markup: str) -> str:
    """Cut at the limit, or before the tag that stands across it."""
    markup = markup[:MAX_CHARACTERS]
    opened = markup.rfind("<")
    return markup[:opened] if opened > max(markup.rfind(">"), MAX_CHARACTERS - 10_000) else markup


def legible(text: str) -> str:
    """Take out control characters, and put "?" for half characters (lone surrogates)."""
    return text if text.isprintable() else legible_bytes(text).decode()


def legible_bytes(text: str) -> bytes:
    """Write a text as UTF-8 without control characters, with "?" for half characters (lone surrogates).

    U+FFFE and U+FFFF, which no XML tree may hold (XML 1.0, section 2.2), become U+FFFD.
    """
    text = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return text.encode("utf-8", "replace").translate(None, _CONTROLS)


def _folded(markup: str) -> str:
    """Write line ends one way, and take out references to control characters."""
    if "\r" in markup or "\x0c" in markup:
        markup = _CARRIAGE.sub("\n", markup)
    return _CONTROL_REFERENCE.sub("&#32;", markup) if "&#" in markup else markup


def _without_excess(tag: re.Match[str], changes: Counter[str]) -> str:
    if len(tag[3]) < 2 * MAX_ATTRIBUTES or len(_QUOTED.sub("", tag[3]).split()) <= MAX_ATTRIBUTES:
        return tag[0]
    changes["too-many-attributes"] += 1
    return f"<{tag[1]}{tag[2]}>"


def _depth(markup: str) -> int:
    """Count how deep elements may nest at most, not counting those that the next of their kind ends."""
    depth = deepest = 0
    for slash, name, _ in _TAG.findall(markup):
        if name.lower() in _ENDED_BY_THE_NEXT or name.lower() in _VOID:
            continue
        depth = max(depth - 1, 0) if slash else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _flattened(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in ("p", "a") or name in _VOID:
        return tag[0]
    return "" if name in _INLINE else "<p>"


def keep_bracketed_text(markup: str, changes: Counter[str]) -> str:
    """Escape angle brackets that are text, as in `List<String>`: no known element, no attribute, no end tag.

    `<中华人民共和国>` needs no help: a tag begins with an ASCII letter (WHATWG HTML, section 13.2.5.6).
    """
    for name in {name.lower() for name in _NAME.findall(markup)} - KNOWN:
        if "-" not in name and ":" not in name and f"</{name}" not in markup.lower():
            bracket = re.compile(rf"<(?={re.escape(name)}(?:[\s/>]|$))(?![^<>]*=)", re.IGNORECASE)
            markup, count = bracket.subn("&lt;", markup)
            changes["bracketed-text"] += count
    return markup
