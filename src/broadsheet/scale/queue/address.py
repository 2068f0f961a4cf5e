"""Where the queue of a store is: in its database, in a schema of its own."""

import re
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.store import on_server

STORE_SCHEMA: Final = "broadsheet"
NEEDS: Final = (
    "workers need a store on PostgreSQL, and this paper's is a file: keep it up to date with `broadsheet run`, or "
    "move it, as docs/how-to/move-to-postgresql.md says"
)
_PASSWORD = re.compile(r"(?<=[^/:]):[^/@]*@")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


class Place(Struct, frozen=True):
    """The `address` of a database as libpq takes it, the queue's `schema` in it, and its `name` in messages."""

    address: str
    schema: str
    name: str


def require_postgres(store_url: str) -> None:
    """Refuse a store that is not on PostgreSQL.

    Raises:
        ConfigError: it is not, and what to do.
    """
    if not on_server(store_url):
        raise ConfigError("store", NEEDS)


def place_of(store_url: str) -> Place:
    """Find the queue of a store.

    Raises:
        ConfigError: the store is not on PostgreSQL, or its schema has a name that would need quotes.
    """
    require_postgres(store_url)
    address, _, asked = store_url.partition("?")
    pairs = parse_qsl(asked, keep_blank_values=True)
    schema = next((value for name, value in pairs if name == "schema" and value), STORE_SCHEMA)
    if not _PLAIN.fullmatch(schema):
        raise ConfigError("store", f"schema={schema}: workers want a name of a-z, 0-9 and _ for it")
    left = urlencode([pair for pair in pairs if pair[0] != "schema"], quote_via=quote)
    name = _PASSWORD.sub("@", address)
    return Place(f"{address}?{left}" if left else address, f"{schema}_queue", name)
