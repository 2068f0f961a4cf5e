"""The visible text of cleaned markup: what every later span counts in."""

import re

from broadsheet.clean.tables import rows
from broadsheet.model import SafeHtml

_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_REFERENCES = (("&nbsp;", "\xa0"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
"""Every character reference the sanitiser writes; `&amp;` last."""

_SPACES = re.compile(r" {2,}")
_HELD = {"\n": "\x01", " ": "\x02", "\t": "\x03"}
_LINES = "|".join(name for row in rows("breaks") for name in row[1].split())
_INLINE = re.compile(rf"<(?!/?(?:{_LINES})[ >]|t[dh][ >])[^>]*>")
_CELL = re.compile(r"<t[dh](?: [^>]*)?>")
_LINE = re.compile(r"<[^>]*>")


def visible_text(html: SafeHtml) -> str:
    """Read the text a reader sees: blocks separated by one newline, cells of a row by a tab, white space folded.

    Lines carry no white space at their ends and none is empty; `pre` keeps its lines and its spaces.
    """
    if "<pre" in html:
        html = SafeHtml(_PRE.sub(lambda found: _held(found[0]), html))
    text = html.replace("\n", " ").replace("\t", " ").replace("</p><p>", "\n")  # most of the tags, in one go
    text = _INLINE.sub("", text)
    if "<t" in text:
        text = _CELL.sub("\t", text)
    text = _LINE.sub("\n", text)
    if "&" in text:
        for reference, character in _REFERENCES:
            text = text.replace(reference, character)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    lines = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return _released(lines) if "<pre" in html else lines


def _held(markup: str) -> str:
    for character, stand_in in _HELD.items():
        markup = markup.replace(character, stand_in)
    return markup


def _released(text: str) -> str:
    for character, stand_in in _HELD.items():
        text = text.replace(stand_in, character)
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())
