"""Text constructs: what an element's text is, and whether it is markup (RFC 4287, section 3.1; Atom 0.3 modes)."""

from base64 import b64decode
from binascii import Error as Base64Error
from typing import Final

from lxml.etree import _Element

from broadsheet.parse.elements.draft import Text
from broadsheet.parse.elements.markup import XML, inner_markup, looks_like_markup
from broadsheet.parse.elements.scope import Scope

_PLAIN: Final = frozenset({"text", "plain", "text/plain", "text/markdown"})
_MARKUP: Final = frozenset({"html", "xhtml", "text/html", "application/xhtml+xml", "text/xml", "application/xml"})
_BASE: Final = f"{XML}base"
_DIV: Final = frozenset({"{http://www.w3.org/1999/xhtml}div", "div"})


def plain(element: _Element) -> str:
    """Give an element's own text, trimmed; of inner elements too where it has any."""
    text = element.text
    if len(element):
        text = "".join(str(part) for part in element.itertext())
    text = text.strip() if text else ""
    return _unwrapped(text) if text[:2] == "<!" else text


def _unwrapped(text: str) -> str:
    """Take off the marks of a CDATA section that somebody escaped together with its text."""
    if text.startswith("<![CDATA[") and text.endswith("]]>"):
        return text[9:-3].strip()
    return text


def read_text(element: _Element, scope: Scope, *, markup: bool) -> Text:
    """Read a text construct; `markup` says that an untyped one of RSS is HTML, where a title is guessed by its looks.

    An untyped text of Atom is literal (RFC 4287), but a body full of tags is what its publisher forgot to call HTML.
    """
    if not scope.atom and not element.keys() and not len(element):
        value = (element.text or "").strip()
        value = _unwrapped(value) if value[:2] == "<!" else value
        is_markup = markup or looks_like_markup(value)
        return Text(value, "html" if is_markup else "text", scope.stated_base, scope.language)
    here = scope.enter(element)
    kind = (element.get("type") or "").strip().lower()
    value, is_markup = _typed(element, kind) if kind else _untyped(element, scope, markup=markup)
    return Text(value, "html" if is_markup else "text", here.stated_base, here.language)


def _untyped(element: _Element, scope: Scope, *, markup: bool) -> tuple[str, bool]:
    if len(element):
        return inner_markup(element).strip(), True
    value = _unwrapped((element.text or "").strip())
    if element.get("mode") == "base64":
        return _from_base64(value, value)
    if not scope.atom:
        return value, markup or looks_like_markup(value)
    literal = scope.strict and not markup and element.get("mode") != "escaped"
    return value, not literal and looks_like_markup(value)


def _typed(element: _Element, kind: str) -> tuple[str, bool]:
    if len(element):
        return _nested(element, kind), True
    value = _unwrapped((element.text or "").strip())
    if _is_binary(kind):
        return _from_base64(value, "")  # a picture or a sound is no text
    if element.get("mode") == "base64":
        return _from_base64(value, value)
    return value, kind in _MARKUP or (kind not in _PLAIN and looks_like_markup(value))


def _is_binary(kind: str) -> bool:
    return "/" in kind and kind not in _MARKUP and not kind.startswith("text/") and not kind.endswith("+xml")


def _nested(element: _Element, kind: str) -> str:
    """Write inline markup; the `div` that RFC 4287 (section 3.1.1.3) prescribes is not a part of it."""
    child = element[0]
    alone = len(element) == 1 and child.tag in _DIV and not (element.text or "").strip()
    if alone and kind == "html" and not len(child):
        return (child.text or "").strip()  # markup escaped inside a wrapper, as TypePad writes it
    if alone and kind == "xhtml":
        return inner_markup(child, child.get(_BASE)).strip()
    return inner_markup(element).strip()


def _from_base64(value: str, otherwise: str) -> tuple[str, bool]:
    try:
        decoded = b64decode(value, validate=False).decode("utf-8").strip()
    except (Base64Error, ValueError):
        decoded = otherwise
    return decoded, looks_like_markup(decoded)
