"""Links that lead elsewhere by way of a counter: the target is written inside them, and taken from there."""

import re
from functools import lru_cache
from urllib.parse import unquote

from broadsheet.clean.links.addresses import absolute, host_of, is_public_name
from broadsheet.clean.tables import rows

_HOPS = 5
_DECODINGS = 3
_PLAIN_TARGET = re.compile(r"https?://", re.IGNORECASE)

_BY_HOST: dict[str, list[tuple[str, tuple[str, ...], bool]]] = {}
for _host, _path, _parameters, _kind in rows("redirectors"):
    _BY_HOST.setdefault(_host, []).append((_path, tuple(_parameters.split(",")), _kind == "affiliate"))


def unwrap_address(address: str) -> tuple[str, bool]:
    """Follow the targets written inside a redirector's address, up to five deep.

    Returns the last address found, and whether that is an advertiser's counter whose target cannot be known.
    """
    for _ in range(_HOPS):
        rules = _rules_for(address)
        if not rules:
            return address, False
        target = _target(address, rules)
        if target is None:
            return address, any(affiliate for _, affiliate in rules)
        address = target
    return address, False


def _rules_for(address: str) -> list[tuple[tuple[str, ...], bool]]:
    known = _known_on(host_of(address))
    if not known:
        return []
    path = "/" + address.partition("://")[2].partition("/")[2]
    return [(names, affiliate) for prefix, names, affiliate in known if path.startswith(prefix)]


@lru_cache(maxsize=1024)
def _known_on(host: str) -> list[tuple[str, tuple[str, ...], bool]] | None:
    return _BY_HOST.get(host) or _BY_HOST.get("*." + host.partition(".")[2])


def _target(address: str, rules: list[tuple[tuple[str, ...], bool]]) -> str | None:
    query = address.partition("?")[2]
    for names, _ in rules:
        for name in names:
            value = query if name == "*" else _value(query, name)
            target = _decoded(value) if value else None
            if target:
                return target
    return None


def _value(query: str, name: str) -> str | None:
    """Find a parameter; a target that was not percent-encoded goes on to the end of the query, if it has one."""
    place = 0 if query.startswith(name + "=") else query.find(f"&{name}=") + 1
    if not place and not query.startswith(name + "="):
        return None
    value = query[place + len(name) + 1 :]
    own = value.partition("&")[0]
    return value if _PLAIN_TARGET.match(value) and "?" in own else own.partition("#")[0]


def _decoded(value: str) -> str | None:
    for _ in range(_DECODINGS):
        if _PLAIN_TARGET.match(value):
            break
        value = unquote(value)
    target = absolute(value, "https://unknown.invalid/") if value.startswith("//") else absolute(value)
    return target if target and is_public_name(host_of(target)) else None
