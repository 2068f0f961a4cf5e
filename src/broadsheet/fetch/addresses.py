"""Feed addresses on the wire: sent byte for byte, and followed only where that is safe."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from yarl import URL

from broadsheet.errors import FetchError

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[0-9A-Za-z._~:%-]+")
_SECRET = re.compile(r"([^:/?#]*://)([^/?#]*@)")


def shown(address: str) -> str:
    """An address as messages and logs may show it: without its user name and password."""
    secret = _SECRET.match(address)
    return secret[1] + address[secret.end() :] if secret else address


def wire_url(address: str) -> URL:
    """Make the URL to ask, without its fragment; bytes legal in a URL are sent as they are, others percent-encoded.

    Raises:
        FetchError: "bad-address": it is not an http or https address with a host.
    """
    if _CONTROL.search(address):
        raise _bad(address, "the address has control characters in it")
    plain = address.strip().partition("#")[0]
    try:
        url = URL(plain if plain.isascii() and " " not in plain else _encoded(plain), encoded=True)
        whole = url.scheme in {"http", "https"} and _HOST.fullmatch(url.raw_host or "") and url.port
    except ValueError as error:
        raise _bad(address, f"this is not an address that can be asked: {error}") from error
    if not whole:
        raise _bad(address, "only http:// and https:// addresses with a host can be asked")
    return url


def redirect_target(address: str, location: str) -> str:
    """Resolve a Location header against the address that sent it (RFC 9110, section 10.2.2).

    A password stays with the server it was meant for: it goes along only within one origin.

    Raises:
        FetchError: "bad-address", or "downgrade" where https would become http.
    """
    try:
        target = urljoin(address, location).partition("#")[0]
    except ValueError as error:
        raise _bad(address, f"it redirects to {shown(location)[:200]!r}, which is no address") from error
    here, there = wire_url(address), wire_url(target)
    if here.scheme == "https" and there.scheme == "http":
        raise FetchError(
            shown(address), "downgrade", f"it redirects from https to {shown(target)}, which is not safe"
        )
    secret = _SECRET.match(address)
    if secret and not there.user and here.origin() == there.origin():
        return target.replace("://", f"://{secret[2]}", 1)
    return target


def _encoded(address: str) -> str:
    parts = urlsplit(address)
    netloc = parts.netloc
    if not netloc.isascii():
        user, at, host = netloc.rpartition("@")
        netloc = quote(user, safe=_ASCII) + at + URL(f"http://{host}").raw_authority
    return urlunsplit((parts.scheme, netloc, *(quote(part, safe=_ASCII) for part in parts[2:4]), ""))


def _bad(address: str, cause: str) -> FetchError:
    return FetchError(shown(_CONTROL.sub("?", address)), "bad-address", cause)
