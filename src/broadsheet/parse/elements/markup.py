"""Inline markup of XML elements, written as the HTML that it means."""

import re
from html import escape, unescape
from html.entities import html5
from typing import Final, cast

from lxml.etree import _Element, iterwalk

from broadsheet.parse.values.addresses import resolve

XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_MOST_ATTRIBUTES: Final = 100
_ADDRESSES: Final = frozenset({"href", "src", "poster", "cite", "data"})
_FOREIGN: Final = {
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}


def inner_markup(element: _Element, base: str | None = None) -> str:
    """Write what is inside an element as HTML; `xml:base` of inner elements, and `base`, is applied to addresses."""
    parts = [escape(element.text or "", quote=False)]
    bases = [base]
    for event, node in iterwalk(element, events=("start", "end")):
        if node is element or not isinstance(node.tag, str):
            continue
        if event == "start":
            bases.append(resolve(bases[-1], node.get(f"{XML}base")) or bases[-1])
            parts += _start(node, bases[-1])
        else:
            bases.pop()
            parts += _end(node)
    return "".join(parts)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _is_void(node: _Element) -> bool:
    return node.text is None and len(node) == 0 and _local(node.tag) in _VOID


def _start(node: _Element, base: str | None) -> list[str]:
    written = [f' {name}="{escape(value)}"' for name, value in _attributes(node, base)]
    close = " />" if _is_void(node) else ">"
    return [f"<{_local(node.tag)}", *written, close, escape(node.text or "", quote=False)]


def _end(node: _Element) -> list[str]:
    return ["" if _is_void(node) else f"</{_local(node.tag)}>", escape(node.tail or "", quote=False)]


def _attributes(node: _Element, base: str | None) -> list[tuple[str, str]]:
    found = [
        (_attribute_name(name), (resolve(base, value) or "") if base and name in _ADDRESSES else value)
        for name, value in attributes(node)
        if name != f"{XML}base"
    ]
    namespace = node.tag[1:].partition("}")[0]
    if _FOREIGN.get(namespace) == _local(node.tag):
        found.append(("xmlns", namespace))
    return found


def attributes(node: _Element) -> list[tuple[str, str]]:
    """Give an element's attributes: names in Clark notation, values; at most 100, for each costs a search."""
    return [(name, node.get(name, "")) for name in cast("list[str]", node.keys())[:_MOST_ATTRIBUTES]]


def _attribute_name(name: str) -> str:
    if name.startswith("{http://www.w3.org/1999/xlink}"):
        return f"xlink:{_local(name)}"
    return _local(name)


# --- is a title markup?

_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|"
    r"sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")


def has_tags(text: str) -> bool:
    """Tell whether a text holds a well-known tag of HTML."""
    return "<" in text and _TAG.search(text) is not None


def looks_like_markup(text: str) -> bool:
    """Tell whether a text is clearly HTML: a well-known inline tag, or a character reference HTML knows."""
    if has_tags(text):
        return True
    return "&" in text and any(
        not found.group(1) or f"{found.group(1)};" in html5 for found in _REFERENCE.finditer(text)
    )


def plain_text(text: str) -> str:
    """Drop tags and read references, for a value that can only be text (a name, a category)."""
    return unescape(_TAG.sub("", text)).strip() if looks_like_markup(text) else text.strip()
