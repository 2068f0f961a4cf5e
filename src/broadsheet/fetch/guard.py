"""Which network addresses may be reached, checked on the very address that is connected to."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from broadsheet.errors import ConfigError

Network = IPv4Network | IPv6Network
AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]]
"""What `getaddrinfo` gives, as aiohttp hands it on."""

NAT64 = IPv6Network("64:ff9b::/96")
SITE_LOCAL = IPv6Network("fec0::/10")
"""Deprecated (RFC 3879), so Python calls it global; where it is still routed it is private."""


class BlockedAddressError(OSError):
    """A connection to a network that is not public; `address` is the one refused.

    The text is the same for every address, because happy eyeballs keeps only errors that agree.
    """

    def __init__(self, address: str) -> None:
        super().__init__("it is in a private network; fetch.allow opens networks that may be reached")
        self.address = address


def read_networks(allow: Sequence[str]) -> tuple[Network, ...]:
    """Read networks in CIDR form.

    Raises:
        ConfigError: one is not a network.
    """
    try:
        return tuple(ip_network(network) for network in allow)
    except ValueError as error:
        raise ConfigError("fetch.allow", str(error)) from error


def guarded_socket(allowed: Sequence[Network]) -> Callable[[AddrInfo], socket.socket]:
    """Make the socket factory that refuses to open a socket to an address not public and not allowed.

    It sees the final address after resolving, of names and of literals alike, so nothing can change in between.
    """

    def open_socket(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, target = info
        if not may_reach(str(target[0]), allowed):
            raise BlockedAddressError(str(target[0]))
        return socket.socket(family, kind, protocol)

    return open_socket


def may_reach(address: str, allowed: Sequence[Network]) -> bool:
    """Tell whether an IP address is public or in an allowed network; IPv4 inside IPv6 is judged as what it is."""
    outer = ip_address(address.partition("%")[0])
    inner = _unwrapped(outer)
    if any(outer in network or inner in network for network in allowed):
        return True
    return inner.is_global and not (inner.is_multicast or inner.is_reserved or inner in SITE_LOCAL)


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
