"""One poll over HTTP: conditional, redirect by redirect, within a deadline and bounds."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from aiohttp import ClientResponse

from broadsheet.errors import FetchError
from broadsheet.fetch.addresses import redirect_target, shown, wire_url
from broadsheet.fetch.client import Client
from broadsheet.fetch.coding import AnswerError, decode_body
from broadsheet.fetch.faults import FAULTS, as_fetch_error
from broadsheet.model import Feed, Limits, Redirect, Response

HeadersFor = Callable[[str], Mapping[str, str]]
Permit = Callable[[str], Awaitable[None]]
"""Raises a FetchError where an address may not be asked for."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Answer(NamedTuple):
    """What one hop gave."""

    status: int
    headers: dict[str, str]
    body: bytes


async def fetch_feed(feed: Feed, client: Client, limits: Limits) -> Response:
    """Ask for a feed once, with its validators, and follow redirects that are safe to follow.

    Bodies are read of successes only. A connection that breaks before a word of the answer is tried once more (RFC
    9110, section 9.2.2). The deadline `limits.total_s` counts from when a connection is free.

    Raises:
        FetchError: there is no whole answer; its `reason` is "timeout", "too-large", "too-many-redirects",
            "redirect-loop", "blocked-address", "bad-address", "dns", "refused", "tls", "truncated", "bad-encoding",
            "headers-too-large", "protocol" or "downgrade".
    """
    return await follow(feed.address, partial(_condition, feed=feed), client, limits)


async def follow(
    asked: str, headers_for: HeadersFor, client: Client, limits: Limits, permit: Permit | None = None
) -> Response:
    """Ask an address once, with the headers meant for each address on the way, and follow safe redirects.

    `permit` is awaited before each redirect is followed.

    Raises:
        FetchError: as for `fetch_feed`, and what `permit` raises.
    """
    async with client.seats:
        clock = asyncio.get_running_loop().time
        started = clock()
        hops: list[Redirect] = []
        address = asked
        answer = await _ask(address, headers_for(address), client, limits, started)
        while answer.status in REDIRECTS and "location" in answer.headers:
            target = redirect_target(address, answer.headers["location"])
            hops.append(Redirect(status=answer.status, location=target))
            _require_progress(asked, hops, limits)
            address = target
            if permit is not None:
                await permit(address)
            answer = await _ask(address, headers_for(address), client, limits, started)
        return Response(
            address=asked,
            final_address=address,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            redirects=tuple(hops),
            received_at=datetime.now(UTC),
            duration_ms=round(1000 * (clock() - started)),
        )


async def _ask(address: str, asking: Mapping[str, str], client: Client, limits: Limits, started: float) -> Answer:
    url = wire_url(address)
    try:
        async with (
            asyncio.timeout_at(started + limits.total_s),
            client.ask("GET", url, headers=asking) as answer,
        ):
            headers = _joined(answer.raw_headers, limits)
            wire = await _read(answer, limits) if 200 <= answer.status < 300 else b""
        return Answer(
            answer.status, headers, decode_body(wire, headers.get("content-encoding", ""), limits.body_bytes)
        )
    except AnswerError as error:
        raise FetchError(shown(address), error.reason, str(error)) from error
    except FAULTS as error:
        raise as_fetch_error(address, error) from error


def _condition(address: str, feed: Feed) -> dict[str, str]:
    """Send validators only to the address that they came from (RFC 9110, section 13.1)."""
    validators = feed.state.validators
    if address != (validators.address or feed.address):
        return {}
    sent = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: value for name, value in sent if value is not None}


def _joined(raw: Iterable[tuple[bytes, bytes]], limits: Limits) -> dict[str, str]:
    headers: dict[str, str] = {}
    size = 0
    for raw_name, raw_value in raw:
        size += len(raw_name) + len(raw_value) + 4
        name, value = raw_name.decode("ascii", "replace").lower(), _text(raw_value)
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    if size > limits.header_bytes:
        raise AnswerError("headers-too-large", f"its header has {size} bytes, more than {limits.header_bytes}")
    return headers


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


async def _read(answer: ClientResponse, limits: Limits) -> bytes:
    """Read a body as it came over the wire; aiohttp notices one that ends too early."""
    if (answer.content_length or 0) > limits.wire_bytes:
        raise AnswerError("too-large", f"it announces {answer.content_length} bytes, more than {limits.wire_bytes}")
    chunks: list[bytes] = []
    size = 0
    async for chunk in answer.content.iter_any():
        size += len(chunk)
        if size > limits.wire_bytes:
            raise AnswerError("too-large", f"it sends more than {limits.wire_bytes} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _require_progress(address: str, hops: list[Redirect], limits: Limits) -> None:
    targets = [address, *(hop.location for hop in hops)]
    if len(set(targets)) < len(targets):
        raise FetchError(shown(address), "redirect-loop", f"it redirects in a circle by {shown(targets[-1])}")
    if len(hops) > limits.redirects:
        raise FetchError(shown(address), "too-many-redirects", f"it redirects more than {limits.redirects} times")
