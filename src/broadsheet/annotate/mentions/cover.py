"""Which characters of a text are taken by what was found already."""

from collections.abc import Iterable
from typing import Protocol


class Span(Protocol):
    """Anything found at `text[start:end]`."""

    @property
    def start(self) -> int:
        """Give the first code point."""

    @property
    def end(self) -> int:
        """Give the code point behind the last."""


class Cover:
    """The characters taken so far."""

    def __init__(self, length: int, spans: Iterable[Span] = ()) -> None:
        self._taken = bytearray(length)
        for span in spans:
            self.take(span)

    def take(self, span: Span) -> None:
        """Take the characters of a span."""
        self._taken[span.start : span.end] = b"\x01" * (span.end - span.start)

    def is_free(self, span: Span) -> bool:
        """Tell whether none of its characters is taken."""
        return 1 not in self._taken[span.start : span.end]
