"""Who asks, and whether they may: decided from what a request says and who was recognised, nothing else."""

from collections.abc import Collection
from typing import Final, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from broadsheet.web.access.keys import same

Need = Literal["open", "read", "write", "owner"]
"""What a door asks for: nothing, to read the paper, to change it, or to be its owner in person."""

Known = Literal["nobody", "house", "session", "proxy", "token"]
"""How a visitor is known: not at all, by being on this machine, by signing in, by a trusted proxy, by a token."""

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OWNERS: Final = frozenset({"house", "session", "proxy"})


class Visitor(Struct, frozen=True, kw_only=True):
    """Who asks: how they are known, what a token of theirs may, and the secret that their forms must bring back."""

    known: Known = "nobody"
    scope: Literal["none", "read", "write"] = "none"
    csrf: str = ""


class Asked(Struct, frozen=True, kw_only=True):
    """What a request says of itself; `fetch_site` and `origin` are as browsers send them, "" where they do not."""

    method: str
    host: str
    origin: str = ""
    fetch_site: str = ""
    csrf: str = ""


class Refusal(Struct, frozen=True, kw_only=True):
    """A closed door: an HTTP status, and what to do."""

    status: Literal[401, 403, 421]
    why: str


def is_safe(method: str) -> bool:
    """Say whether a method changes nothing (RFC 9110, section 9.2.1)."""
    return method in SAFE_METHODS


def admit(asked: Asked, visitor: Visitor, need: Need, names: Collection[str] = ()) -> Refusal | None:
    """Let a visitor through a door, or say why not.

    `names` are the host names that this paper goes by, without ports: a paper that needs no password answers to no
    other, for a page elsewhere can give this machine a name of its own (DNS rebinding). What changes something must
    come from a page of ours, by Sec-Fetch-Site or Origin (Fetch Metadata, RFC 6454) and by the secret in our forms; a
    token stands for both, for no browser sends it by itself.
    """
    if visitor.known == "house" and _name_of(asked.host) not in names:
        return Refusal(status=421, why=f"without a password this paper does not answer to {asked.host!r}")
    changes = not is_safe(asked.method)
    if changes and visitor.known != "token" and _is_foreign(asked):
        return Refusal(status=403, why="this request comes from another site, which may change nothing here")
    if need == "open":
        return None
    if visitor.known == "nobody":
        return Refusal(status=401, why="sign in, or send an API token")
    return _may(visitor, need) or (_is_ours(asked, visitor) if changes else None)


def _may(visitor: Visitor, need: Need) -> Refusal | None:
    if visitor.known in _OWNERS:
        return None
    if need == "owner":
        return Refusal(status=403, why="no token may do this: sign in")
    if need == "write" and visitor.scope != "write":
        return Refusal(
            status=403, why="this token may only read; `broadsheet token add NAME --scope write` makes another"
        )
    return None


def _is_ours(asked: Asked, visitor: Visitor) -> Refusal | None:
    if visitor.known == "token" or (visitor.csrf and same(asked.csrf, visitor.csrf)):
        return None
    return Refusal(status=403, why="this form is from before you signed in or the server began: load the page again")


def _is_foreign(asked: Asked) -> bool:
    if asked.fetch_site:
        return asked.fetch_site != "same-origin"
    return bool(asked.origin) and urlsplit(asked.origin).netloc.lower() != asked.host.lower()


def _name_of(host: str) -> str:
    """The name in a Host header, without its port (RFC 9110, section 7.2)."""
    return (urlsplit(f"//{host}").hostname or "").lower()
