"""How the API names things: streams, and items by their numbers.

Sources: "StreamId" and "ItemId" of https://github.com/mihaip/google-reader-api/tree/master/wiki, and what
readers send: newsboat (src/feedhqapi.cpp, src/freshrssapi.cpp), NetNewsWire (ReaderAPICaller.swift), Read You
(GoogleReaderAPI.kt).
"""

import re
from typing import Final, Literal

from msgspec import Struct

from broadsheet.errors import ConfigError

StreamKind = Literal["all", "read", "unread", "starred", "label", "feed", "nothing"]

FEED: Final = "feed/"
LABEL: Final = "user/-/label/"
STATE: Final = "user/-/state/com.google/"
ALL: Final = f"{STATE}reading-list"
READ: Final = f"{STATE}read"
FRESH: Final = f"{STATE}fresh"
STARRED: Final = f"{STATE}starred"
LONG_ID: Final = "tag:google.com,2005:reader/item/"

_OWN: Final = re.compile(r"user/[^/]*/(?:label/(?P<label>.+)|state/com\.google/(?P<state>[^/]+))", re.DOTALL)
_STATES: Final[dict[str, StreamKind]] = {
    "reading-list": "all",
    "read": "read",
    "starred": "starred",
    "fresh": "unread",
    "kept-unread": "unread",
    "unread": "unread",
}
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,19})", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-fA-F]{1,16}", re.ASCII)


class Stream(Struct, frozen=True, kw_only=True):
    """Posts under one name; `name` is a label or, for a feed, its id or address.

    States that this reader does not have ("like", "broadcast") are "nothing": no post is in them.
    """

    kind: StreamKind
    name: str = ""


EVERYTHING: Final = Stream(kind="all")


def read_stream(text: str) -> Stream:
    """Read a stream id; whose it is ("-" or a number) makes no difference, for there is one reader.

    Raises:
        ConfigError: it is none.
    """
    if text.startswith(FEED) and len(text) > len(FEED):
        return Stream(kind="feed", name=text.removeprefix(FEED))
    own = _OWN.fullmatch(text)
    if own is None:
        raise ConfigError("stream", f"{text!r} is none; there are feed/ID, {LABEL}NAME, {ALL}, {READ} and {STARRED}")
    if own["label"] is not None:
        return Stream(kind="label", name=own["label"].strip())
    return Stream(kind=_STATES.get(own["state"], "nothing"))


def long_id(number: int) -> str:
    """Name an item as its contents do: by 16 hexadecimal digits of its number in two's complement."""
    return f"{LONG_ID}{number % (1 << 64):016x}"


def numbers_in(text: str) -> tuple[int, ...]:
    """Read an item's id in any form: which numbers it may stand for, the likeliest first.

    Hexadecimal digits behind a "/" or a leading zero are certain. Digits alone are decimal, as FreshRSS has them, or
    hexadecimal without leading zeros, as NetNewsWire asks for contents: which one, only the store can tell.

    Raises:
        ConfigError: it is none.
    """
    digits = text.rpartition("/")[2]
    hexadecimal = (_signed(int(digits, 16)),) if _HEX.fullmatch(digits) else ()
    if digits == text and _DECIMAL.fullmatch(text) and -(1 << 63) <= int(text) < 1 << 64:
        return (_signed(int(text)), *hexadecimal)
    if not hexadecimal:
        raise ConfigError(
            "item", f"{text[:60]!r} is none; there are decimal numbers, and hexadecimal ones of 16 digits"
        )
    return hexadecimal


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number
