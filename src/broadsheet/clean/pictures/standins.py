"""Pictures that are written as something else, made `img` elements: twins, sources, backgrounds, other names."""

import re
from collections import Counter

from broadsheet.clean.dom import Element, first, make, parse, remove, unwrap

_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
_LONGEST = 1_000
_MISNAMED = ("image", "amp-img", "amp-anim")
PICTURES = frozenset({"img", *_MISNAMED})
"""The element, and the names some write it under (WHATWG HTML, section 13.2.6.4.7; AMP)."""


def show_backgrounds(root: Element, markup: str) -> bool:
    """Make a picture of each empty box that shows one behind nothing; tells whether `markup` may hold any."""
    if "background" not in markup:
        return False
    for box in list(root.iter("div", "section", "figure", "a")):
        found = _BACKGROUND.search(box.get("style", "")[:_LONGEST])
        if found and not len(box) and not (box.text or "").strip():
            picture = make("img")
            picture.set("src", found[1])
            picture.set("style", box.get("style", ""))
            box.text = None
            box.append(picture)
    return True


def find_pictures(root: Element, tags: set[str], changes: Counter[str]) -> None:
    """Bring every picture into its own element, once."""
    for misnamed in list(root.iter(*_MISNAMED)) if not tags.isdisjoint(_MISNAMED) else ():
        misnamed.tag, misnamed.text = "img", None
        for inner in list(misnamed):
            misnamed.remove(inner)
    for noscript in list(root.iter("noscript")) if "noscript" in tags else ():
        _resolve_twin(noscript, changes)
    for picture in list(root.iter("picture")) if "picture" in tags else ():
        _choose_source(picture)


def _resolve_twin(noscript: Element, changes: Counter[str]) -> None:
    """Use the picture a `noscript` holds for readers without scripts: it is the real one."""
    twin = first(noscript, "img")
    twin = _escaped_twin(noscript) if twin is None else twin
    if twin is None:
        return
    lazy = _stand_in(noscript, twin)
    if lazy is not None:
        for name, value in twin.attrib.items():
            lazy.set(name, value)
        remove(noscript)
    else:
        unwrap(noscript)
    changes["noscript-image"] += 1


def _escaped_twin(noscript: Element) -> Element | None:
    """Read the picture of a `noscript` whose content was escaped."""
    text = noscript.text or ""
    twin = first(parse(text), "img") if "<img" in text.lower() else None
    if twin is not None:
        noscript.text = twin.tail = None
        noscript.append(twin)
    return twin


def _stand_in(noscript: Element, twin: Element) -> Element | None:
    """Find the picture for which a `noscript` stands: the one before it, or one behind it that shows the same."""
    before, behind = noscript.getprevious(), noscript.getnext()
    found = first(before, "img") if before is not None and not (before.tail or "").strip() else None
    if found is not None or behind is None or (noscript.tail or "").strip():
        return found
    found = first(behind, "img")
    return found if found is not None and twin.get("src") in found.attrib.values() else None


def _choose_source(picture: Element) -> None:
    """Reduce a `picture` to its `img`, with the widest source where the `img` names none."""
    image = next(picture.iter("img"), None)
    for source in list(picture.iter("source")):
        offered = source.get("srcset") or source.get("data-srcset")
        if image is not None and offered and not (image.get("src") or image.get("srcset")):
            image.set("srcset", offered)
        remove(source)
    unwrap(picture)
