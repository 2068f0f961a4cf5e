"""One form in which texts and names are compared, as long as the text: what is found there is found in the text."""

from functools import lru_cache
from unicodedata import normalize

_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000))


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met: `str.translate` asks by code point."""

    def __init__(self, simplified: dict[str, str]) -> None:
        super().__init__()
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        character = "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)  # half a pair, which no automaton takes
        for form in (normalize("NFKC", character), character):
            folded = self._simplified.get(form, form).lower()
            if len(folded) == 1:
                break
        else:
            folded = character
        self[code] = folded
        return folded


def fold(text: str) -> str:
    """Bring a text to simplified characters, half width and lower case, character by character.

    Returns as many code points as it was given: a character whose form is longer stays itself, half a pair of
    surrogates becomes U+FFFD.
    """
    if text.isascii():
        return text.lower()
    return text.translate(_folding())


@lru_cache(maxsize=1)
def _folding() -> _Folding:
    return _Folding(_simplified())


def _simplified() -> dict[str, str]:
    """Ask OpenCC for each character by itself: its phrases could change the length of a text."""
    from opencc import OpenCC

    characters = [chr(code) for first, last in _HAN for code in range(first, last)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}
