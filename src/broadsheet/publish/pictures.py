"""The images that pages show of a post: found in its finished HTML, and shown from the paper's own copies."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from markupsafe import Markup, escape

from broadsheet.model import Image, ImageCopy, Post, SafeHtml
from broadsheet.publish.addresses import web_link

MOST = 500
"""Images of one post that copies are kept of."""

WIDEST = 2560
"""Pixels; of the sizes that a `srcset` offers, the widest up to here is kept."""

# What the sanitiser writes: attributes in double quotes, in which neither "<" nor ">" stands.
_TAG = re.compile(r"<(img|video) ([^<>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_CANDIDATE = re.compile(r"(\S+)(?: (\d+(?:\.\d+)?)([wx]))?")
_ADDRESS_OF = {"img": "src", "video": "poster"}
_LENGTH = re.compile(r"[1-9][0-9]{0,4}")

SMALL = 360
"""Pixels; an image that is narrower is not blown up to the width of its column."""

FOLDER = "img/"
"""Where the site has its copies, named as in the archive."""

TYPES = {"webp": "image/webp", "avif": "image/avif"}
"""The media types of variants, the smallest last."""


def picture_addresses(post: Post) -> tuple[str, ...]:
    """List the images that pages show of a post, each once: of its body, and the one that lists show."""
    found = dict.fromkeys(_addresses(post.html))
    shown = web_link(post.image.url) if post.image else None
    if shown:
        found[shown] = None
    return tuple(found)[:MOST]


def _addresses(html: SafeHtml) -> Iterator[str]:
    for tag in _TAG.finditer(html):
        address = _address_of(tag[1], dict(_ATTRIBUTE.findall(tag[2])))
        if address:
            yield address


def _address_of(element: str, attributes: dict[str, str]) -> str | None:
    """Name the image that is kept of an element: the best of the sizes it offers."""
    candidates = map(_CANDIDATE.fullmatch, unescape(attributes.get("srcset", "")).split(", "))
    offered = [_size(candidate) for candidate in candidates if candidate]
    if element == "img" and offered:
        return web_link(max(offered, key=lambda offer: (offer[0] <= WIDEST) * (1 + offer[0]))[1])
    return web_link(unescape(attributes.get(_ADDRESS_OF[element], "")))


def _size(candidate: re.Match[str]) -> tuple[float, str]:
    """Read how wide a candidate is; density counts as thousands of pixels."""
    number = float(candidate[2] or 1)
    return (number if candidate[3] == "w" else 1000 * number), candidate[1]


def with_copies(html: SafeHtml, copies: Mapping[str, ImageCopy], base: str, *, variants: bool = True) -> SafeHtml:
    """Show the copies in place of the images that they are of; the others stay as they are.

    `base` is the way to the top of the site, or its address. Without `variants` no `picture` is written.
    """

    def shown(tag: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(tag[2]))
        copy = copies.get(_address_of(tag[1], attributes) or "")
        if copy is None:
            return tag[0]
        if tag[1] == "video":
            return tag[0].replace(f' poster="{attributes["poster"]}"', f' poster="{_href(copy, base)}"')
        said = (attributes.get("width", ""), attributes.get("height", ""))
        return _element(copy, base, attributes.get("alt", ""), said, variants=variants)

    return SafeHtml(_TAG.sub(shown, html)) if copies else html


def picture(image: Image, copies: Mapping[str, ImageCopy], base: str) -> Markup:
    """Show an image of a list: from its copy, or from where it came."""
    address = web_link(image.url) or ""
    alt = str(escape(image.alt))
    said = (str(image.width or ""), str(image.height or ""))
    copy = copies.get(address)
    if copy is not None:
        return Markup(_element(copy, base, alt, said, variants=True))  # noqa: S704 (numbers and escaped texts)
    size = f' width="{said[0]}" height="{said[1]}"' if all(said) else ""
    attributes = f'src="{escape(address)}" alt="{alt}"{size}'
    return Markup(f'<img {attributes} loading="lazy" decoding="async" referrerpolicy="no-referrer">')  # noqa: S704


def copy_address(image: Image, copies: Mapping[str, ImageCopy], address: str) -> str | None:
    """Name the address of an image for machines: of its copy on the site at `address`, or its own."""
    original = web_link(image.url)
    copy = copies.get(original or "")
    return original if copy is None else _href(copy, address)


def _element(copy: ImageCopy, base: str, alt: str, said: tuple[str, str], *, variants: bool) -> str:
    """Write the element, with a size so that the page does not jump; `alt` is escaped."""
    width, height = _size_of(copy, *said)
    small = ' class="small"' if width < SMALL else ""
    what = f'src="{_href(copy, base)}" alt="{alt}" width="{width}" height="{height}"'
    image = f'<img{small} {what} loading="lazy" decoding="async">'
    kinds = [kind for kind in reversed(TYPES) if kind in copy.variants] if variants else []
    if not kinds:
        return image
    sources = "".join(f'<source type="{TYPES[kind]}" srcset="{_href(copy, base, kind)}">' for kind in kinds)
    return f"<picture>{sources}{image}</picture>"


def _size_of(copy: ImageCopy, width: str, height: str) -> tuple[int, int]:
    """The size that the outlet asked for, in the true proportions; else the true size."""
    if _LENGTH.fullmatch(width):
        return int(width), max(1, round(int(width) * copy.height / copy.width))
    if _LENGTH.fullmatch(height):
        return max(1, round(int(height) * copy.width / copy.height)), int(height)
    return copy.width, copy.height


def _href(copy: ImageCopy, base: str, kind: str = "") -> str:
    return f"{base}{FOLDER}{copy.path(kind)}"
