"""One way to read text, for the index and for questions: fold it, then split it into words.

Folded text is NFKC with case and Latin, Greek and Cyrillic accents gone; one form of a Chinese character stands for
all, simplified and traditional; the commas of 1,299 are gone. The scripts written with spaces (Latin, Greek,
Cyrillic, Hebrew, Arabic, ...) stand before U+0800, and a word of theirs ends between digits and Latin letters, too
(iPhone17 is two); every character beyond is a word of its own, so that a Chinese name is found as a run of words,
whatever a dictionary says. A stop ends a run: no phrase is found across two sentences.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import is_normalized, normalize

STOP = "。"
_STOPS = "，、；！？\n"
_FULL_WIDTH = tuple((mark, normalize("NFKC", mark)) for mark in "：（）％～＋－／　")
_ACCENTED = re.compile("[\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]")
_ACCENT = re.compile("[\u0300-\u036f]")
# In the scripts of India and south-east Asia (U+0900-109F, Khmer) marks are vowels, not decoration.
_MARK = re.compile(rf"[^\w\x00-\x7f{STOP}\u0900-\u109f\u1780-\u17ff]")

THOUSANDS = re.compile("(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")

SPACED = "[0-9A-Za-z\x80-\u07ff]"
"""A character of a word that stands between spaces, in folded text (a class for patterns)."""

BETWEEN = r"[\x00-/:-@\[-`{-\x7f]"
"""A character that belongs to no word, in folded text (a class for patterns)."""

_NOTHING = "\x80"  # never in folded text
_SPACE_OR_NOTHING = bytes(ord(_NOTHING if high < 8 else " ") for high in range(256))  # by high byte: from U+0800 on
_KINDS = bytes(1 if 48 <= byte <= 57 else 2 if byte < 128 and chr(byte).isalpha() else 0 for byte in range(256))
_JOINTS = (b"\1\2", b"\2\1")  # of kinds: a digit before a letter, and the other way round
_JOINT = re.compile("(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])")
_WORD = re.compile(f"[^\x00-\u07ff]|{SPACED}+")
_VARIANTS = Path(__file__).parent / "data" / "variants.txt"


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
    if "," in text:
        text = THOUSANDS.sub(_without_commas, text)
    return _MARK.sub(" ", _one_form(text))


def _without_commas(number: re.Match[str]) -> str:
    return number[0].replace(",", "")


def _one_form(text: str) -> str:
    """Write each Chinese character in the form that stands for all its forms; most texts hold no other."""
    if text.isascii():
        return text
    forms, other = _readings()
    for form in set(other.findall(text)):
        text = text.replace(form, forms[ord(form)])
    # A class that reaches beyond the BMP would be searched a hundred times as slowly.
    return text.translate(forms) if _BEYOND_BMP.search(text) else text


@cache
def _readings() -> tuple[dict[int, str], re.Pattern[str]]:
    """What each form is read as, and a pattern of those in the BMP."""
    read_as = {ord(form): one for one, others in _others().items() for form in others}
    return read_as, re.compile(f"[{''.join(chr(form) for form in read_as if form <= 0xFFFF)}]")


@cache
def _others() -> dict[str, str]:
    """The other forms of each character that stands for all."""
    lines = _VARIANTS.read_text("utf-8").splitlines()
    return {line[0]: line[1:] for line in lines if not line.startswith("#")}


def forms(char: str) -> str:
    """All characters that fold to this one, itself first: other stops, simplified and traditional forms."""
    return char + (_STOPS if char == STOP else _others().get(char, ""))


def split(folded: str) -> str:
    """Write folded text with a space between words, as the index takes it."""
    units = folded.encode("utf-16-le")
    if len(units) > 2 * len(folded):
        return " ".join(_words(folded))
    # Every character gets a place on both sides, a space where it is a word: a pattern takes twice as long.
    high = units[1::2]
    spaces = high.translate(_SPACE_OR_NOTHING)
    spread = bytearray(3 * len(units))
    spread[0::6] = spread[4::6] = spaces
    spread[2::6], spread[3::6] = units[0::2], high
    for place in _joints(folded):
        spread[6 * place + 4] = ord(" ")
    return spread.decode("utf-16-le").replace(_NOTHING, "")


def _joints(folded: str) -> Iterator[int]:
    """The characters after which a word ends between digits and Latin letters."""
    kinds = folded.encode("ascii", "replace").translate(_KINDS)
    for joint in _JOINTS:
        place = kinds.find(joint)
        while place >= 0:
            yield place
            place = kinds.find(joint, place + 1)


def words(text: str) -> list[str]:
    """The words of a text in order, stops among them."""
    return _words(fold(text))


def _words(folded: str) -> list[str]:
    return _WORD.findall(_JOINT.sub(" ", folded))
