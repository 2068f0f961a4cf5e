"""WebSub on the wire: against a hub on loopback, and as a hub sees the callback."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, web

from broadsheet.errors import ConfigError, FetchError
from broadsheet.fetch import Client, open_client
from broadsheet.fetch.websub import LEASE_S, ask_hub, is_signed, lease_s, make_callback, serve_callback
from broadsheet.model import Limits, Push

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BODY = "<rss>正文</rss>".encode()


def push(hub: str) -> Push:
    return Push(feed_id="feed", hub=hub, topic="https://news.example/feed", path="p", secret="s", asked_at=NOW)


def sign(body: bytes, algorithm: str = "sha256", secret: str = "s") -> str:
    return f"{algorithm}={hmac.new(secret.encode(), body, getattr(hashlib, algorithm)).hexdigest()}"


class Hub:
    """Answers what the test says and keeps what it was asked."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.answers: list[web.Response] = []
        self.address = ""

    async def subscribe(self, request: web.Request) -> web.Response:
        self.forms.append({name: str(value) for name, value in (await request.post()).items()})
        return self.answers.pop(0) if self.answers else web.Response(status=202)


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    scripted = Hub()
    app = web.Application()
    app.router.add_post("/{any:.*}", scripted.subscribe)
    async with serving(app) as address:
        scripted.address = address
        yield scripted


async def test_a_hub_is_asked_with_all_that_the_recommendation_wants(
    hub: Hub, client: Client, limits: Limits
) -> None:
    await ask_hub(push(hub.address), "https://paper.example/websub/p", client, limits)
    assert hub.forms == [
        {
            "hub.mode": "subscribe",
            "hub.topic": "https://news.example/feed",
            "hub.callback": "https://paper.example/websub/p",
            "hub.secret": "s",
            "hub.lease_seconds": str(LEASE_S),
        }
    ]


async def test_a_hub_that_moved_is_asked_where_it_is(hub: Hub, client: Client, limits: Limits) -> None:
    hub.answers = [web.Response(status=307, headers={"Location": "/elsewhere"})]
    await ask_hub(push(hub.address), "https://paper.example/websub/p", client, limits)
    assert len(hub.forms) == 2
    assert hub.forms[0] == hub.forms[1]


async def test_a_hub_that_refuses_or_turns_in_circles_is_named(hub: Hub, client: Client, limits: Limits) -> None:
    hub.answers = [web.Response(status=403)]
    with pytest.raises(FetchError, match="answered 403"):
        await ask_hub(push(hub.address), "https://paper.example/websub/p", client, limits)
    hub.answers = [web.Response(status=308, headers={"Location": "/"}) for _ in range(20)]
    with pytest.raises(FetchError, match="answered 308"):
        await ask_hub(push(hub.address), "https://paper.example/websub/p", client, limits)


async def test_a_hub_in_a_private_network_is_not_asked(hub: Hub) -> None:
    guarded = Limits()
    async with open_client(guarded) as client:
        with pytest.raises(FetchError) as caught:
            await ask_hub(push(hub.address), "https://paper.example/websub/p", client, guarded)
    assert caught.value.reason == "blocked-address"
    assert hub.forms == []


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_of_each_known_kind_is_recognised(algorithm: str) -> None:
    assert is_signed("s", sign(BODY, algorithm), BODY)
    assert is_signed("s", sign(BODY, algorithm).upper(), BODY)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256",
        "sha256=",
        "sha256=" + "0" * 64,
        "md5=" + "0" * 32,
        sign(BODY, secret="x"),
        sign(b"x"),
        "sha1=é\udcff",
    ],
)
def test_a_wrong_signature_is_not(signature: str) -> None:
    assert not is_signed("s", signature, BODY)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("864000", 864_000), (None, 86_400), ("soon", 86_400), ("-1", 86_400), ("1", 300), ("9" * 40, 90 * 86_400)],
)
def test_a_lease_has_bounds(said: str | None, seconds: int) -> None:
    assert lease_s(said) == seconds


class Subscriber:
    """Knows one path, and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, bytes]] = []
        self.asked: list[dict[str, str]] = []

    def verify(self, path: str, query: Mapping[str, str]) -> bool:
        self.asked.append(dict(query))
        return path == "known"

    def knows(self, path: str) -> bool:
        return path == "known"

    def hear(self, path: str, signature: str, body: bytes) -> None:
        self.heard.append((path, signature, body))


async def test_a_hubs_question_is_answered_with_its_challenge_as_plain_text() -> None:
    subscriber = Subscriber()
    async with serving(make_callback(subscriber, 1000)) as address, ClientSession() as session:
        query = {"hub.mode": "subscribe", "hub.challenge": "<script>正"}
        async with session.get(f"{address}/paper/websub/known", params=query) as answer:
            assert (answer.status, await answer.text()) == (200, "<script>正")
            assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        async with session.get(f"{address}/websub/unknown", params=query) as answer:
            assert (answer.status, await answer.text()) == (404, "")
    assert subscriber.asked == [query, query]


async def test_a_notification_is_taken_whole_and_answered_alike_whatever_its_signature() -> None:
    subscriber = Subscriber()
    async with serving(make_callback(subscriber, 1000)) as address, ClientSession() as session:
        for signature in (sign(BODY), "sha256=wrong"):
            async with session.post(f"{address}/known", data=BODY, headers={"X-Hub-Signature": signature}) as answer:
                assert answer.status == 202
        async with session.post(f"{address}/known", data=BODY) as answer:
            assert answer.status == 202
    assert subscriber.heard == [("known", sign(BODY), BODY), ("known", "sha256=wrong", BODY), ("known", "", BODY)]


async def test_a_path_of_nobody_is_gone_and_too_much_is_refused() -> None:
    subscriber = Subscriber()
    async with serving(make_callback(subscriber, 1000)) as address, ClientSession() as session:
        async with session.post(f"{address}/unknown", data=BODY) as answer:
            assert answer.status == 410
        async with session.post(f"{address}/known", data=b"x" * 5000) as answer:
            assert answer.status == 413
    assert subscriber.heard == []


def test_the_callback_is_served_on_a_thread_of_its_own() -> None:
    subscriber = Subscriber()

    async def notify(port: int) -> int:
        async with (
            ClientSession() as session,
            session.post(f"http://127.0.0.1:{port}/known", data=BODY) as answer,
        ):
            return answer.status

    with serve_callback(make_callback(subscriber, 1000), "127.0.0.1", 0) as port:
        assert asyncio.run(notify(port)) == 202
    assert subscriber.heard == [("known", "", BODY)]


def test_where_nobody_can_listen_the_option_is_named() -> None:
    with (
        serve_callback(make_callback(Subscriber(), 1000), "127.0.0.1", 0) as port,
        pytest.raises(ConfigError, match=rf"^websub\.listen: cannot listen on 127\.0\.0\.1:{port}"),
        serve_callback(make_callback(Subscriber(), 1000), "127.0.0.1", port),
    ):
        pass
