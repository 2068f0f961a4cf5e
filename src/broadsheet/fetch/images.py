"""One image over HTTP: the same guard, redirect loop and bounds as for a feed."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from broadsheet.fetch.client import Client
from broadsheet.fetch.http import follow
from broadsheet.model import Limits, Response, host_of

ACCEPT = "image/jpeg,image/png,image/gif,image/*;q=0.9,*/*;q=0.1"
"""Newer kinds are not named: servers that convert images for browsers shall send what they have."""

_REFERERS = Path(__file__).parent / "data" / "referers.tsv"  # importlib.resources would cost every command 7 ms


async def fetch_image(address: str, client: Client, limits: Limits) -> Response:
    """Ask for an image once and follow redirects that are safe to follow; what comes may be anything.

    Raises:
        FetchError: there is no whole answer; its reasons are those of `fetch_feed`.
    """
    return await follow(address, _headers, client, limits)


def _headers(address: str) -> Mapping[str, str]:
    referer = referer_for(address)
    return {"Accept": ACCEPT} | ({"Referer": referer} if referer else {})


def referer_for(address: str) -> str | None:
    """The page to name to the host of an image; None for nearly every host."""
    labels = host_of(address).rstrip(".").split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels)))
    return next(filter(None, map(_referers().get, suffixes)), None)


@cache
def _referers() -> Mapping[str, str]:
    lines = _REFERERS.read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {host: referer for host, _, referer in rows}
