"""The last step, and the only one trusted for safety: nothing else in the project makes `SafeHtml`."""

import re
from collections import Counter

import nh3

from broadsheet.clean.bounds import bound_shape, legible
from broadsheet.clean.dom import Element, serialise
from broadsheet.clean.embeds.frames import ALLOWED_FRAMES
from broadsheet.clean.links.addresses import host_of
from broadsheet.clean.pictures.srcset import rebuilt
from broadsheet.clean.tables import names
from broadsheet.model import SafeHtml

TAGS = names("allowed")
"""Every element a cleaned body may hold."""

ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "audio": {"src"},
    "iframe": {"src", "width", "height"},
    "img": {"src", "alt", "srcset", "width", "height"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"src", "poster", "width", "height"},
}
"""Every attribute that may come from outside, by element."""

FORCED = {
    "img": {"referrerpolicy": "no-referrer"},
    "audio": {"controls": ""},
    "video": {"controls": ""},
    "iframe": {"sandbox": "allow-scripts allow-same-origin allow-popups"},
}
"""Attributes that every such element carries; one each, for nh3 writes several in no fixed order."""

CALM = {
    "img": {"loading": {"lazy"}},
    "audio": {"preload": {"none"}},
    "video": {"preload": {"none"}},
    "iframe": {"loading": {"lazy"}, "referrerpolicy": {"strict-origin-when-cross-origin"}},
}
"""Attributes that may come from outside with these values only."""

SCHEMES = frozenset({"http", "https", "mailto"})

_CONTENT_REMOVED = names("removed")
_HOLLOW = re.compile(r"<i(?:mg(?![^<>]* src=\")[^<>]*>|frame(?![^<>]* src=\")[^<>]*>.*?</iframe>)", re.DOTALL)
_FRAME = re.compile(r"(<iframe [^<>]*>).*?</iframe>", re.DOTALL)
_EAGER = re.compile(r"<img(?![^<>]* loading=\")")
_EAGER_PLAYER = re.compile(r"<(audio|video)(?![^<>]* preload=\")")
_ROUNDS = 8


def _checked(element: str, attribute: str, value: str) -> str | None:
    """Refuse what nh3 itself would let pass: what is inside a srcset, and the host of a frame."""
    if attribute == "srcset":
        return ", ".join(f"{address} {descriptor}".rstrip() for address, descriptor in rebuilt(value, None)) or None
    if element == "iframe" and attribute == "src":
        return value if host_of(value) in ALLOWED_FRAMES else None
    if attribute == "poster":
        return value if host_of(value) else None
    return value


def _cleaner(tags: frozenset[str], *, checks: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes={"*": set()} | {tag: kept for tag, kept in ATTRIBUTES.items() if tag in tags},
        attribute_filter=_checked if checks else None,
        clean_content_tags=set(_CONTENT_REMOVED),
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel="noopener noreferrer",
        tag_attribute_values={tag: kept for tag, kept in CALM.items() if tag in tags},
        set_tag_attribute_values={tag: values for tag, values in FORCED.items() if tag in tags},
        strip_comments=True,
    )


_CHECKED_CLEANER = _cleaner(TAGS, checks=True)
_QUICK_CLEANER = _cleaner(TAGS - {"iframe", "video", "audio"}, checks=False)


def sanitise(markup: str) -> SafeHtml:
    """Reduce any text to markup that may go into a page: the elements, attributes and schemes above, nothing else.

    Cleaning the result again changes nothing. Whole subtrees of scripts, styles, vector graphics, formulas and form
    controls are removed; of other elements that are not allowed the content stays.
    """
    return _settled(legible(bound_shape(markup, Counter())))


def sanitise_tree(root: Element) -> SafeHtml:
    """Sanitise the content of a tree that was read from bounded markup."""
    markup = serialise(root)
    cleaned = _cleaner_for(markup).clean(markup)
    return SafeHtml(cleaned) if cleaned == markup else _settled(markup)


def _settled(markup: str) -> SafeHtml:
    for _ in range(_ROUNDS):
        cleaned = _once(markup)
        if cleaned == markup:
            return SafeHtml(cleaned)
        markup = cleaned
    return SafeHtml(nh3.clean_text(markup))


def _once(markup: str) -> str:
    cleaned = _cleaner_for(markup).clean(markup)
    if "<iframe" in cleaned:
        cleaned = _FRAME.sub(r"\1</iframe>", cleaned)
    if "<audio" in cleaned or "<video" in cleaned:
        cleaned = _EAGER_PLAYER.sub(r'<\1 preload="none"', cleaned)
    if "<img" in cleaned or "<iframe" in cleaned:
        return _EAGER.sub('<img loading="lazy"', _HOLLOW.sub("", cleaned))
    return cleaned


def _cleaner_for(markup: str) -> nh3.Cleaner:
    """Choose the quick cleaner where no value needs a closer look; what hides in capitals is seen next round."""
    if "srcset" in markup or "<iframe" in markup or "<video" in markup or "<audio" in markup:
        return _CHECKED_CLEANER
    return _QUICK_CLEANER
