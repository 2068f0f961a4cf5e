"""The DOCTYPE: taken out before any parser sees it; only its plainest entities are understood."""

import re
from typing import Final

_PROLOG: Final = re.compile(
    r"\s*+(?>(?:<\?(?>(?:[^?]|\?(?!>))*)\?>\s*+|<!--(?>(?:[^-]|-(?!->))*)-->\s*+)*)(?=<!DOCTYPE)", re.I
)
_PROLOG_BYTES: Final = re.compile(_PROLOG.pattern.encode(), re.IGNORECASE)
_ENTITY: Final = re.compile(
    r"""<!ENTITY\s+([A-Za-z_][\w.\-]{0,80})\s+(?:"([^"&%<]{0,1000})"|'([^'&%<]{0,1000})')\s*>"""
)
_ROOT: Final = re.compile(r"<(?:[a-z]{1,10}:)?(?:rss|feed|rdf|channel|opml)[\s>]", re.IGNORECASE)
_BUDGET: Final = 1_000_000
"""Code points that all the references to declared entities of one document may add."""


def has_doctype(body: bytes) -> bool:
    """Tell whether a document in an ASCII-like charset declares a type before its root."""
    return _PROLOG_BYTES.match(body) is not None


def strip_doctype(text: str) -> str:
    """Take the DOCTYPE out; references to entities it defines as plain text become that text.

    Entities that refer to others, to files or to addresses are not understood: no bomb, no XXE.
    """
    prolog = _PROLOG.match(text)
    if not prolog:
        return text
    end = _end(text, prolog.end())
    declared = {name: double or single for name, double, single in _ENTITY.findall(text[prolog.end() : end])}
    rest = text[end:]
    return text[: prolog.end()] + (_expand(rest, declared) if declared else rest)


def _end(text: str, start: int) -> int:
    """Find where the DOCTYPE ends: its ">", or the one after its internal subset; before the root if it has none."""
    close, subset = text.find(">", start), text.find("[", start)
    if 0 <= subset < close:
        inner = text.find("]", subset)
        while inner >= 0 and not text[inner + 1 : inner + 80].lstrip().startswith(">"):
            inner = text.find("]", inner + 1)
        close = text.find(">", inner) if inner >= 0 else -1
    root = _ROOT.search(text, start)
    if root and not 0 <= close < root.start():
        return root.start()
    return close + 1 if close >= 0 else len(text)


def _expand(text: str, declared: dict[str, str]) -> str:
    spent = 0

    def value(match: re.Match[str]) -> str:
        nonlocal spent
        found = declared.get(match.group(1))
        if found is None or spent > _BUDGET:
            return match.group()
        spent += len(found)
        return found

    return re.sub(r"&([A-Za-z_][\w.\-]{0,80});", value, text)
