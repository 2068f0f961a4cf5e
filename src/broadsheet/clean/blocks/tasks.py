"""Lists of tasks: the box before an item is written, no control is kept."""

from collections import Counter

from broadsheet.clean.dom import Element


def write_boxes(root: Element, changes: Counter[str]) -> None:
    """Put ☑ or ☐ behind each checkbox that a list item begins with."""
    for box in list(root.iter("input")):
        if box.get("type", "").lower() == "checkbox" and _begins_item(box):
            box.tail = f"{'☑' if 'checked' in box.attrib else '☐'} {(box.tail or '').lstrip()}"
            changes["task-box"] += 1


def _begins_item(box: Element) -> bool:
    inner, holder = box, box.getparent()
    while holder is not None and inner.getprevious() is None and not (holder.text or "").strip():
        if holder.tag == "li":
            return True
        inner, holder = holder, holder.getparent()
    return False
