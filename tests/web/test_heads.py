"""HEAD is answered as GET is, without the content."""

from typing import Any

import pytest
from litestar.types import Receive, Scope, Send

from broadsheet.web.heads import with_heads


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    assert await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": f"{scope.get('method')}!".encode(), "more_body": False})


@pytest.mark.parametrize(("method", "body"), [("GET", b"GET!"), ("POST", b"POST!"), ("HEAD", b"")])
async def test_head_says_what_get_says_without_the_content(method: str, body: bytes) -> None:
    said: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    await with_heads(app)({"type": "http", "method": method}, receive, send)  # type: ignore[arg-type]
    start, content = said
    assert start["headers"] == [(b"content-length", b"4")]
    assert content["body"] == body


async def test_what_is_no_request_goes_through() -> None:
    scopes = []

    async def note(scope: Scope, _receive: Receive, _send: Send) -> None:
        scopes.append(scope["type"])

    await with_heads(note)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert scopes == ["lifespan"]
