"""Where the queue of a store is: in its database, in a schema of its own."""

import re
from typing import Final

from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.store import on_server, place_on_server, without_password

NEEDS: Final = (
    "workers need a store on PostgreSQL, and this paper's is a file: keep it up to date with `broadsheet run`, or "
    "move it, as docs/how-to/move-to-postgresql.md says"
)
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
    address, schema = place_on_server(store_url)
    if not _PLAIN.fullmatch(schema):
        raise ConfigError("store", f"schema={schema}: workers want a name of a-z, 0-9 and _ for it")
    return Place(address, f"{schema}_queue", without_password(store_url))
