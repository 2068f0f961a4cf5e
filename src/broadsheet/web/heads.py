"""HEAD for every page that there is: answered as GET is, without the content (RFC 9110, section 9.3.2)."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_heads(app: ASGIApp) -> ASGIApp:
    """Let an application answer HEAD wherever it answers GET."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method") != "HEAD":
            await app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        scope["method"] = "GET"  # type: ignore[typeddict-unknown-key]
        await app(scope, receive, send_head)

    return answer
