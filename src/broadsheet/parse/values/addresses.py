"""Addresses in feeds: made absolute where there is a base, refused where they would run something."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

_ORDINARY: Final = re.compile(r"https?://[!-~]+")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_HOST_ALONE: Final = re.compile(r"www\.[\w\-]+(?:\.[\w\-]+)+(?=[/?#:]|\Z)", re.IGNORECASE)
_DANGEROUS: Final = frozenset({"javascript:", "vbscript:", "data:", "file:", "about:", "blob:"})
_BREAKS: Final = re.compile(r"[\t\r\n\x00-\x1f\x7f]+")


def resolve(base: str | None, reference: str | None) -> str | None:
    """Make a reference absolute (RFC 3986, section 5), or None where it is empty or of a dangerous scheme.

    Tabs and line breaks are dropped and spaces become %20, as browsers do (WHATWG URL). What begins with a host's
    name ("www.a.example/b") was meant as an address of the web; nothing else is touched.
    """
    if not reference:
        return None
    if _ORDINARY.fullmatch(reference):
        return reference
    address = _BREAKS.sub("", reference).strip().replace(" ", "%20")
    if _HOST_ALONE.match(address):
        return f"http://{address}"
    scheme = _SCHEME.match(address)
    if scheme:
        return None if scheme.group().lower() in _DANGEROUS else address
    return (_join(base, address) if base else address) or None


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # a base or reference that no parser of addresses accepts, "http://[" for one
        return address


def as_base(base: str | None, reference: str) -> str | None:
    """Make a stated base absolute, or None where nothing could be based on it."""
    address = resolve(base, reference)
    try:
        urlsplit(address or "")
    except ValueError:  # "http://[" for one
        return None
    return address


def is_absolute(address: str | None) -> bool:
    """Tell whether the address is a whole one of the web."""
    return address is not None and address.lower().startswith(("http://", "https://"))
