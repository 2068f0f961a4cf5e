"""The article inside a page: found by a library that suits the page's script."""

import re
from collections import Counter

from lxml.html import HtmlElement

from broadsheet.clean.dom import Element, make, parse, remove, serialise, text_of

_SPACELESS = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHARE = 4
_STAND_IN = "https://picture.invalid/{}.jpg"
_NUMBER = re.compile(r"https://picture\.invalid/(\d{1,6})\.jpg")
_LINKED = 0.6
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def extract(body: HtmlElement, changes: Counter[str]) -> str:
    """Find the article in the body of a page, as markup; empty where there is none. The tree is spent."""
    name, finder = ("readability", _by_readability) if _is_spaceless(body) else ("trafilatura", _by_trafilatura)
    try:
        found = finder(body)
    except Exception:  # whatever a stranger's page does to a library's code, the feed's own text is there
        changes["extractor-failed"] += 1
        return ""
    changes[f"extracted-by-{name}"] += 1
    return _without_last_links(found, changes) if found else ""


def _is_spaceless(body: HtmlElement) -> bool:
    """Tell whether a page is in a script that is written without spaces, on which counts of words are of no use."""
    text = body.text_content()
    letters = sum(map(len, _LETTERS.findall(text)))
    return _SHARE * sum(map(len, _SPACELESS.findall(text))) > letters


def _by_readability(body: HtmlElement) -> str:
    from readability import Document  # type: ignore[import-untyped]  # only here: no poll needs it

    return str(Document(body.getroottree().getroot()).summary(html_partial=True, keep_all_images=True))


def _by_trafilatura(body: HtmlElement) -> str:
    from trafilatura import extract as find  # only here: no poll needs it

    figures = _hold_pictures(body)
    found = find(
        body.getroottree().getroot(),
        fast=True,
        output_format="html",
        include_comments=False,
        include_images=True,
        include_links=True,
        include_formatting=True,
    )
    return _with_pictures(parse(found), figures) if found else ""


def _hold_pictures(body: HtmlElement) -> list[Element]:
    """Give every picture a plain address of its own: this extractor drops those that do not look like files."""
    figures: list[Element] = []
    for number, image in enumerate(list(body.iter("img"))):
        figure = make("figure")
        picture = make("img")
        for name, value in image.items():
            picture.set(str(name), str(value))
        figure.append(picture)
        if caption := _caption_of(image):
            figure.append(make("figcaption", caption))
        figures.append(figure)
        image.set("src", _STAND_IN.format(number))
    return figures


def _caption_of(image: Element) -> str:
    for holder in image.iterancestors("figure"):
        return " ".join(" ".join(text_of(caption) for caption in holder.iter("figcaption")).split())
    return ""


def _with_pictures(root: Element, figures: list[Element]) -> str:
    for image in list(root.iter("img")):
        found = _NUMBER.fullmatch(image.get("src", ""))
        if found is None or int(found[1]) >= len(figures):
            remove(image)
            continue
        figure = figures[int(found[1])]
        figure.tail, image.tail = image.tail, None
        image.addprevious(figure)
        remove(image)
    return serialise(root)


def _without_last_links(markup: str, changes: Counter[str]) -> str:
    """Take off the end what mostly consists of links, and headings that nothing follows any more."""
    root = parse(markup)
    holder = root
    while len(holder) == 1 and not (holder.text or "").strip():
        holder = holder[0]
    while len(holder) > 1 and not (holder[-1].tail or "").strip() and _leads_away(holder[-1]):
        changes["links-behind"] += 1
        remove(holder[-1])
    return serialise(root)


def _leads_away(block: Element) -> bool:
    text = len(text_of(block).strip())
    if block.tag in _HEADINGS or (not text and next(block.iter("img"), None) is None):
        return True
    return sum(len(text_of(link).strip()) for link in block.iter("a")) > _LINKED * text > 0
