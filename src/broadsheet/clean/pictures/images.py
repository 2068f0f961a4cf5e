"""Pictures: the real one in place of its stand-in, the full one in place of its thumbnail, none that only counts."""

import re
from collections import Counter

from broadsheet.clean.dom import Element, attributes_of, first, make, remove, text_of, unwrap
from broadsheet.clean.links.addresses import absolute, is_image, same_site
from broadsheet.clean.pictures.srcset import largest, rebuilt
from broadsheet.clean.pictures.standins import find_pictures
from broadsheet.clean.tables import column
from broadsheet.model import Image

_LAZY_SOURCES = {name: place for place, name in enumerate(column("images", "src"))}
_LAZY_SETS = column("images", "srcset")
_PLACEHOLDER_FILES = frozenset(column("images", "placeholder-file"))
_PLACEHOLDERS = column("images", "placeholder")
_PIXELS = column("images", "pixel")
_PLAIN = frozenset(column("images", "plain"))

_IMAGE_VALUE = re.compile(r"\s*\S+\.(?:jpe?g|png|webp|gif|avif)(?:[?!@#]\S*)?\s*$", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top)\s*:\s*-\d{3,})", re.I)
_STYLED = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,4}(?:\.\d{1,3})?|\.\d{1,3})(px|r?em)?\s*(?:;|!|$)", re.I)
_EM = 16
_EMOJI = re.compile(
    r"(?:[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff]"
    r"|[\U0001f000-\U0001faff\ufe0f\u200d\U000e0020-\U000e007f]){1,12}"
)


def repair_images(root: Element, tags: set[str], base: str | None, changes: Counter[str]) -> None:
    """Give every picture its real address and size, and drop stand-ins and counting pixels."""
    find_pictures(root, tags, changes)
    for figure in list(root.iter("figure")) if "figure" in tags and "a" in tags else ():
        _link_picture_alone(figure)
    for image in list(root.iter("img")):
        _repair(image, base, changes)


def _link_picture_alone(figure: Element) -> None:
    """Put a link round a whole figure round its picture: the caption is no part of it."""
    link, images = _link_round(figure), list(figure.iter("img"))
    if link is None or len(images) != 1 or first(figure, "a") is not None or text_of(link) != text_of(figure):
        return
    (image,) = images
    inner = make("a")
    inner.attrib.update(link.attrib)
    inner.tail, image.tail = image.tail, None
    image.addprevious(inner)
    inner.append(image)
    unwrap(link)


def _repair(image: Element, base: str | None, changes: Counter[str]) -> None:
    written = attributes_of(image)
    if _is_emoji(written):
        image.tail = written["alt"] + (image.tail or "")
        changes["emoji-to-text"] += 1
        remove(image)
        return
    shown = written.get("src", "").lstrip()
    source = absolute(shown, base) if shown and shown[0] != "#" and not _is_placeholder(shown) else None
    real = _lazy_source(written, source, base) if not written.keys() <= _PLAIN else None
    if real is not None and real != source:
        changes["lazy-image"] += 1
        source = real
    offered = _offered(written)
    candidates = rebuilt(offered, base) if offered else ()
    if source is None and candidates:
        source = largest(candidates)
    width, height = _size(written)
    if source is None or _is_pixel(source, width, height) or (real is None and _is_hidden(written)):
        _drop(image, written, source, changes)
        return
    source = _full_source(image, source, base, changes)
    _write(image, source, written.get("alt", ""), candidates if real is None else (), (width, height))


def _is_emoji(written: dict[str, str]) -> bool:
    """Tell whether a picture stands for a character that it names."""
    alt = written.get("alt")
    if not alt or alt.isascii() or not _EMOJI.fullmatch(alt):
        return False
    return "emoji" in written.get("class", "") or "emoji" in written.get("src", "")


def _drop(image: Element, written: dict[str, str], source: str | None, changes: Counter[str]) -> None:
    if source is not None:
        changes["tracking-pixel"] += 1
    elif written.get("src", "").startswith("data:"):
        changes["data-image"] += 1
    else:
        changes["image-without-address"] += 1
    remove(image)


def _write(
    image: Element,
    source: str,
    alt: str,
    candidates: tuple[tuple[str, str], ...],
    size: tuple[int | None, int | None],
) -> None:
    """Write the attributes anew, in the order the sanitiser keeps."""
    image.attrib.clear()
    image.set("src", source)
    image.set("alt", " ".join(alt.split()))
    if len(candidates) > 1 and any(address == source for address, _ in candidates):
        image.set("srcset", ", ".join(f"{address} {descriptor}".rstrip() for address, descriptor in candidates))
    for name, length in zip(("width", "height"), size, strict=True):
        if length:
            image.set(name, str(length))
    image.set("loading", "lazy")
    image.set("referrerpolicy", "no-referrer")


def _offered(written: dict[str, str]) -> str:
    return next((written[name] for name in _LAZY_SETS if name in written), "") or written.get("srcset", "")


def _lazy_source(written: dict[str, str], source: str | None, base: str | None) -> str | None:
    """Find the address a lazy loader would show: by the name of its attribute, else by a picture's name in any."""
    for name in sorted(_LAZY_SOURCES.keys() & written.keys(), key=_LAZY_SOURCES.__getitem__):
        value = written[name]
        found = absolute(value, base) if not _is_placeholder(value) else None
        if found is not None:
            return found
    if source is not None:
        return None
    values = (
        value
        for name, value in written.items()
        if name not in _PLAIN and _IMAGE_VALUE.match(value) and not _is_placeholder(value)
    )
    return next((found for found in (absolute(value, base) for value in values) if found), None)


def _is_placeholder(address: str) -> bool:
    if address[:5] == "data:":
        return True
    address = address.lower()
    return address.rpartition("/")[2].partition("?")[0] in _PLACEHOLDER_FILES or _has_any(address, _PLACEHOLDERS)


def _has_any(address: str, parts: tuple[str, ...]) -> bool:
    for part in parts:  # noqa: SIM110  (a generator takes twice the time, here for every picture)
        if part in address:
            return True
    return False


def _is_pixel(source: str, width: int | None, height: int | None) -> bool:
    if (width is not None and width <= 2) or (height is not None and height <= 2):
        return True
    return _has_any(source, _PIXELS)


def _is_hidden(written: dict[str, str]) -> bool:
    """Tell whether nobody is meant to see a picture; a lazy one may be hidden until it is there."""
    return "hidden" in written or ("style" in written and _HIDDEN.search(written["style"]) is not None)


def _full_source(image: Element, source: str, base: str | None, changes: Counter[str]) -> str:
    """Prefer the picture that a link round the thumbnail leads to; a link to the same picture says nothing."""
    link = _link_round(image)
    if link is None or text_of(link).strip():
        return source
    target = absolute(link.get("href", ""), base)
    if target is None or not (target == source or (is_image(target) and same_site(target, source))):
        return source
    unwrap(link)
    changes["full-image"] += 1
    return _full_source(image, target, base, changes)  # links stand in links where a feed's markup is torn


def _link_round(image: Element) -> Element | None:
    """Find the link that holds a picture and no other element but what is wrapped round the picture."""
    inner, holder = image, image.getparent()
    while holder is not None and inner.getprevious() is None and inner.getnext() is None:
        if holder.tag == "a" and "href" in holder.attrib:
            return holder
        inner, holder = holder, holder.getparent()
    return None


def _size(written: dict[str, str]) -> tuple[int | None, int | None]:
    width = _length(written, "width", "data-rawwidth", "data-w", "data-width", "w")
    height = _length(written, "height", "data-rawheight", "data-height", "h")
    if width and not height and "data-ratio" in written:
        height = _by_ratio(width, written["data-ratio"])
    if "style" in written and not (width or height):
        styled = {name.lower(): _in_pixels(size, unit) for name, size, unit in _STYLED.findall(written["style"])}
        width, height = styled.get("width"), styled.get("height")
    return width, height


def _in_pixels(size: str, unit: str) -> int:
    """Give a length of CSS in pixels; an emoji is as high as a letter."""
    return round(float(size) * (_EM if unit.lower().endswith("em") else 1))


def _length(written: dict[str, str], *names: str) -> int | None:
    for name in names:
        if name in written:
            found = _LENGTH.match(written[name])
            if found:
                return int(found[1])
    return None


def _by_ratio(width: int, ratio: str) -> int | None:
    try:
        height = round(width * float(ratio))
    except (ValueError, OverflowError):
        return None
    return height if 0 < height < 100_000 else None


def images_of(root: Element) -> tuple[Image, ...]:
    """List the pictures of a finished tree in order, each with the caption of its figure."""
    return tuple(_described(image) for image in root.iter("img"))


def _described(image: Element) -> Image:
    caption = _caption_of(image)
    width, height = image.get("width"), image.get("height")
    return Image(
        url=image.get("src", ""),
        alt=image.get("alt", ""),
        caption=(" ".join(text_of(caption).split()) or None) if caption is not None else None,
        width=int(width) if width else None,
        height=int(height) if height else None,
    )


def _caption_of(image: Element) -> Element | None:
    holder = image.getparent()
    while holder is not None and holder.tag != "figure":
        holder = holder.getparent()
    return first(holder, "figcaption") if holder is not None else None
