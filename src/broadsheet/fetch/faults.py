"""What the HTTP library raises, as the reasons that a feed's health shows."""

from aiohttp import (
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientPayloadError,
    ClientResponseError,
    ClientSSLError,
    InvalidURL,
    ServerDisconnectedError,
)

from broadsheet.errors import FetchError
from broadsheet.fetch.addresses import shown
from broadsheet.fetch.guard import BlockedAddressError

FAULTS = (ClientError, TimeoutError, OSError, ValueError)

_HEADER_FLOODS = ("Got more than", "Too many headers")
"""What aiohttp says of a header over its limits; it has no class of its own for that."""

_BY_CLASS: tuple[tuple[type[Exception], str, str], ...] = (
    (TimeoutError, "timeout", "it did not answer in time"),
    (InvalidURL, "bad-address", "this is not an address that can be asked"),
    (ClientConnectorDNSError, "dns", "its host name has no address"),
    (ClientSSLError, "tls", "no safe connection could be made"),
    (ClientConnectorError, "refused", "no connection could be made"),
    (ClientPayloadError, "truncated", "its answer broke off in the middle"),
    (ServerDisconnectedError, "truncated", "it hung up before it answered"),
    (ClientOSError, "truncated", "the connection broke"),
    (ClientResponseError, "protocol", "it does not speak HTTP"),
)


def as_fetch_error(address: str, error: Exception) -> FetchError:
    """Say which of our reasons an exception of aiohttp is, and what it means to a person."""
    return FetchError(shown(address), *_reason(error))


def _reason(error: Exception) -> tuple[str, str]:
    cause = getattr(error, "os_error", None)
    if isinstance(cause, BlockedAddressError):
        return "blocked-address", f"its host is at {cause.address}: {cause}"
    if isinstance(error, ClientResponseError) and any(text in error.message for text in _HEADER_FLOODS):
        return "headers-too-large", "its header is larger than fetch allows"
    for kind, reason, meaning in _BY_CLASS:
        if isinstance(error, kind):
            told = cause or error
            detail = getattr(told, "strerror", None) or str(told)
            return reason, f"{meaning} ({detail})" if detail else meaning
    return "protocol", f"its answer cannot be understood ({error})"
