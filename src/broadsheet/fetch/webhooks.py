"""Webhooks on the wire: one JSON document is posted to an address that a person named."""

import asyncio
import hmac

from broadsheet.errors import FetchError
from broadsheet.fetch.addresses import shown, wire_url
from broadsheet.fetch.client import Client
from broadsheet.fetch.faults import FAULTS, as_fetch_error
from broadsheet.model import Limits

LONGEST_S = 10.0


async def tell_webhook(
    address: str, body: bytes, client: Client, limits: Limits, *, delivery: str, secret: str | None = None
) -> None:
    """Post a JSON document; a redirect is no acceptance.

    `delivery` names it, the same at every try, so that a receiver can tell that it had it before. With a `secret` it
    is signed as WebSub signs: `X-Hub-Signature: sha256=` and the HMAC of the body.

    Raises:
        FetchError: the address cannot be reached, may not be, or refuses; its `reason` is as `fetch_feed` says, or
            "http-" and the status.
    """
    url = wire_url(address)
    headers = {"Content-Type": "application/json", "X-Broadsheet-Delivery": delivery}
    if secret:
        headers["X-Hub-Signature"] = f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"
    try:
        async with (
            client.seats,
            asyncio.timeout(min(limits.total_s, LONGEST_S)),
            client.ask("POST", url, headers=headers, data=body) as answer,
        ):
            status = answer.status
    except FAULTS as error:
        raise as_fetch_error(address, error) from error
    if not 200 <= status < 300:
        raise FetchError(shown(address), f"http-{status}", f"the webhook answered {status}")
