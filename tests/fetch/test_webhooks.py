"""A webhook is told once, signed, and never inside a private network that was not opened."""

import hashlib
import hmac
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from tests.fetch.test_websub import serving

from broadsheet.errors import FetchError
from broadsheet.fetch import Client, open_client
from broadsheet.fetch.webhooks import tell_webhook
from broadsheet.model import Limits

OPEN = Limits(user_agent="Broadsheet", allow=("127.0.0.0/8",))
BODY = b'{"text":"denied"}'


class Hook:
    """Answers what the test says and keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.address = ""

    async def hear(self, request: web.Request) -> web.Response:
        self.told.append((dict(request.headers), await request.read()))
        headers = {"Location": "/elsewhere"} if self.status == 307 else {}
        return web.Response(status=self.status, headers=headers)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    scripted, app = Hook(), web.Application()
    app.router.add_post("/{any:.*}", scripted.hear)
    async with serving(app) as address:
        scripted.address = address
        yield scripted


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with open_client(OPEN) as opened:
        yield opened


async def test_it_is_told_a_document_that_names_its_delivery(hook: Hook, client: Client) -> None:
    await tell_webhook(hook.address + "/x", BODY, client, OPEN, delivery="w-1")
    ((headers, body),) = hook.told
    assert body == BODY
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Broadsheet-Delivery"] == "w-1"
    assert "X-Hub-Signature" not in headers


async def test_with_a_secret_it_is_signed(hook: Hook, client: Client) -> None:
    await tell_webhook(hook.address, BODY, client, OPEN, delivery="w-1", secret="s")
    assert hook.told[0][0]["X-Hub-Signature"] == f"sha256={hmac.new(b's', BODY, hashlib.sha256).hexdigest()}"


@pytest.mark.parametrize("status", [307, 410, 500])
async def test_a_refusal_and_a_redirect_are_errors(hook: Hook, client: Client, status: int) -> None:
    hook.status = status
    with pytest.raises(FetchError) as caught:
        await tell_webhook(hook.address, BODY, client, OPEN, delivery="w-1")
    assert caught.value.reason == f"http-{status}"
    assert len(hook.told) == 1


async def test_a_private_address_is_refused_unless_it_is_allowed(hook: Hook) -> None:
    limits = Limits(user_agent="Broadsheet")
    async with open_client(limits) as guarded:
        with pytest.raises(FetchError) as caught:
            await tell_webhook(hook.address, BODY, guarded, limits, delivery="w-1")
    assert caught.value.reason == "blocked-address"
    assert hook.told == []
