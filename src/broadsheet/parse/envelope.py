"""An entry alone, as a one-entry document of its own format."""

from typing import Final, cast

from lxml import etree
from lxml.etree import _Element

from broadsheet.parse.markup import attributes

_MARK: Final = "broadsheet-entry"
_MARK_BYTES: Final = etree.tostring(etree.ProcessingInstruction(_MARK))  # libxml2's writers differ in a space


def envelope(parent: _Element, language: _Element | None) -> tuple[bytes, bytes]:
    """Write what stands before and after an entry: the start tags around it, the feed's language, the end tags.

    Attributes and namespaces of the start tags are kept, so that base address, language and prefixes mean the same.
    """
    chain = [parent, *parent.iterancestors()][::-1]
    shell = root = _empty_copy(chain[0], None)
    for element in chain[1:]:
        shell = _empty_copy(element, shell)
    if language is not None:
        _add_language(shell, parent, language)
    shell.append(etree.ProcessingInstruction(_MARK))
    before, _, after = etree.tostring(root, encoding="utf-8").partition(_MARK_BYTES)
    return before, after


def _empty_copy(element: _Element, inside: _Element | None) -> _Element:
    given = dict(attributes(element))
    prefixes = cast("dict[str, str]", element.nsmap)  # None is the default namespace; the stubs do not know
    if inside is None:
        return etree.Element(element.tag, given, nsmap=prefixes)
    return etree.SubElement(inside, element.tag, given, nsmap=prefixes)


def _add_language(shell: _Element, parent: _Element, language: _Element) -> None:
    holder = language.getparent()
    if holder is not None and holder is not parent and holder is not parent.getparent():
        shell = _empty_copy(holder, shell)  # RSS 1.0: the channel is the entries' sibling
    copy = _empty_copy(language, shell)
    copy.text = language.text


def original(entry: _Element, before: bytes, after: bytes) -> bytes:
    """Write one entry inside its envelope (UTF-8)."""
    return before + etree.tostring(entry, encoding="utf-8", with_tail=False) + after
