"""Repairs of XML text that is not well-formed, each with the stable word that a repaired feed is marked with."""

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from html.entities import html5
from typing import Final
from urllib.parse import quote

from broadsheet.parse.elements.vocabulary import ENTRY, FEED, ROOMS
from broadsheet.parse.names import DECLARATIONS
from broadsheet.parse.repairs.cdata import close_cdata, open_cdata
from broadsheet.parse.repairs.doctype import strip_doctype
from broadsheet.parse.repairs.sections import outside_cdata, sections

_START: Final = re.compile(r"<\?xml\s|<(?:[A-Za-z]{1,10}:)?(?:rss|feed|rdf|channel|opml)[\s>]", re.IGNORECASE)
_ROOTED: Final = re.compile(
    r"<[?!]|<(?:[A-Za-z]{1,10}:)?(?:rss|feed|rdf|channel|opml|entry|item)[\s>]", re.IGNORECASE
)
_DECLARATION: Final = re.compile(r"<\?xml\s[^<>]{0,300}>")
_GOOD_DECLARATION: Final = re.compile(r"""<\?xml\s+version\s*=\s*["'][\d.]+["'][\w\s.:="'\-]*\?>""")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_BARE_AMPERSAND: Final = re.compile(r"&(?!(?:#0{0,20}[0-9]{1,7}|#x0{0,20}[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)")
_NUMERIC: Final = re.compile(r"&#(?:(0{0,20}[0-9]{1,7})|[xX](0{0,20}[0-9A-Fa-f]{1,6}));")
_BARE_LESS_THAN: Final = re.compile(r"<(?![A-Za-z_:/!?])|<(?=/[^A-Za-z_:])")
_PREFIX: Final = re.compile(r"</?([A-Za-z_][\w.\-]*+):|\s([A-Za-z_][\w.\-]*+):[\w.\-]++\s*+=")
_DECLARES: Final = re.compile(r"\sxmlns:([\w.\-]+)\s*=")
_DECLARATION_OF: Final = re.compile(
    r"""(\sxmlns(?::([\w.\-]+))?\s*=\s*)("(?:[^"<]*"|[^">]*")|'(?:[^'<]*'|[^'>]*'))"""
)
_NAMESPACE: Final = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.\-]*:|(?=[^:/?#]*(?:[/?#]|\Z)))(?://[\w.\-]+(?::\d{1,5})?(?=[/?#]|\Z))?"
    r"(?!//)(?:[\w.\-~!$&'()*,;=+:@/?]|%[0-9A-Fa-f]{2})*(?:#[\w.\-~!$&'()*,;=+:@/?]*)?",
    re.ASCII,
)
_VALUE: Final = re.compile(r""""[^"]*"|'[^']*'""")
_FIRST_TAG: Final = re.compile(r"""<[A-Za-z_](?>(?:[^<>"']++|"[^"]*+"|'[^']*+')*)>""")
_ROOT_TAG: Final = re.compile(r"<[A-Za-z_][^\s/<>]*+")
_END_TAG: Final = re.compile(r"</(?:[A-Za-z]{1,10}:)?(?:rss|feed|rdf|channel|entry|opml)\s*>", re.IGNORECASE)
_ENTRY_TAG: Final = re.compile(r"<(?:[A-Za-z]{1,10}:)?(?:item|entry)[\s>]", re.IGNORECASE)
INSIDE: Final = r"""(?>(?:[^<>"']++|"(?:[^"<]*+"|[^">]*+")|'(?:[^'<]*+'|[^'>]*+')){0,500})"""
"""What may stand in a start tag behind its name: a quoted value holds "<" or ">", but not a whole tag."""
_TAG: Final = re.compile(rf"<(/?)[A-Za-z_](?:{INSIDE}|[^<>]*+)>")
_START_TAG: Final = re.compile(rf"<([A-Za-z_][^\s<>/=]*+)(\s{INSIDE}|\s[^<>]*+)>")
_PAIR: Final = re.compile(r"""([A-Za-z_:][\w:.\-]*)\s*=\s*("[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s"'<>]+)""")
_ATTRIBUTE: Final = re.compile(r"[A-Za-z_][\w.\-]*+(?>(?::[A-Za-z_][\w.\-]*+)?)", re.ASCII)
_HALF: Final = re.compile(
    r"(?>(?:<(?:link|guid|id|pubDate|published|updated|dc:date|url)(?:\s[^<>]*)?>[^<>]*+(?:</?[\w:]*+)?|<[^<>]*+)+)\Z",
    re.IGNORECASE,
)
_TAIL: Final = 4096
_OWN_ENTITY: Final = re.compile("&(amp;|lt;|gt;|quot;|apos;)")
_OWN_ENTITIES: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_C1: Final = {number: bytes([number]).decode("cp1252", "replace") for number in range(0x80, 0xA0)}
_DEEPEST: Final = 200


def _leading_junk(text: str) -> str:
    """Drop what stands before the document: blank lines, a byte order mark, a warning of the server's."""
    trimmed = text.lstrip("\ufeff\x00 \t\r\n")
    start = _START.search(text)
    if start and not _ROOTED.match(trimmed):
        return text[start.start() :]
    return trimmed if trimmed.startswith("<?") else text.lstrip("\ufeff\x00")


def _declaration(text: str) -> str:
    """Drop an XML declaration that is broken; it says nothing that matters once the text is decoded."""
    found = _DECLARATION.match(text)
    return text[found.end() :].lstrip() if found and not _GOOD_DECLARATION.match(text) else text


def _control_characters(text: str) -> str:
    return _CONTROL.sub("", text)


def impossible_references(text: str) -> str:
    """Drop references to characters that XML forbids (`&#0;`); write `&#X61;` as XML wants it."""

    def mended(match: re.Match[str]) -> str:
        number = _number(match)
        allowed = number <= 0x10FFFF and not _CONTROL.match(chr(number))
        return f"&#{number};" if allowed and match.group()[2] == "X" else match.group() if allowed else ""

    return _NUMERIC.sub(mended, text)


def _number(reference: re.Match[str]) -> int:
    decimal, hexadecimal = reference.groups()
    return int(decimal) if decimal else int(hexadecimal, 16)


def c1_characters(text: str) -> str:
    """Read C1 controls as the characters of Windows-1252 that their writers meant (as WHATWG HTML does)."""
    return _c1_references(text).translate(_C1)


@outside_cdata
def _c1_references(text: str) -> str:
    return _NUMERIC.sub(lambda match: _C1.get(_number(match)) or match.group(), text)


@outside_cdata
def _named_entities(text: str) -> str:
    """Write HTML's named entities as the characters they mean."""
    return _NAMED.sub(lambda match: _named_entity(match.group(1)), text)


def _named_entity(name: str) -> str:
    character = html5.get(name)
    if character is None or name in _OWN_ENTITIES:
        return f"&{name}"
    return {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(character, character)


@outside_cdata
def _bare_ampersand(text: str) -> str:
    return _BARE_AMPERSAND.sub("&amp;", text)


@outside_cdata
def numeric_references(text: str) -> str:
    """Write XML's own entities as numbers: libxml2 forgets the entities once it has met an error."""
    return _OWN_ENTITY.sub(lambda match: f"&#{ord(html5[match.group(1)])};", text)


@outside_cdata
def _bare_less_than(text: str) -> str:
    """Escape what begins no tag, and close the gap in `< item>` and `</ item>`, which nobody writes as text."""
    return _BARE_LESS_THAN.sub("&lt;", _gap().sub(lambda gap: f"<{gap[1] or gap[2] or ''}", text))


@cache
def _gap() -> re.Pattern[str]:
    """Compile it where a document is damaged: so many names take a millisecond."""
    names = "|".join(sorted({*ENTRY, *FEED, *ROOMS}))
    return re.compile(rf"<(?:\s++(/?)|(/)\s)\s*+(?=(?:{names})[\s/>])", re.IGNORECASE)


def clean_references(text: str) -> str:
    """Write a text so that each "&" in it begins a reference that XML knows."""
    if "&" not in text:
        return text
    named = _NAMED.sub(lambda match: _named_entity(match.group(1)), impossible_references(text))
    return _BARE_AMPERSAND.sub("&amp;", named)


@outside_cdata
def _attributes(text: str) -> str:
    """Quote attribute values that are not, and drop an attribute's second value, in the tags that need it."""
    return _START_TAG.sub(_mended_tag, text)


def _mended_tag(match: re.Match[str]) -> str:
    name, inside = match.groups()
    inside, end = (inside[:-1], "/>") if inside.endswith("/") else (inside, ">")
    pairs = _PAIR.findall(inside)
    quoted = all(value == _quoted(value) for _, value in pairs)
    if quoted and len({key for key, _ in pairs}) == len(pairs) and not _PAIR.sub("", inside).strip():
        return match.group()
    return f"<{name}{quoted_attributes(inside)}{end}"


def quoted_attributes(inside: str) -> str:
    """Write the attributes of a start tag, each once and quoted; what stands between them is dropped."""
    first = dict(reversed(_PAIR.findall(inside.removesuffix("/"))))
    return "".join(
        f" {key}={clean_references(_quoted(value)).replace('<', '&lt;')}"
        for key, value in reversed(first.items())
        if _ATTRIBUTE.fullmatch(key)
    )


def _quoted(value: str) -> str:
    mark = value[0]
    if mark not in "\"'":
        return f'"{value}"'
    return value if len(value) > 1 and value[-1] == mark else value + mark


@outside_cdata
def known_namespaces(text: str) -> str:
    """Give a prefix whose namespace is no address the namespace that it means everywhere else."""
    return _DECLARATION_OF.sub(_namespace, text)


def _namespace(match: re.Match[str]) -> str:
    before, prefix, value = match.groups()
    if _NAMESPACE.fullmatch(unescape(value[1:-1])) and (len(value) > 2 or not prefix):
        return match.group()
    return f'{before}"{_meaning(prefix) if prefix else ""}"'


def _meaning(prefix: str) -> str:
    return DECLARATIONS.get(prefix.lower(), f"urn:undeclared:{quote(prefix)}")


def _undeclared_prefixes(text: str) -> str:
    """Declare the namespace prefixes that the document uses and forgot to declare."""
    return declare_prefixes(text, text)


def bare_start_tag(text: str) -> str:
    """The root's start tag of a balanced text, without the values in it, which may look like anything."""
    found = _FIRST_TAG.search(text)
    return _VALUE.sub("", found.group()) if found else ""


def declare_prefixes(text: str, declared: str) -> str:
    """Declare on the root the namespace prefixes that a text uses and that are not declared in a part of it."""
    used = {
        first or second
        for kind, piece in sections(text)
        if kind == "text"
        for first, second in _PREFIX.findall(piece)
    }
    missing = sorted(used - {"xml", "xmlns"}.union(_DECLARES.findall(declared)))
    root = _ROOT_TAG.search(text)
    if not root:
        return text
    added = "".join(f' xmlns:{prefix}="{_meaning(prefix)}"' for prefix in missing)
    return text[: root.end()] + added + text[root.end() :]


def _trailing_junk(text: str) -> str:
    """Drop what follows the root's end tag, but no entry: RSS 1.0 has them behind its channel, and may be cut."""
    end = 0
    for found in _END_TAG.finditer(text):
        end = found.end()
    junk = end and text[end:].strip() and not _ENTRY_TAG.search(text, end)
    return text[:end] if junk else text


def _half_element(text: str) -> str:
    """Drop what a cut document ends in where half of it would be wrong: an address, an id, a date, a tag."""
    pieces = list(sections(text))
    if not pieces or pieces[-1][0] != "text":
        return text
    cut = _HALF.search(text, max(0, len(text) - min(len(pieces[-1][1]), _TAIL)))
    return text[: cut.start()] if cut else text


def flatten(text: str) -> str:
    """Drop the tags nested deeper than 200 and keep their text."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match.group(1):
            depth = max(depth - 1, 0)
            return match.group() if depth < _DEEPEST else ""
        deep = depth >= _DEEPEST
        depth += not match.group().endswith("/>")
        return "" if deep else match.group()

    return "".join(_TAG.sub(keep, piece) if kind == "text" else piece for kind, piece in sections(text))


REPAIRS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("leading-junk", _leading_junk),
    ("xml-declaration", _declaration),
    ("doctype-removed", strip_doctype),
    ("misprinted-cdata", open_cdata),
    ("unclosed-cdata", close_cdata),
    ("control-characters", _control_characters),
    ("impossible-references", outside_cdata(impossible_references)),
    ("c1-characters", c1_characters),
    ("named-entities", _named_entities),
    ("bare-ampersand", _bare_ampersand),
    ("bare-less-than", _bare_less_than),
    ("attributes", _attributes),
    ("namespaces", known_namespaces),
    ("undeclared-prefixes", _undeclared_prefixes),
    ("trailing-junk", _trailing_junk),
    ("truncated", _half_element),
)
