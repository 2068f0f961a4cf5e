"""Listings: code in lines, without the column that numbers them."""

from collections import Counter

from lxml import etree

from broadsheet.clean.dom import Element, append_text, first, remove, text_of

_LONGEST_NUMBER = 6


def repair_listings(root: Element, changes: Counter[str]) -> None:
    """Take listings out of tables that only number their lines, and end each line that is an element of its own."""
    for table in list(root.iter("table")):
        _drop_numbers(table, changes)
    for listing in list(root.iter("pre")):
        _end_lines(listing, changes)


def _drop_numbers(table: Element, changes: Counter[str]) -> None:
    """Put the listing in place of a table of two cells, where the first one counts and no more."""
    cells = list(table.iter("td"))
    listing = first(cells[1], "pre") if len(cells) == 2 else None
    if listing is None or first(cells[0], "pre") is None or not _counts(cells[0]):
        return
    listing.tag = "pre" if next(table.iterancestors("pre"), None) is None else "span"
    listing.tail = None
    table.addprevious(listing)
    remove(table)
    changes["line-numbers"] += 1


def _counts(cell: Element) -> bool:
    numbers = " ".join(map(str, cell.itertext())).split()
    if not numbers or not all(number.isdecimal() and len(number) <= _LONGEST_NUMBER for number in numbers):
        return False
    start = int(numbers[0])
    return all(int(number) == start + place for place, number in enumerate(numbers))


def _end_lines(listing: Element, changes: Counter[str]) -> None:
    """Make one text of a listing that has a `code` for each line and nothing in between."""
    lines = list(listing)
    if len(lines) < 2 or (listing.text or "").strip() or any(line.tag != "code" or line.tail for line in lines):
        return
    for line in lines[:-1]:
        _end_line(line)
    etree.strip_tags(listing, "code")
    changes["lines-of-code"] += 1


def _end_line(line: Element) -> None:
    text = text_of(line)
    for line_break in list(line.iter("br")) if not text.strip() else ():
        remove(line_break)
    if not text.endswith("\n"):
        append_text(line, "\n")
