"""A table of GFM from a table of HTML."""

from broadsheet.clean.dom import Element
from broadsheet.publish.formats.markdown_line import tokens_in, write_line


def write_table(table: Element) -> str | None:
    """Write a table, its first row the head where it is one; "" for an empty table.

    None where GFM has no form for it: joined cells, several paragraphs in a cell, rows of unequal length.
    """
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    if len({len(row) for row in rows}) > 1 or not all(_is_simple(cell) for row in rows for cell in row):
        return None
    if next(table.iterdescendants("table"), None) is not None:
        return None
    lines = [_line([_written(cell) for cell in row]) for row in rows]
    headed = all(cell.tag == "th" for cell in rows[0])
    width = len(rows[0])
    head = lines.pop(0) if headed else _line([""] * width)
    return "\n".join([head, _line(["---"] * width), *lines])


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _is_simple(cell: Element) -> bool:
    if (cell.get("colspan") or "1") != "1" or (cell.get("rowspan") or "1") != "1":
        return False
    paragraphs = list(cell.iter("p"))
    alone = len(cell) == 1 and not (cell.text or "").strip() and not (cell[0].tail or "").strip()
    return not paragraphs or (len(paragraphs) == 1 and alone and cell[0].tag == "p")


def _written(cell: Element) -> str:
    inner = cell[0] if len(cell) and cell[0].tag == "p" else cell
    return write_line(list(tokens_in(inner)), "cell")
