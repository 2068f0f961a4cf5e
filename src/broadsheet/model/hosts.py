"""The host of an address, as schedules, pauses and holds know it."""

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host of an address, in lower case; empty where it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
