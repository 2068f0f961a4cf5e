"""Frames: known players stay, in a sandbox; any other foreign page becomes a link to it."""

import re
from collections import Counter
from urllib.parse import urlsplit

from broadsheet.clean.dom import Element, make, remove, unwrap
from broadsheet.clean.links.addresses import absolute, host_of, under
from broadsheet.clean.tables import column

ALLOWED_FRAMES = frozenset(column("frames", "allow"))
_ADVERTS = column("frames", "advert")
_SOURCES = ("data-src", "data-lazy-src", "src", "data")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*1px", re.IGNORECASE)
_YOUTUBE = re.compile(r"https?://(?:www\.)?youtube\.com/embed/", re.IGNORECASE)
FRAMES = frozenset({"iframe", "embed", "object", "frame"})


def repair_frames(root: Element, base: str | None, allowed: frozenset[str], changes: Counter[str]) -> None:
    """Keep the frames of allowed hosts, drop advertisements, turn the rest into links."""
    for frame in list(root.iter(*FRAMES)):
        if next(frame.iterancestors(*FRAMES), None) is None:
            _repair(frame, base, allowed, changes)


def _repair(frame: Element, base: str | None, allowed: frozenset[str], changes: Counter[str]) -> None:
    address = _address(frame, base)
    if address is None and frame.tag == "object":
        unwrap(frame)  # what it holds for browsers that cannot show it is all there is
        return
    if address is None or any(under(host_of(address), host) for host in _ADVERTS) or _is_hidden(frame):
        changes["frame-removed"] += 1
        remove(frame)
    elif host_of(address) in allowed and frame.tag in ("iframe", "embed"):
        _keep(frame, address)
    else:
        changes["frame-to-link"] += 1
        _replace_by_link(frame, address)


def _address(frame: Element, base: str | None) -> str | None:
    found = (absolute(frame.get(name, ""), base) for name in _SOURCES if frame.get(name))
    address = next((address for address in found if address is not None and host_of(address)), None)
    return _YOUTUBE.sub("https://www.youtube-nocookie.com/embed/", address) if address else None


def _is_hidden(frame: Element) -> bool:
    return (
        frame.get("width") in ("0", "1")
        or frame.get("height") in ("0", "1")
        or _HIDDEN.search(frame.get("style", "")) is not None
    )


def _keep(frame: Element, address: str) -> None:
    kept = [(name, frame.get(name, "")) for name in ("width", "height")]
    frame.text = None
    frame.tag = "iframe"
    frame.attrib.clear()
    frame.set("src", address)
    for name, length in kept:
        if length.isdecimal() and length.isascii():
            frame.set(name, length)
    frame.set("loading", "lazy")
    frame.set("referrerpolicy", "strict-origin-when-cross-origin")


def _replace_by_link(frame: Element, address: str) -> None:
    """Put a link that shows where it leads in the frame's place, behind a link the frame was inside of."""
    parts = urlsplit(address)
    link = make("a", f"{parts.netloc}{parts.path}".rstrip("/"))
    link.set("href", address)
    holder = next(frame.iterancestors("a"), None)
    place = frame if holder is None else holder
    link.tail, place.tail = place.tail, None
    place.addnext(link)
    remove(frame)
