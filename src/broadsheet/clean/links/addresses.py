"""Addresses in markup: made absolute, held to three schemes, otherwise left as they were written."""

import re
from urllib.parse import urljoin

_HOST = r"https?://([^\s/?#\\<>\"'@:%\[\]{}|^`]+)(?::\d{1,5})?"
_WEB = re.compile(rf"{_HOST}(?=[/?#]|$)", re.IGNORECASE)
_PLAIN_WEB = re.compile(rf"{_HOST}(?:[/?#][^\x00-\x20\x7f<>\"`]*)?\Z")
_MAIL = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+$", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BREAKS = re.compile(r"[\t\r\n]+")
_ILL = re.compile(r"[\x00-\x20\x7f<>\"`]")
_PRIVATE = frozenset(
    ("local", "localhost", "internal", "lan", "home", "intranet", "corp", "arpa", "test", "invalid", "onion")
)
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?=$|[?#!@])", re.IGNORECASE)


def absolute(address: str, base: str | None = None) -> str | None:
    """Make an address absolute; None where that cannot be done or where it is not http, https or mailto.

    White space and other characters no address may hold are percent-encoded, the rest stays byte for byte
    (WHATWG URL Standard, section 4.4).
    """
    if _PLAIN_WEB.match(address):
        return address
    address = _ILL.sub(_percent, _BREAKS.sub("", address.strip()))
    if _WEB.match(address) or _MAIL.match(address):
        return address
    if address.startswith("//"):
        address = f"{'http:' if base and base.startswith('http:') else 'https:'}{address}"
    elif _SCHEME.match(address) or not (address and base):
        return None
    else:
        address = _joined(base, address)
    return address if _WEB.match(address) else None


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _joined(base: str, address: str) -> str:
    if address[0] == "/" and "/." not in address:
        origin = _WEB.match(base)
        return origin[0] + address if origin else ""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def host_of(address: str) -> str:
    """Name the host of an absolute web address, in lower case and without port; empty for any other."""
    found = _WEB.match(address)
    return found[1].lower() if found else ""


def is_image(address: str) -> bool:
    """Tell whether an address names a picture file."""
    return _IMAGE.search(address) is not None


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site, seen from the last two labels of their hosts."""
    labels = host_of(one).split(".")[-2:]
    return len(labels) == 2 and labels == host_of(other).split(".")[-2:]


def under(host: str, domain: str) -> bool:
    """Tell whether a host is a domain or inside it."""
    return host == domain or host.endswith("." + domain)


def is_public_name(host: str) -> bool:
    """Tell whether a host is a dotted name that anyone may know: no number, no name of a private network."""
    name, dot, ending = host.rpartition(".")
    return bool(dot and name) and ending.isascii() and ending[-1:].isalpha() and ending not in _PRIVATE
