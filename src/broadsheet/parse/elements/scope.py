"""What an element inherits from those around it: base address, language, and how its dates read."""

from typing import Final

from lxml.etree import _Element
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.parse.values.addresses import as_base
from broadsheet.parse.values.dates import DateStyle

_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class Scope(Struct, frozen=True):
    """The surroundings of an element.

    `stated_base` is the base that the document itself states (`xml:base`), None where it only has an address. `own`
    is the namespace of the format's own words, `atom` tells Atom from RSS, `strict` Atom 1.0 from 0.3. `flat` spares
    the look at attributes in a document that holds no `xml:base` or `xml:lang` inside its root.
    """

    base: str | None = None
    stated_base: str | None = None
    language: str | None = None
    dates: DateStyle = DateStyle()
    own: str = ""
    atom: bool = False
    strict: bool = False
    flat: bool = False

    def enter(self, element: _Element) -> "Scope":
        """Give the scope inside an element (XML Base; XML 1.0, section 2.12)."""
        if self.flat:
            return self
        base, language = element.get(_BASE), element.get(_LANG)
        if base is None and language is None:
            return self
        here = (as_base(self.base, base) or self.base) if base else self.base
        return replace(
            self,
            base=here,
            stated_base=here if base else self.stated_base,
            language=tidy_language(language) if language is not None else self.language,
        )


def tidy_language(tag: str | None) -> str | None:
    """Write a language tag with hyphens (RFC 5646); an empty one means that the language is not known."""
    return (tag or "").strip().replace("_", "-") or None
