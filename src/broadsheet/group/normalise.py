"""One way to read text, for finding what was carried: NFKC, without case."""

from unicodedata import is_normalized, normalize

_FULL_WIDTH = tuple((mark, normalize("NFKC", mark)) for mark in "，：；！？（）％～＋－／　")


def fold(text: str) -> str:
    """Bring text to the form in which it is compared: NFKC, case folded."""
    # Chinese news is full of these; without them most texts are already NFKC, which is quick to tell.
    for wide, narrow in _FULL_WIDTH:
        text = text.replace(wide, narrow)
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return text.casefold()
