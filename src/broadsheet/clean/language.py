"""The language a text is in, as far as its script and its commonest words give it away."""

import re
from functools import lru_cache

from broadsheet.clean.tables import rows

_SAMPLE = 240
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_KANA = re.compile(r"[\u3041-\u309f\u30a0-\u30ff]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_HANGUL = re.compile(r"[\uac00-\ud7af]+")
_LATIN_WORD = re.compile(r"[a-z\u00df-\u024f]+")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]+")
_SCRIPTS = tuple((row[1], re.compile(f"[{row[2]}]+")) for row in rows("languages") if row[0] == "script")
_WORDS = {row[1]: frozenset(row[2].split()) for row in rows("languages") if row[0] == "words"}
_VARIANTS = {row[1]: frozenset(row[2]) for row in rows("languages") if row[0] == "characters"}


def language_of(stated: str | None, text: str) -> str | None:
    """Name the language (BCP 47): the one stated where that is a tag, else the one the text shows, else None."""
    return (_normal(stated) if stated else None) or detect(text[:_SAMPLE])


@lru_cache(maxsize=256)
def _normal(tag: str) -> str | None:
    """Write a tag the usual way: zh-CN, zh-Hans, en; None for what is no tag."""
    if not _TAG.fullmatch(tag.strip()):
        return None
    first, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def detect(text: str) -> str | None:
    """Name the language of a text by its script, or by its commonest words where many languages share the script."""
    han, kana, latin = _count(_HAN, text), _count(_KANA, text), _count(_LATIN, text)
    if kana > 3 and kana * 8 > han:
        return "ja"
    if han * 3 > latin and han > 1:
        return _chinese(text)
    if _count(_HANGUL, text) * 3 > latin:
        return "ko" if _HANGUL.search(text) else None
    for language, letters in _SCRIPTS:
        if _count(letters, text) * 2 > max(latin, 6):
            return language
    return _by_words(text) if latin > 20 else None


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def _chinese(text: str) -> str:
    characters = frozenset(text)
    simplified, traditional = len(characters & _VARIANTS["zh-Hans"]), len(characters & _VARIANTS["zh-Hant"])
    if simplified > 3 * traditional + 1:
        return "zh-Hans"
    if traditional > 3 * simplified + 1:
        return "zh-Hant"
    return "zh"


def _by_words(text: str) -> str | None:
    words = _LATIN_WORD.findall(text.lower())
    counts = sorted(
        ((sum(word in known for word in words), language) for language, known in _WORDS.items()), reverse=True
    )
    (most, language), (second, _) = counts[:2]
    return language if most >= 2 and most > 1.5 * second else None
