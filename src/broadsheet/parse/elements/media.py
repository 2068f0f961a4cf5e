"""Attached files and pictures: RSS enclosures, Media RSS, iTunes."""

from typing import Final

from lxml.etree import _Element

from broadsheet.model import Enclosure
from broadsheet.parse.elements.draft import Draft
from broadsheet.parse.elements.scope import Scope
from broadsheet.parse.elements.textual import plain, read_text
from broadsheet.parse.names import canonical
from broadsheet.parse.values.addresses import resolve

_PICTURE_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_SUMMARY_RANK: Final = 6
_TITLE_RANK: Final = 4


def whole_number(text: str | None) -> int | None:
    """Read a number that is not negative, or None."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def is_picture(url: str, kind: str | None, medium: str | None = None) -> bool:
    """Tell whether a file is a picture: by what the feed says of it, else by the ending of its address."""
    if medium or kind:
        return medium == "image" or (kind or "").startswith("image/")
    return url.partition("?")[0].lower().endswith(_PICTURE_ENDINGS)


def read_enclosure(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read RSS's `enclosure`; some feeds write `href`, or the address as text."""
    given = element.get("url") or element.get("href") or plain(element)
    url = resolve(scope.enter(element).base, given)
    if url:
        length = whole_number(element.get("length"))
        draft.enclosures.append(Enclosure(url=url, type=element.get("type") or None, length=length))


def read_media_content(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read `media:content`: a picture, or a file to attach; its thumbnails are pictures of the entry."""
    url = resolve(scope.enter(element).base, element.get("url"))
    kind, medium = element.get("type"), element.get("medium")
    picture = url is not None and is_picture(url, kind, medium)
    if url and picture:
        draft.images.append(url)
    elif url:
        draft.enclosures.append(Enclosure(url=url, type=kind, length=whole_number(element.get("fileSize"))))
    for child in element:
        if not (picture and canonical(child.tag, scope.own) == "media:title"):
            _read_part(child, draft, scope)  # a picture's title, often its author's name, is not the entry's


def _read_part(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read what stands in `media:content` or `media:group` beside files: it serves where the entry says none."""
    name = canonical(element.tag, scope.own)
    if name == "media:thumbnail":
        read_thumbnail(element, draft, scope)
    elif name == "media:description":
        draft.say_text("summary", _SUMMARY_RANK, read_text(element, scope, markup=False))
    elif name == "media:title":
        draft.say_text("title", _TITLE_RANK, read_text(element, scope, markup=False))


def read_thumbnail(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read `media:thumbnail`."""
    url = resolve(scope.enter(element).base, element.get("url") or plain(element))
    if url:
        draft.images.append(url)


def read_media_group(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read `media:group`: forms of one thing, with a title and a description that serve where the entry has none."""
    for child in element:
        name = canonical(child.tag, scope.own)
        if name == "media:content":
            read_media_content(child, draft, scope)
        elif name == "media:group":
            read_media_group(child, draft, scope)
        else:
            _read_part(child, draft, scope)


def read_itunes_image(element: _Element, draft: Draft, scope: Scope) -> None:
    """Read `itunes:image` of an episode."""
    url = read_picture(element, scope)
    if url:
        draft.images.append(url)


def read_picture(element: _Element, scope: Scope) -> str | None:
    """Give the address in any of the places where an image element may hold it."""
    for child in element:
        if canonical(child.tag, scope.own).rpartition(":")[2] == "url":
            return resolve(scope.enter(child).base, plain(child))
    given = element.get("href") or element.get("url") or element.get(_RESOURCE) or plain(element)
    return resolve(scope.enter(element).base, given)


_RESOURCE: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
