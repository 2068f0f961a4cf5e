"""One entry, cleaned: the order of the repairs is here, each repair in its own module."""

import re
from collections import Counter
from hashlib import blake2b
from html import escape, unescape

from lxml import etree
from msgspec import Struct

from broadsheet.clean.addresses import absolute
from broadsheet.clean.bounds import bound, keep_bracketed_text
from broadsheet.clean.captions import make_figures
from broadsheet.clean.dom import LATE_VOID, Element, close_late_voids, parse
from broadsheet.clean.edges import tidy
from broadsheet.clean.formulas import write_formulas
from broadsheet.clean.frames import ALLOWED_FRAMES, FRAMES, repair_frames
from broadsheet.clean.furniture import remove_boxes, remove_first_line, remove_last_lines
from broadsheet.clean.images import PICTURES, images_of, repair_images
from broadsheet.clean.language import language_of
from broadsheet.clean.links import repair_address, repair_links
from broadsheet.clean.media import MEDIA, repair_media
from broadsheet.clean.paragraphs import drop_meaningless, settle
from broadsheet.clean.parts import PARTS, repair_parts
from broadsheet.clean.sanitise import sanitise_tree
from broadsheet.clean.summary import summarise
from broadsheet.clean.text import visible_text
from broadsheet.clean.titles import drop_repeated_title, plain, title_from
from broadsheet.model import CleanEntry, Image, ParsedEntry, SafeHtml, TextType


class CleanOptions(Struct, frozen=True, kw_only=True):
    """What an owner may choose: which of the known players (`data/frames.tsv`) stay frames; others become links."""

    frame_hosts: frozenset[str] = ALLOWED_FRAMES


DEFAULTS = CleanOptions()


_TAG = re.compile(r"<[a-zA-Z]")
_LINE_MARKUP = re.compile(r"<(?:p|br|table|ul|ol|li|h[1-6]|dl|pre|blockquote|figure)\b", re.IGNORECASE)
_LINE_END = re.compile(r"(?<=\S)(?<!div>)[^\S\n]*+\n\s*+(?![a-z]|</)")
_ESCAPED_MARKUP = re.compile(r"&lt;(?:p|br|div|img|a|ul|h[1-6])\b[^<>]{0,500}?&gt;", re.IGNORECASE)
_PRESENTATION = ("style", "class", "id", "align", "target", "dir", "lang", "border", "cellspacing", "cellpadding")


def clean_entry(entry: ParsedEntry, base_url: str | None = None, options: CleanOptions = DEFAULTS) -> CleanEntry:
    """Repair, sanitise and read one entry.

    Its body is its content, else its summary; relative addresses are resolved against the entry's own base, else
    `base_url`, else its link. Never raises, whatever the text; each repair and removal is counted in `changes`.
    """
    changes: Counter[str] = Counter()
    title = plain(entry.title, entry.title_type)
    base = entry.base_url or base_url or entry.link
    root = _body(entry, title, base, options, changes)
    images = images_of(root)
    html = sanitise_tree(root)
    text = visible_text(html)
    link = _link(entry.link, base, changes)
    language = language_of(entry.language, f"{title}\n{text}" if text else title)
    title = title or title_from(text, link, language)
    return CleanEntry(
        title=title,
        html=html,
        text=f"{title}\n{text}",
        summary=summarise(_own_summary(entry), title, text),
        link=link,
        language=language,
        image=_lead(images, entry, base),
        images=images,
        changes=dict(sorted(changes.items())),
    )


def _body(entry: ParsedEntry, title: str, base: str | None, options: CleanOptions, changes: Counter[str]) -> Element:
    """Repair the body, in the order in which the repairs need each other."""
    markup = _markup(entry, changes)
    root = parse(markup)
    elements = list(root.iter())  # held, so that lxml need not make its proxies again in every pass
    tags = {str(element.tag) for element in elements}
    if not tags.isdisjoint(LATE_VOID):
        close_late_voids(root)
    remove_boxes(root, markup, changes)
    if "math" in tags:
        write_formulas(root, changes)
    _repair(root, tags, base, options, changes)
    drop_meaningless(root, tags, changes)
    if not PARTS.isdisjoint(tags):
        repair_parts(root)
        tags.add("div")
    root = settle(root, tags, changes)
    tidy(root, changes)
    while drop_repeated_title(root, title, changes) or remove_first_line(root, changes):
        pass
    remove_last_lines(root, changes)
    if not tags.isdisjoint(PICTURES):
        make_figures(root, changes)
    etree.strip_attributes(root, *_PRESENTATION)
    return root


def _repair(root: Element, tags: set[str], base: str | None, options: CleanOptions, changes: Counter[str]) -> None:
    """Repair what has an address: pictures, frames, players, links."""
    if not tags.isdisjoint(PICTURES):
        repair_images(root, tags, base, changes)
    if not FRAMES.isdisjoint(tags):
        repair_frames(root, base, options.frame_hosts, changes)
        tags |= {"iframe", "a"}
    if not MEDIA.isdisjoint(tags):
        repair_media(root, base, changes)
    if "a" in tags:
        repair_links(root, base, changes)


def _markup(entry: ParsedEntry, changes: Counter[str]) -> str:
    body, kind = _chosen(entry)
    body = bound(body, changes)
    if kind == "text" or "<" not in body:
        return _from_lines(body, kind, changes)
    body = keep_bracketed_text(body, changes)
    return body if _LINE_MARKUP.search(body) else _LINE_END.sub("<br><br>", body.strip())


def _chosen(entry: ParsedEntry) -> tuple[str, TextType]:
    if entry.content is not None and entry.content.strip():
        return entry.content, entry.content_type
    return entry.summary or "", entry.summary_type


def _from_lines(body: str, kind: TextType, changes: Counter[str]) -> str:
    """Read text without tags: its lines are paragraphs; markup that was escaped twice is markup."""
    if kind == "text":
        body = escape(body, quote=False)
    elif _ESCAPED_MARKUP.search(body):
        changes["escaped-markup"] += 1
        return keep_bracketed_text(unescape(body), changes)
    return "".join(f"<p>{line}</p>" for line in body.split("\n") if line.strip())


def _link(link: str | None, base: str | None, changes: Counter[str]) -> str | None:
    return repair_address(link, base, changes)[0] if link else None


def _own_summary(entry: ParsedEntry) -> str:
    """Read the feed's own summary; one that is the body itself says nothing more."""
    if not entry.summary or not (entry.content and entry.content.strip()):
        return ""
    return plain(entry.summary, entry.summary_type)


def _lead(images: tuple[Image, ...], entry: ParsedEntry, base: str | None) -> Image | None:
    """Choose the picture to lead with: the first of the body, else one the feed names."""
    for image in images:
        if min(image.width or 1_000, image.height or 1_000) >= 60:
            return image
    named = [
        *entry.images,
        *(enclosure.url for enclosure in entry.enclosures if (enclosure.type or "").startswith("image/")),
    ]
    return next((Image(url=address) for address in (absolute(name, base) for name in named) if address), None)


def post_digest(clean: CleanEntry) -> str:
    """Digest what a reader sees (title, body, link): 32 hex digits of BLAKE2b; trivial changes leave it as it is."""
    seen = "\0".join((clean.title, " ".join(SafeHtml(clean.html).split()), clean.link or ""))
    return blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
