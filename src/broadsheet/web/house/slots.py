"""What goes into the room that every page leaves for its reader, printed once for all pages it is the same on."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from broadsheet.publish import Theme
from broadsheet.publish.addresses import root_of
from broadsheet.web.access.doors import Visitor

MOST_KEPT: Final = 200


class Slots(Struct, frozen=True):
    """The two slots of a page, as bytes of it."""

    head: bytes
    nav: bytes


class SlotPrinter:
    """Prints the slots of pages; a visitor has the same on all of one depth that are not his own lists."""

    def __init__(self, theme: Theme, style: str, script: str) -> None:
        self._template = theme.environment.get_template("my-slots.html")
        self._files: Mapping[str, Any] = {"style": style, "script": script}
        self._kept: OrderedDict[tuple[Visitor, str, str], Slots] = OrderedDict()

    def of(self, visitor: Visitor, path: str) -> Slots:
        """Give the slots of the page at a path."""
        key = (visitor, root_of(path), path if path.startswith("my/") else "")
        if key not in self._kept:
            self._kept[key] = self._print(*key)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def _print(self, visitor: Visitor, root: str, path: str) -> Slots:
        said = {
            "csrf": visitor.csrf,
            "root": root,
            "path": path,
            "signed_in": visitor.known == "session",
            "known": visitor.known != "nobody",
        }
        module: Any = self._template.make_module({**self._files, **said})
        return Slots(str(module.head()).encode(), str(module.nav()).encode())
