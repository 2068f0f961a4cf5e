"""How often signing in may fail, from one address and in all, before it has to wait."""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=15)
MOST_FROM_ONE: Final = 5
MOST_IN_ALL: Final = 50
"""Failures within the window; guessing at this rate takes longer than anyone lives, for passwords worth the name."""


class Attempts:
    """The failures of the last minutes, each with the address that it came from."""

    def __init__(self) -> None:
        self._failed: deque[tuple[datetime, str]] = deque(maxlen=MOST_IN_ALL)

    def wait_s(self, address: str, now: datetime) -> int:
        """Tell how many seconds an address must wait before it may try; 0: not at all."""
        recent = [(at, who) for at, who in self._failed if now - at < WINDOW]
        own = [at for at, who in recent if who == address]
        if len(own) >= MOST_FROM_ONE:
            return _left(own[-MOST_FROM_ONE], now)
        return _left(recent[0][0], now) if len(recent) >= MOST_IN_ALL else 0

    def failed(self, address: str, now: datetime) -> None:
        """Note a failure."""
        self._failed.append((now, address))

    def succeeded(self, address: str) -> None:
        """Forget the failures of an address whose password was right."""
        kept = [(at, who) for at, who in self._failed if who != address]
        self._failed = deque(kept, maxlen=MOST_IN_ALL)


def _left(since: datetime, now: datetime) -> int:
    return max(1, round((since + WINDOW - now).total_seconds()))
