"""One way to read text, for finding what was carried: NFKC, and for what compares letters, without case too."""

from unicodedata import is_normalized, normalize

_FULL_WIDTH = tuple((mark, normalize("NFKC", mark)) for mark in "，：；！？（）％～＋－／｜　")


def narrow(text: str) -> str:
    """Bring text to NFKC: what only looks different is the same."""
    # Chinese news is full of these; without them most texts are already NFKC, which is quick to tell.
    for wide, narrower in _FULL_WIDTH:
        text = text.replace(wide, narrower)
    return text if is_normalized("NFKC", text) else normalize("NFKC", text)


def fold(text: str) -> str:
    """Bring text to NFKC, without case."""
    return narrow(text).casefold()
