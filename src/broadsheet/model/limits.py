"""How much a stranger's server may ask of us."""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """Bounds on one poll: bytes on the wire and decoded, header bytes, seconds in all, hops, and whom we may reach.

    `allow` lists networks (CIDR) that may be reached although they are not public, "127.0.0.0/8" for one.
    """

    wire_bytes: int = 10 * 1024 * 1024
    body_bytes: int = 20 * 1024 * 1024
    header_bytes: int = 32 * 1024
    total_s: float = 60.0
    connect_s: float = 15.0
    redirects: int = 5
    allow: tuple[str, ...] = ()
    user_agent: str = "broadsheet"
