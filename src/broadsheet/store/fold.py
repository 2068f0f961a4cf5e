"""One way to read text, for the index and for questions: fold it, then split it into words.

Folded text is NFKC with case and Latin, Greek and Cyrillic accents gone. The scripts written with spaces (Latin,
Greek, Cyrillic, Hebrew, Arabic, ...) stand before U+0800; every character beyond is a word of its own, so that a
Chinese name is found as a run of words, whatever a dictionary says. A stop ends a run: no phrase is found across two
sentences.
"""

import re
from unicodedata import is_normalized, normalize

STOP = "。"
_STOPS = "，、；！？\n"
_FULL_WIDTH = tuple((mark, normalize("NFKC", mark)) for mark in "：（）％～＋－／　")
_ACCENTED = re.compile("[\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]")
_ACCENT = re.compile("[\u0300-\u036f]")
# In the scripts of India and south-east Asia (U+0900-109F, Khmer) marks are vowels, not decoration.
_MARK = re.compile(rf"[^\w\x00-\x7f{STOP}\u0900-\u109f\u1780-\u17ff]")

SPACED = "[0-9A-Za-z\x80-\u07ff]"
"""A character of a word that stands between spaces, in folded text (a class for patterns)."""

BETWEEN = r"[\x00-/:-@\[-`{-\x7f]"
"""A character that belongs to no word, in folded text (a class for patterns)."""

_NOTHING = "\x80"  # never in folded text
_SPACE_OR_NOTHING = bytes(ord(_NOTHING if high < 8 else " ") for high in range(256))  # by high byte: from U+0800 on
_WORD = re.compile(f"[^\x00-\u07ff]|{SPACED}+")


def fold(text: str) -> str:
    """Bring text to the form in which it is compared."""
    for stop in _STOPS:
        text = text.replace(stop, STOP)
    # Chinese news is full of these; without them most texts are already NFKC, which is quick to tell.
    for wide, narrow in _FULL_WIDTH:
        text = text.replace(wide, narrow)
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    text = text.casefold()
    if _ACCENTED.search(text):
        text = normalize("NFC", _ACCENT.sub("", normalize("NFD", text)))
    return _MARK.sub(" ", text)


def split(folded: str) -> str:
    """Write folded text with a space between words, as the index takes it."""
    units = folded.encode("utf-16-le")
    if len(units) > 2 * len(folded):
        return " ".join(_WORD.findall(folded))
    # Every character gets a place on both sides, a space where it is a word: a pattern takes twice as long.
    high = units[1::2]
    spaces = high.translate(_SPACE_OR_NOTHING)
    spread = bytearray(3 * len(units))
    spread[0::6] = spread[4::6] = spaces
    spread[2::6], spread[3::6] = units[0::2], high
    return spread.decode("utf-16-le").replace(_NOTHING, "")


def words(text: str) -> list[str]:
    """The words of a text in order, stops among them."""
    return _WORD.findall(fold(text))
