"""What forms of characters are read as, in small pages: a question in a browser needs those of its characters.

A page is UTF-8 text, in pairs of a form and what it is read as. It holds 256 code points of the BMP, or 4096 beyond.
"""

from collections.abc import Callable, Iterator
from unicodedata import normalize

from broadsheet.publish.search.terms import STOP

PAGES = (*range(0x20, 0x32), *range(0x34, 0xA0))
"""The pages of Han characters, by their code points shifted right by 8, beyond the BMP by 12."""


def points_of(page: int) -> range:
    """List the code points of a page."""
    bits = 12 if page < 0x34 else 8
    return range(page << bits, page + 1 << bits)


def page_of_forms(page: int, fold: Callable[[str], str]) -> bytes:
    """Write what the characters of a page are read as, where that is not themselves in NFKC."""
    return "".join(_forms(page, fold)).encode()


def _forms(page: int, fold: Callable[[str], str]) -> Iterator[str]:
    forms = [chr(point) for point in points_of(page)]
    # A line end is a stop, so no character is read with its neighbour.
    for form, read in zip(forms, fold("\n".join(forms)).split(STOP), strict=True):
        if len(read) == 1 and read not in {form, normalize("NFKC", form), " "}:
            yield form + read
