"""The language a text is in, as far as its script and its commonest words give it away."""

import re
from functools import lru_cache

from broadsheet.clean.tables import rows

_SAMPLE = 240
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_KANA = re.compile(r"[\u3041-\u309f\u30a0-\u30ff]+")
_LATIN_WORD = re.compile(r"[a-z\u00df-\u024f]+")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]+")
_KANA_ROW = 0x30
_NOT_HAN = bytes(row for row in range(256) if not 0x34 <= row <= 0x9F)
_NOT_HANGUL = bytes(row for row in range(256) if not 0xAC <= row <= 0xD7)
_SCRIPTS = tuple((row[1], re.compile(f"[{row[2]}]+")) for row in rows("languages") if row[0] == "script")
_WORDS = {row[1]: frozenset(row[2].split()) for row in rows("languages") if row[0] == "words"}
_VARIANTS = {row[1]: frozenset(row[2]) for row in rows("languages") if row[0] == "characters"}
_ONE_VARIANT = re.compile(f"[{''.join(sorted(frozenset().union(*_VARIANTS.values())))}]")


def language_of(stated: str | None, title: str, text: str) -> str | None:
    """Name the language (BCP 47): the one stated where that is a tag, else the one the text shows, else None."""
    return (_normal(stated) if stated else None) or detect(f"{title}\n{text[:_SAMPLE]}"[:_SAMPLE])


@lru_cache(maxsize=256)
def _normal(tag: str) -> str | None:
    """Write a tag the usual way: zh-CN, zh-Hans, en; None for what is no tag."""
    if not _TAG.fullmatch(tag.strip()):
        return None
    first, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def detect(text: str) -> str | None:
    """Name the language of a text by its script, or by its commonest words where many languages share the script."""
    rows_of_unicode = text.encode("utf-16-be", "surrogatepass")[::2]  # 256 characters a row: 34 to 9f are Han
    han = len(rows_of_unicode.translate(None, _NOT_HAN))
    if rows_of_unicode.count(_KANA_ROW) * 8 > han and _is_japanese(text, han):
        return "ja"
    if han > max(len(text) // 3, 1):
        return _chinese(text)
    return _alphabetic(text, han, len(rows_of_unicode.translate(None, _NOT_HANGUL)))


def _is_japanese(text: str, han: int) -> bool:
    kana = _count(_KANA, text)
    return kana > 3 and kana * 8 > han


def _alphabetic(text: str, han: int, hangul: int) -> str | None:
    latin = _count(_LATIN, text)
    if han * 3 > latin and han > 1:
        return _chinese(text)
    if hangul * 3 > latin:
        return "ko"
    for language, letters in _SCRIPTS:
        if _count(letters, text) * 2 > max(latin, 6):
            return language
    return _by_words(text) if latin > 20 else None


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def _chinese(text: str) -> str:
    characters = frozenset(_ONE_VARIANT.findall(text))
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
