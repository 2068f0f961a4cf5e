"""Pictures that stand alone become figures, and the line below one becomes its caption."""

import re
from collections import Counter
from itertools import islice

from broadsheet.clean.dom import Element, first, make, tags_in, text_of
from broadsheet.clean.tables import column

_LONGEST = 60
_LONGEST_PLAIN = 40
_LONGEST_NAMED = 300
_NAMED = re.compile(r"caption|img[-_]?desc|(?:image|photo|picture)[-_]?(?:desc|credit|legend|text)", re.IGNORECASE)
_CREDIT = re.compile("|".join(column("captions", "credit")), re.IGNORECASE)
_HEADING = re.compile("|".join(column("captions", "heading")), re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？；…：:;!?]|\.(?:\s|$)")
_CENTRED = re.compile(r"text-align\s*:\s*(?:-webkit-)?center", re.IGNORECASE)
_NOT_IN_CAPTION = frozenset({"img", "video", "audio", "iframe", "table", "ul", "ol", "pre", "blockquote"})


def make_figures(root: Element, changes: Counter[str]) -> None:
    """Turn each lone picture into a figure, with the caption that follows it where one does."""
    for image in list(root.iter("img")):
        block = _block_of(image, root)
        figure = _as_figure(block, changes) if block is not None else None
        if figure is not None and first(figure, "figcaption") is None:
            _take_caption(figure, changes)


def _block_of(image: Element, root: Element) -> Element | None:
    """Find the block of the body that a picture stands in."""
    block, holder = image, image.getparent()
    while holder is not None and holder is not root:
        block, holder = holder, holder.getparent()
    return block if holder is root else None


def _as_figure(block: Element, changes: Counter[str]) -> Element | None:
    if block.tag == "figure":
        return block
    if block.tag != "p":
        return None
    if block.text and block.text.strip():
        return None
    images = list(islice(block.iter("img"), 2))  # a block may hold thousands, and this is asked for each
    if len(images) != 1:
        return None
    if not text_of(block).strip():
        block.tag = "figure"
        return block
    return _split_below(block, images[0], changes)


def _split_below(block: Element, image: Element, changes: Counter[str]) -> Element | None:
    """Read `<p><img><br>a short line</p>` as a figure with a caption, and `<p><img>a credit</p>`."""
    head = block[0]
    if head is image and head.tail and (_CREDIT.match(head.tail.strip()) or head.tail.strip() == image.get("alt")):
        line = make("br")
        line.tail, head.tail = head.tail, None
        head.addnext(line)
    after = head.getnext()
    holds = head is image or (head.tag == "a" and next(head.iter("img"), None) is image)
    if not holds or after is None or after.tag != "br" or (head.tail or "").strip() or text_of(head).strip():
        return None
    text = text_of(block).strip()
    if len(text) > _LONGEST or not (_is_centred(block) or _CREDIT.match(text) or text == image.get("alt")):
        return None
    caption = make("figcaption", after.tail)
    caption.extend(list(after.itersiblings()))
    block.remove(after)
    block.append(caption)
    head.tail = None
    block.tag = "figure"
    changes["caption"] += 1
    return block


def _take_caption(figure: Element, changes: Counter[str]) -> None:
    line = figure.getnext()
    if line is None or line.tag != "p" or not _NOT_IN_CAPTION.isdisjoint(tags_in(line)):
        return
    text = " ".join(text_of(line).split())
    named = is_named_caption(line) and len(text) <= _LONGEST_NAMED
    if not text or not (named or (len(text) <= _LONGEST and _is_caption(line, text, figure.getprevious()))):
        return
    line.tag = "figcaption"
    line.tail = None
    figure.append(line)
    changes["caption"] += 1


def _is_caption(line: Element, text: str, before: Element | None) -> bool:
    if _CREDIT.match(text):
        return True
    if _HEADING.match(text) or _is_all_strong(line):
        return False
    if _is_centred(line):
        return True
    return _is_plain_line(line, text) and not _captions_stand_above(before, line)


def is_named_caption(line: Element) -> bool:
    """Tell whether a class says that an element is a caption, as in `wp-caption-text` and `img_descr`."""
    return _NAMED.search(line.get("class", "")) is not None


def _is_plain_line(line: Element, text: str) -> bool:
    """Tell whether a line is too short and too open-ended to be a paragraph of the article."""
    return line.tag == "p" and len(text) <= _LONGEST_PLAIN and _SENTENCE.search(text) is None


def _captions_stand_above(before: Element | None, line: Element) -> bool:
    """Tell whether the lines here stand above their pictures: one did before, and a picture follows this one."""
    after = line.getnext()
    if before is None or before.tag != "p" or (after is not None and first(after, "img") is None):
        return False
    return _is_plain_line(before, " ".join(text_of(before).split()))


def _is_centred(block: Element) -> bool:
    return block.get("align") == "center" or _CENTRED.search(block.get("style", "")) is not None


def _is_all_strong(line: Element) -> bool:
    return (
        len(line) == 1
        and line[0].tag in ("strong", "b")
        and not (line.text or "").strip()
        and not (line[0].tail or "").strip()
    )
