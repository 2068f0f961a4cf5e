"""What an element inherits from those around it: base address, language, and how its dates read."""

from typing import Final

from lxml.etree import _Element
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.parse.addresses import resolve
from broadsheet.parse.dates import DateStyle

_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class Scope(Struct, frozen=True):
    """The surroundings of an element.

    `explicit` says that `base` was set by the document (`xml:base`), not only by its address. `own` is the namespace
    of the format's own words, `atom` whether it is Atom. `flat` spares the look at attributes in a document that
    nowhere holds `xml:base` or `xml:lang`.
    """

    base: str | None = None
    explicit: bool = False
    language: str | None = None
    dates: DateStyle = DateStyle()
    own: str = ""
    atom: bool = False
    flat: bool = False

    @property
    def stated_base(self) -> str | None:
        """The base that the document itself states."""
        return self.base if self.explicit else None

    def enter(self, element: _Element) -> "Scope":
        """Give the scope inside an element (XML Base; XML 1.0, section 2.12)."""
        if self.flat:
            return self
        base, language = element.get(_BASE), element.get(_LANG)
        if base is None and language is None:
            return self
        return replace(
            self,
            base=(resolve(self.base, base) or self.base) if base is not None else self.base,
            explicit=self.explicit or bool(base),
            language=tidy_language(language) if language is not None else self.language,
        )


def tidy_language(tag: str | None) -> str | None:
    """Write a language tag with hyphens (RFC 5646); an empty one means that the language is not known."""
    return (tag or "").strip().replace("_", "-") or None
