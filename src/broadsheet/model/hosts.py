"""The host of an address, as schedules, pauses and holds know it."""

from functools import lru_cache
from urllib.parse import urlsplit


@lru_cache(4096)  # a poll asks for that of its feed three times
def host_of(address: str) -> str:
    """The host of an address, in lower case; empty where it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
