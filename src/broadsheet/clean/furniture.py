"""What surrounds an article without being part of it: buttons, editors' names, advertisements, QR codes."""

import re
from collections import Counter

from broadsheet.clean.dom import Element, head_of, remove, text_of
from broadsheet.clean.tables import column

_KINDS = ("editor", "advert", "app", "share")
_LONGEST = 320
_LONGEST_LINE = 100
_LONGEST_LABEL = 40
_TAIL_KEPT = 2
_LINES = re.compile(
    "|".join(f"(?P<{kind}>{'|'.join(f'(?:{pattern})' for pattern in column('furniture', kind))})" for kind in _KINDS),
    re.IGNORECASE,
)
_ADVERT = re.compile("|".join(column("furniture", "advert")), re.IGNORECASE)
_NOTICES = tuple(
    opening + word + closing
    for word in column("furniture", "notice")
    for opening, closing in (("", "："), ("", ":"), ("【", "】"))
)
_SUFFIX = re.compile(
    r"\s*[（(\[【](?:责任编辑|責任編輯|责编|编辑|編輯)\s*[:：][^（）()\[\]【】。]{1,20}[）)\]】]\s*$"
)
_NAMES = (
    ("class=", re.compile(r"class=[\"']?([^\"'<>]*)")),
    (" id=", re.compile(r" id=[\"']?([^\"'<>]*)")),
)
_CLOSING = frozenset("）)]】")
_CLASSES = frozenset(column("furniture", "class"))
_LINKS = column("furniture", "link")


def remove_boxes(root: Element, markup: str, changes: Counter[str]) -> None:
    """Remove the boxes whose class or id says that they are furniture; `markup` is what `root` was read from."""
    named = [value for mark, names in _NAMES if mark in markup for value in names.findall(markup)]
    if not named or _CLASSES.isdisjoint(" ".join(named).lower().split()):
        return
    for element in list(root.iterdescendants()):
        names = element.get("class") or element.get("id")
        if names and not _CLASSES.isdisjoint(names.lower().split()):
            changes["furniture-box"] += 1
            remove(element)


def remove_first_line(root: Element, changes: Counter[str]) -> bool:
    """Remove the first block of a settled body if it is furniture; returns whether it was."""
    head = head_of(root)
    return head is not None and _removed(head, head.text or "", changes)


def remove_lone_adverts(root: Element, changes: Counter[str]) -> None:
    """Remove the paragraphs of a settled body that only say that an advertisement was there."""
    for block in list(root.iterchildren("p")):
        text = (block.text or "").strip()
        if not len(block) and len(text) <= _LONGEST_LABEL and _ADVERT.fullmatch(text):
            changes["furniture-advert"] += 1
            remove(block)


def remove_last_lines(root: Element, changes: Counter[str]) -> None:
    """Remove the furniture at the end of a settled body, also from among the last lines that are none."""
    block = root[-1] if len(root) else None
    kept = 0
    while block is not None and kept < _TAIL_KEPT:
        before = block.getprevious()
        kept += not _removed(block, _without_suffix(block, changes), changes)
        block = before


def _removed(block: Element, start: str, changes: Counter[str]) -> bool:
    kind = _kind(block, start)
    if kind is None:
        return False
    changes[f"furniture-{kind}"] += 1
    remove(block)
    return True


def _kind(block: Element, start: str) -> str | None:
    """Name the kind of furniture a block is; `start` is the text it begins with."""
    if len(start) > _LONGEST_LINE and not start.lstrip().startswith(_NOTICES):
        return None
    text = " ".join((text_of(block) if len(block) else start).split())
    if text.startswith(_NOTICES):
        return "advert" if len(text) < _LONGEST else None
    if len(text) > _LONGEST_LINE:
        return None
    found = _LINES.fullmatch(text) if text else None
    if found is not None:
        return found.lastgroup
    return "share" if len(block) and _is_share_bar(list(block.iter("a")), text) else None


def _is_share_bar(links: list[Element], text: str) -> bool:
    """Tell whether a block consists of links that share the page, and of nothing else."""
    return (
        len(links) > 0
        and all(any(part in link.get("href", "") for part in _LINKS) for link in links)
        and len(text) <= sum(len(text_of(link)) + 3 for link in links) + 8
    )


def _without_suffix(block: Element, changes: Counter[str]) -> str:
    """Cut an editor's name in brackets off the end of a paragraph; returns the text that the block begins with."""
    text = block.text or ""
    if text[-1:] not in _CLOSING or block.tag != "p" or len(block):
        return text
    kept = _SUFFIX.sub("", text)
    if not kept or kept == text:
        return text
    block.text = kept
    changes["furniture-editor"] += 1
    return kept
