"""Tags that do not match, read with the shape of feeds in mind: what is damaged in one entry stays in that entry."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct, field

from broadsheet.parse.elements.vocabulary import ENTRIES, ENTRY, FEED, ROOMS
from broadsheet.parse.repairs.mend import INSIDE, clean_references, quoted_attributes
from broadsheet.parse.repairs.sections import without_comments

_NAME: Final = r"[A-Za-z_][\w.\-]*+(?>(?::[A-Za-z_][\w.\-]*+)?)"
_CDATA: Final = r"<!\[CDATA\[[^\]]*+(?>(?:\](?!\]>)[^\]]*+)*)(?:\]\]>|\Z)"
_PIECE: Final = re.compile(
    rf"{_CDATA}|(?P<start><(?>(?:[a-z][\w.\-]*+:)?)(?:item|entry)(?=[\s/<>]))"
    rf"|(?P<end></(?>(?:[a-z][\w.\-]*+:)?)(?:item|entry)\s*+>)",
    re.IGNORECASE | re.ASCII,
)
_TOKEN: Final = re.compile(
    rf"(?P<cdata>{_CDATA})|(?P<dropped><\?[^<>]*+>|<!doctype[^<>]*+>)"
    rf"|</(?P<end>{_NAME})(?:[^<>]*+>|\s*+(?=<|\Z))"
    rf"""|<(?P<start>{_NAME})(?:(?P<inside>(?>(?:[\s/]{INSIDE})?))>|(?P<odd>[\s/"'][^<>]*+)>|(?P<open>\s*+)(?=<))|<""",
    re.IGNORECASE | re.ASCII,
)
_ROOT: Final = re.compile(r"<(?>(?:([a-z_][\w.\-]*+):)?)(rss|feed|rdf|channel)[\s>]", re.IGNORECASE | re.ASCII)
_FIELDS: Final = frozenset(name.rpartition(":")[2] for name in (*ENTRY, *FEED))
_KNOWN: Final = _FIELDS | ENTRIES | ROOMS
_EMPTY: Final = frozenset({"br", "hr", "img", "input", "wbr", "embed", "area", "meta", "param", "track", "col"})


class _Open(Struct):
    """An element that is open: its name as written and in lower case, and which of the written parts began it."""

    name: str
    key: str
    at: int


class _Document(Struct):
    """What is written so far, the elements open, and how many of them stand around the fields read now.

    `entry` is what entries are called here. `gap` is the part, still empty, after which an entry must have begun that
    has no start tag (0: none).
    """

    written: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    around: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    entry: str = ""
    begun: bool = False
    gap: int = 0
    titles: int = 0


def balance(text: str) -> str:
    """Write a text with every tag matched: well-formed but for its namespaces and its depth; linear in its length.

    An entry ends where the next begins, and all that is open in it ends with it. Inside, a field whose end tag is
    missing ends where the next field begins. A tag that cannot be one is written as the text that it is.
    """
    text = without_comments(text)
    document = _Document(entry=_entry_name(text))
    for piece in _pieces(text):
        _read_piece(document, piece)
    _close(document, 0)
    return "".join(document.written)


def _entry_name(text: str) -> str:
    """Find what entries are called: a name in the root's namespace or in none, the usual word, the most used."""
    root = _ROOT.search(text)
    prefix, kind = (root.group(1) or "", root.group(2)) if root else ("", "")
    word = "entry" if kind.lower() == "feed" else "item"
    names = Counter(found["start"][1:].lower() for found in _PIECE.finditer(text) if found["start"])

    def fitness(name: str) -> tuple[bool, bool, int]:
        return name.rpartition(":")[0] in ("", prefix.lower()), _local(name) == word, names[name]

    return max(names, key=fitness, default="")


def _pieces(text: str) -> Iterator[str]:
    """Cut before each entry's start tag and after each entry's end tag."""
    at = 0
    for found in _PIECE.finditer(text):
        cut = found.start() if found["start"] else found.end() if found["end"] else at
        if cut > at:
            yield text[at:cut]
            at = cut
    yield text[at:]


def _read_piece(document: _Document, piece: str) -> None:
    tokens = list(_TOKEN.finditer(piece))
    unclosed = _unclosed(tokens)
    ends = bool(tokens) and _local(tokens[-1]["end"] or "") in ENTRIES
    at = 0
    for token in tokens:
        _write_text(document, piece[at : token.start()])
        at = token.end()
        if token["start"]:
            _read_start(document, token, unclosed)
        elif token["end"]:
            _read_end(document, token["end"], unclosed, ends=ends)
        elif token["cdata"]:
            _write(document, f"<![CDATA[{token.group()[9:].removesuffix(']]>')}]]>")
        elif not token["dropped"]:
            _write_text(document, token.group())
    _write_text(document, piece[at:])


def _unclosed(tokens: list[re.Match[str]]) -> frozenset[str]:
    """Name the elements that have more start tags than end tags among these."""
    counts: Counter[str] = Counter()
    for token in tokens:
        if token["start"] and not (token["inside"] or token["odd"] or "").endswith("/"):
            counts[token["start"].lower()] += 1
        elif token["end"]:
            counts[token["end"].lower()] -= 1
    return frozenset(name for name, count in counts.items() if count > 0)


def _write(document: _Document, part: str) -> None:
    """Write a part, unless no root is open yet."""
    if document.open:
        document.written.append(part)


def _write_text(document: _Document, text: str) -> None:
    if text:
        _write(document, clean_references(text).replace("<", "&lt;").replace(">", "&gt;"))


# --- start tags


def _read_start(document: _Document, token: re.Match[str], unclosed: frozenset[str]) -> None:
    name = token["start"]
    key = name.lower()
    if key.startswith("xmlns:") or (token["open"] is not None and _local(key) not in _KNOWN):
        _write_text(document, token.group())
        return
    inside = token["inside"] or token["odd"] or ""
    written = quoted_attributes(inside) if inside else ""
    empty = bool(document.open) and (inside.endswith("/") or (key in _EMPTY and key in unclosed))
    if document.open and key == document.entry:
        _before_entry(document)
    elif _local(key) in _FIELDS:
        _before_field(document, key, unclosed)
    document.written.append(f"<{name}{written}{'/' if empty else ''}>")
    if not empty:
        _push(document, name, key)


def _push(document: _Document, name: str, key: str) -> None:
    document.open.append(_Open(name, key, len(document.written) - 1))
    document.counts[key] += 1
    room = _local(key) in ROOMS and not document.counts[document.entry]
    if key == document.entry or room or len(document.open) == 1:
        document.around.append(len(document.open))
        document.gap, document.titles = 0, 0


def _before_entry(document: _Document) -> None:
    """End the entry before, wherever it stopped; one of which nothing but its start tag is known was a misprint."""
    document.begun = True
    if document.counts[document.entry] and len(document.around) > 1:
        _close(document, document.around[-1])
        start = document.open[-1].at
        if not "".join(document.written[start + 1 :]).strip():
            document.written[start] = ""
            _forget(document)
        else:
            _close(document, document.around[-1] - 1)
    _close(document, document.around[-1])


def _before_field(document: _Document, key: str, unclosed: frozenset[str]) -> None:
    """End the field before if its own end tag is missing."""
    depth = document.around[-1] if document.around else 0
    if len(document.open) > depth > 0 and document.open[depth].key in unclosed:
        _close(document, depth)
    if len(document.open) == depth and not document.begun and _local(key) == "title":
        document.titles += 1
        if document.titles == 2:
            _mark_gap(document)


# --- end tags


def _read_end(document: _Document, name: str, unclosed: frozenset[str], *, ends: bool) -> None:
    key = name.lower()
    if not document.counts[key]:
        _end_of_nothing(document, name, unclosed)
    elif not (ends and _local(key) in ROOMS and document.counts[document.entry]):
        depth = len(document.open) - 1
        while document.open[depth].key != key:
            depth -= 1
        _close(document, max(depth, 1))
        if key == document.entry:
            _mark_gap(document)


def _end_of_nothing(document: _Document, name: str, unclosed: frozenset[str]) -> None:
    """Read an end tag without a start: an entry's whose start is missing, a field's whose start is misspelt."""
    local, depth = _local(name), document.around[-1] if document.around else 0
    if local in ENTRIES and document.gap:
        _close(document, depth)
        _fill_gap(document, name)
    elif local in _FIELDS and len(document.open) > depth > 0 and document.open[depth].key in unclosed:
        _close(document, depth + 1)
        misspelt = document.open[-1]
        if _local(misspelt.key) not in _FIELDS:
            document.written[misspelt.at] = document.written[misspelt.at].replace(misspelt.name, name, 1)
            misspelt.name = name
        _close(document, depth)


def _fill_gap(document: _Document, name: str) -> None:
    """Begin an entry at the gap, if anything was said since, and end it here."""
    if "".join(document.written[document.gap :]).strip():
        document.written[document.gap] = f"<{name}>"
        document.written.append(f"</{name}>")
        document.entry, document.begun = document.entry or name.lower(), True
    _mark_gap(document)


def _mark_gap(document: _Document) -> None:
    document.gap = len(document.written)
    document.written.append("")


def _close(document: _Document, depth: int) -> None:
    """End the elements that are open inside of `depth` others."""
    while len(document.open) > depth:
        document.written.append(f"</{_forget(document)}>")


def _forget(document: _Document) -> str:
    closed = document.open.pop()
    document.counts[closed.key] -= 1
    if document.around[-1] > len(document.open):
        document.around.pop()
        document.gap, document.titles = 0, 0
    return closed.name


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.lower().rpartition(":")[2]
