"""The body of an entry, from the text that its feed gave to a tree in order."""

import re
from collections import Counter
from html import escape, unescape

from lxml import etree
from msgspec import Struct

from broadsheet.clean.blocks.edges import tidy
from broadsheet.clean.blocks.listings import repair_listings
from broadsheet.clean.blocks.paragraphs import drop_meaningless, settle
from broadsheet.clean.blocks.parts import PARTS, repair_parts
from broadsheet.clean.blocks.tasks import write_boxes
from broadsheet.clean.bounds import KNOWN, bound, keep_bracketed_text
from broadsheet.clean.dom import LATE_VOID, Element, close_late_voids, names_of, parse
from broadsheet.clean.embeds.formulas import write_formulas
from broadsheet.clean.embeds.frames import ALLOWED_FRAMES, FRAMES, repair_frames
from broadsheet.clean.embeds.media import MEDIA, repair_media
from broadsheet.clean.furniture import remove_boxes, remove_first_line, remove_last_lines, remove_lone_adverts
from broadsheet.clean.links.targets import repair_links
from broadsheet.clean.pictures.captions import make_figures
from broadsheet.clean.pictures.images import repair_images
from broadsheet.clean.pictures.standins import PICTURES, show_backgrounds
from broadsheet.clean.words.titles import drop_repeated_title
from broadsheet.model import ParsedEntry, TextType


class CleanOptions(Struct, frozen=True, kw_only=True):
    """What an owner may choose: which of the known players (`data/frames.tsv`) stay frames; others become links."""

    frame_hosts: frozenset[str] = ALLOWED_FRAMES


_LINE_MARKUP = re.compile(r"<(?:p|br|table|ul|ol|li|h[1-6]|dl|pre|blockquote|figure)\b", re.IGNORECASE)
_LINE_END = re.compile(r"(?<=\S)(?<!div>)[^\S\n]*+\n\s*+(?![a-z]|</)")
_ESCAPED_MARKUP = re.compile(r"&lt;(?:p|br|div|img|a|ul|h[1-6])\b[^<>]{0,500}?&gt;", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
"""Marks of XML, which HTML takes for the beginning of a comment: what they hold would be lost."""

_PRESENTATION = ("style", "class", "id", "align", "target", "dir", "lang", "border", "cellspacing", "cellpadding")


def repair_body(
    entry: ParsedEntry, title: str, base: str | None, frame_hosts: frozenset[str], changes: Counter[str]
) -> Element:
    """Return the body as a tree in order: its repairs, in the order in which they need each other."""
    markup = _markup(entry, changes)
    root = parse(markup)
    held = list(root.iter())  # while an element is held, no later step pays for its wrapper again
    tags = names_of(held[1:])
    if not tags <= KNOWN or markup.rfind("<") > markup.rfind(">"):
        root = parse(keep_bracketed_text(markup, changes))
        held = list(root.iter())
        tags = names_of(held[1:])
    if not tags.isdisjoint(LATE_VOID):
        close_late_voids(root)
    remove_boxes(root, markup, changes)
    if show_backgrounds(root, markup):
        tags.add("img")
    _rewrite(root, tags, changes)
    _repair(root, tags, base, frame_hosts, changes)
    drop_meaningless(root, tags, changes)
    if not PARTS.isdisjoint(tags):
        repair_parts(root, tags)
        tags.add("div")
    root = settle(root, tags, changes)
    tidy(root, changes)
    while drop_repeated_title(root, title, changes) or remove_first_line(root, changes):
        pass
    remove_lone_adverts(root, changes)
    remove_last_lines(root, changes)
    if not tags.isdisjoint(PICTURES):
        make_figures(root, changes)
    _lower_headings(root, tags, changes)
    etree.strip_attributes(root, *_PRESENTATION)
    return root


def _rewrite(root: Element, tags: set[str], changes: Counter[str]) -> None:
    """Write as text what would be lost with its element: formulas, boxes of tasks, lines of code."""
    if "math" in tags or "script" in tags:
        write_formulas(root, changes)
    if "input" in tags:
        write_boxes(root, changes)
    if "pre" in tags:
        repair_listings(root, changes)


def _repair(
    root: Element, tags: set[str], base: str | None, frame_hosts: frozenset[str], changes: Counter[str]
) -> None:
    """Repair what has an address: pictures, frames, players, links."""
    if not tags.isdisjoint(PICTURES):
        repair_images(root, tags, base, changes)
    if not FRAMES.isdisjoint(tags):
        repair_frames(root, base, frame_hosts, changes)
        tags |= {"iframe", "a"}
    if not MEDIA.isdisjoint(tags):
        repair_media(root, base, changes)
    if "a" in tags:
        repair_links(root, base, changes)


def _lower_headings(root: Element, tags: set[str], changes: Counter[str]) -> None:
    """Leave the first level of headings to the page the body will stand on."""
    for heading in list(root.iter("h1")) if "h1" in tags else ():
        heading.tag = "h2"
        changes["heading-lowered"] += 1


def _markup(entry: ParsedEntry, changes: Counter[str]) -> str:
    body, kind = chosen_body(entry)
    if kind == "html" and "<![CDATA[" in body:
        body = _CDATA.sub("", body)
    body = bound(body, changes)
    if kind == "text":
        return _paragraphs(escape(body, quote=False))
    if "<" not in body:
        if not _ESCAPED_MARKUP.search(body):
            return _paragraphs(body)
        changes["escaped-markup"] += 1
        body = bound(unescape(body), changes)
    return body if _LINE_MARKUP.search(body) else _LINE_END.sub("<br><br>", body.strip())


def chosen_body(entry: ParsedEntry) -> tuple[str, TextType]:
    """What counts as the body of an entry, and what it is written in: its content, else its summary."""
    if entry.content is not None and entry.content.strip():
        return entry.content, entry.content_type
    return entry.summary or "", entry.summary_type


def _paragraphs(text: str) -> str:
    """Make a paragraph of every line."""
    return "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())
