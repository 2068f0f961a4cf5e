"""A published page with what is its reader's own: which posts were read and starred, and the way to their lists."""

import re
from collections.abc import Mapping
from typing import Final

from broadsheet.model import Marks
from broadsheet.web.house.edition import POST

_HEAD: Final = b"<!--reader:head-->"
_NAV: Final = b"<!--reader:nav-->"
_TOOLS: Final = b"<!--reader:tools-->"


def lay_over(page: bytes, marks: Mapping[str, Marks], *, head: bytes, nav: bytes, tools: bytes = b"") -> bytes:
    """Lay a reader's marks over a page, in bytes of UTF-8.

    Every element that stands for a post says whether it was read (`data-read`) and starred (`data-star`); `head`,
    `nav` and `tools` go into the room that the page leaves for them.
    """

    def marked(match: "re.Match[bytes]") -> bytes:
        found = marks.get(match[1].decode())
        if found is None:
            return match[0]
        return match[0] + (b" data-read" if found.read_at else b"") + (b" data-star" if found.starred_at else b"")

    if marks:
        page = POST.sub(marked, page)
    page = page.replace(_HEAD, head, 1).replace(_NAV, nav, 1)
    return page.replace(_TOOLS, tools, 1) if tools else page
