"""An entry alone, as a one-entry document of its own format."""

from collections.abc import Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element

from broadsheet.parse.elements.markup import attributes
from broadsheet.parse.elements.textual import plain

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def envelope(parent: _Element, language: _Element | None) -> tuple[bytes, bytes]:
    """Write what stands before and after an entry: the start tags around it, the feed's language, the end tags.

    Attributes and namespaces of the start tags are kept, so that base address, language and prefixes mean the same.
    The tags are written by hand, for lxml refuses to make again some of what it has read.
    """
    chain = [parent, *parent.iterancestors()][::-1]
    place, said = _language(chain, language)
    before = "".join(_start_tag(element) + (said if element is place else "") for element in chain)
    after = "".join(f"</{_name(element)}>" for element in reversed(chain))
    return before.encode("utf-8"), after.encode("utf-8")


def _language(chain: list[_Element], language: _Element | None) -> tuple[_Element | None, str]:
    """Write the feed's language, and name the element in which it will be found again: its own, else the root."""
    holder = None if language is None else language.getparent()
    if language is None or holder is None:
        return None, ""
    text = f"{_start_tag(language)}{plain(language).translate(_ESCAPES)}</{_name(language)}>"
    if any(element is holder for element in chain):
        return holder, text
    return chain[0], f"{_start_tag(holder)}{text}</{_name(holder)}>"  # RSS 1.0: the channel is the entries' sibling


def _name(element: _Element) -> str:
    local = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _start_tag(element: _Element) -> str:
    prefixes = element.nsmap
    declared = [(f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in prefixes.items()]
    given = [(_attribute_name(name, prefixes), value) for name, value in attributes(element)]
    written = "".join(f' {key}="{value.translate(_ESCAPES)}"' for key, value in declared + given)
    return f"<{_name(element)}{written}>"


def _attribute_name(name: str, prefixes: Mapping[str | None, str]) -> str:
    """Give an attribute's name as written: one in a namespace always has a prefix."""
    uri, brace, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
    if not brace:
        return local
    prefix = "xml" if uri == _XML else next(each for each, meant in prefixes.items() if each and meant == uri)
    return f"{prefix}:{local}"


def original(entry: _Element, before: bytes, after: bytes) -> bytes:
    """Write one entry inside its envelope (UTF-8)."""
    return before + etree.tostring(entry, encoding="utf-8", with_tail=False) + after
