"""Front matter read as a person reads it: YAML's common part, and what is written where YAML was meant.

A value stays text until somebody asks for it: the same characters are a title to one key and a list to another.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from broadsheet.errors import FeedError

Paths = tuple[tuple[str, ...], ...]

_BLANK = " \t\n"
_OPENING = re.compile(r"(?P<lead>(?:[ \t]*\n)*)-{3,}(?P<kind>[^\n]*)\n")
_CLOSING = re.compile(r"^-{3,}[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"""(["']?)(?P<key>[A-Za-z_][A-Za-z0-9_.-]*)\1[ \t]*:(?:[ \t]+(?P<value>.*)|[ \t]*)""")
_FOLD = re.compile(r"[ \t]*\n\s*")
_BLOCK = re.compile(r"[ \t]*[|>][+-]?\d?[+-]?[ \t]*\n(?P<text>.*)", re.DOTALL)
_DOUBLE = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:\s+#.*)?')
_SINGLE = re.compile(r"'(?P<text>(?:[^']|'')*)'(?:\s+#.*)?")
_PILED = re.compile(r"""(?P<quotes>"{2,})(?P<text>.*?)"{2,}""")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPES = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " ", "'": "'", "0": "", "N": "\n"}
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
_ITEM = re.compile(r"(?P<indent>[ \t]*)-(?:[ \t]+(?P<text>.*)|[ \t]*)")
_FLOW = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[\[\],]|[^\[\],]+)""")
_LARGEST = 0x10FFFF

KNOWN = frozenset(
    {
        *("title", "date", "updated", "lastmod", "categories", "category", "tags", "author", "authors", "draft"),
        *("description", "summary", "slug", "layout", "link", "source", "image", "images", "thumbnail", "headimg"),
    }
)
"""Keys that are keys however they are capitalised; `NBS: ...` goes on with the title above it."""


class FrontMatter(Struct, frozen=True, kw_only=True):
    """A post file taken apart: each key's value as it is written, lines and all, and the text below the header.

    `lead` is what stands before the opening line.
    """

    fields: dict[str, str]
    body: str
    lead: str = ""


def split_front_matter(text: str, name: str) -> FrontMatter:
    r"""Take a post file apart; keys come out in lower case, and the first of two equal keys counts.

    Args:
        text: the file with "\n" line ends.
        name: what to call the file in an error.

    Raises:
        FeedError: there is no front matter ("not-a-post-file"), or it has no end ("unclosed-front-matter").
    """
    opening = _OPENING.match(text)
    if opening is None or opening["kind"].strip():
        cause = f'{name}: not a post file: it must begin with front matter between two lines of "---"'
        raise FeedError("not-a-post-file", cause)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        cause = f'{name}: the front matter has no end: add a line of "---" before the text of the post'
        raise FeedError("unclosed-front-matter", cause)
    fields = _fields(text[opening.end() : closing.start()])
    return FrontMatter(fields=fields, body=text[closing.end() :], lead=opening["lead"])


def _fields(header: str) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    current: list[str] = []
    for line in header.removesuffix("\n").split("\n"):
        match = _KEY.fullmatch(line)
        if match and (match["key"][0].islower() or match["key"].lower() in KNOWN):
            current = [match["value"] or ""]
            lines.setdefault(match["key"].lower(), current)
        elif not line.startswith("#"):
            current.append(line)
    return {key: "\n".join(value) for key, value in lines.items()}


def read_scalar(raw: str) -> str:
    """Read a value as one line of text, without its quotes however badly they are set; "" for none."""
    block = _BLOCK.fullmatch(raw)
    if block:
        return _fold(block["text"])
    text = _fold(raw)
    return "" if text in _NOTHING else _unquote(text)


def well_quoted(raw: str) -> bool:
    """Whether a value is bare or its quotes are set as YAML wants them."""
    text = _fold(raw)
    return text[:1] not in ("'", '"') or bool(_DOUBLE.fullmatch(text) or _SINGLE.fullmatch(text))


def read_paths(raw: str) -> Paths:
    """Read a value as the paths it lists: a flat list is one nested path, as in Hexo; a list of lists several."""
    text = raw.strip(_BLANK)
    if text.startswith("[") and text.endswith("]"):
        return _joined(_flow(text[1:-1]))
    if _ITEM.match(text):
        return _joined(_block(raw))
    scalar = read_scalar(raw)
    return ((scalar,),) if scalar else ()


def read_list(raw: str) -> tuple[str, ...]:
    """Read a value as a flat list, each item once."""
    return tuple(dict.fromkeys(part for path in read_paths(raw) for part in path))


def _fold(raw: str) -> str:
    return _FOLD.sub(" ", raw.strip(_BLANK))


def _unquote(text: str) -> str:
    double, single, piled = _DOUBLE.fullmatch(text), _SINGLE.fullmatch(text), _PILED.fullmatch(text)
    if double:
        return _FOLD.sub(" ", _unescape(double["text"]))
    if single:
        return single["text"].replace("''", "'")
    if piled:
        return _bared(piled["text"], "'")
    return _bared(_bared(text, '"'), "'").replace("''", "'") if text.startswith("'") else _bared(text, '"')


def _bared(text: str, quote: str) -> str:
    """Take a pair of quotes off, unless they are two words' own: "A" and "B"."""
    if len(text) < 2 or not (text.startswith(quote) and text.endswith(quote)):
        return text
    inner = text[1:-1]
    first = inner.find(quote)
    closes = first > 0 and inner[first - 1] != " " and inner[first + 1 : first + 2] == " "
    return text if closes and inner.count(quote) % 2 == 0 else inner


def _unescape(text: str) -> str:
    plain = _ESCAPE.sub(_character, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return _ESCAPES.get(match[4], match[0])
    point = int(digits, 16)
    return chr(point) if point <= _LARGEST else "\ufffd"


def _flow(text: str) -> Iterator[tuple[int, str]]:
    """Yield the items of an inline list, each with the number of lists it stands in; 0 for this one."""
    depth = 0
    for piece in _FLOW.findall(text):
        if piece in ("[", "]"):
            depth += 1 if piece == "[" else -1
            if depth == 1 and piece == "[":
                yield 1, ""
        elif piece != "," and piece.strip(_BLANK):
            yield min(max(depth, 0), 1), _unquote(piece.strip(_BLANK))


def _block(raw: str) -> Iterator[tuple[int, str]]:
    """Yield the items of a list written one a line; 0 for those that stand where the first does."""
    base: int | None = None
    for line in raw.split("\n"):
        item = _ITEM.fullmatch(line)
        if item is None:
            continue
        text, indent = item["text"] or "", len(item["indent"])
        base = indent if base is None else base
        yield from _item(text.strip(_BLANK), nested=indent > base)


def _item(text: str, *, nested: bool) -> Iterator[tuple[int, str]]:
    inner = _ITEM.fullmatch(text)
    if text.startswith("[") and text.endswith("]"):
        yield from [(1, ""), *((1, part) for _, part in _flow(text[1:-1]))]
    elif inner:
        yield from [(1, ""), (1, _unquote((inner["text"] or "").strip(_BLANK)))]
    elif not text:
        yield 1, ""
    else:
        yield int(nested), _unquote(text)


def _joined(items: Iterator[tuple[int, str]]) -> Paths:
    r"""Make paths of items: depth 0 is a part of the one flat path or a path alone, (1, "") opens a nested one."""
    found = list(items)
    if all(depth == 0 for depth, _ in found):
        flat = tuple(text for _, text in found if text)
        return (flat,) if flat else ()
    paths: list[list[str]] = []
    for depth, text in found:
        if depth == 0 or not text or not paths:
            paths.append([])
        if text:
            paths[-1].append(text)
    return tuple(tuple(path) for path in paths if path)
