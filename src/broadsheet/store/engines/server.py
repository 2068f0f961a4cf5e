"""The address of a store on a server: where it leads, and how it is shown."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

SCHEMA: Final = "broadsheet"
_PASSWORD = re.compile(r"(?<=[^/:]):[^/@]*@")


def on_server(url: str) -> bool:
    """Whether an address is that of a store on PostgreSQL, not of a file."""
    return url.startswith(("postgresql://", "postgres://"))


def place_on_server(url: str) -> tuple[str, str]:
    """Part an address into that of the database, as libpq takes it, and the schema, "broadsheet" if none is named."""
    address, _, asked = url.partition("?")
    pairs = parse_qsl(asked, keep_blank_values=True)
    schema = next((value for name, value in pairs if name == "schema"), "") or SCHEMA
    return _joined(address, [pair for pair in pairs if pair[0] != "schema"]), schema


def without_password(url: str) -> str:
    """Write an address as it may be shown."""
    address, _, asked = url.partition("?")
    pairs = parse_qsl(asked, keep_blank_values=True)
    return _joined(_PASSWORD.sub("@", address), [pair for pair in pairs if pair[0] != "password"])


def _joined(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(pairs, quote_via=quote)}" if pairs else address
