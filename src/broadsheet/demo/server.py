"""A feed server on loopback that tells the truth about change: validators, 304 and, when turned, the evening."""

import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from hashlib import blake2b
from typing import Final

from aiohttp import web

from broadsheet.demo.sample import Document, State, article_pages, documents, pictures

GONE: Final = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>页面不存在 - 东湖在线</title></head>
<body><h1>页面不存在</h1><p>东湖在线已改版，旧的订阅地址不再提供。</p></body></html>
"""


ROBOTS: Final = """User-agent: *
Disallow: /print/
"""


class FeedServer:
    """What the server shows at the moment; `address` and `images`, where pictures are said to be, end in "/".

    Feeds are at `feeds/<file>`, articles at `<name>/`; pictures are at `img/<name>` too, whatever `images` says.
    """

    def __init__(self, address: str, images: str | None = None) -> None:
        self.address = address
        self.images = images or f"{address}img/"
        self._pictures = pictures()
        self._articles = article_pages(self.images)
        self._documents: Mapping[str, Document] = {}
        self.show("morning")

    def show(self, state: State) -> None:
        """Turn to another state: from now on, every feed answers with its documents."""
        self._documents = documents(state, self.images)

    async def feed(self, request: web.Request) -> web.Response:
        """Answer a request for a feed: 200 with validators, 304 (RFC 9110, section 15.4.5), or 404 with a page."""
        document = self._documents.get(request.match_info["file"])
        if document is None:
            return web.Response(status=404, text=GONE, content_type="text/html")
        return _answer(request, document)

    async def picture(self, request: web.Request) -> web.Response:
        """Answer a request for a picture."""
        body = self._pictures.get(request.match_info["name"])
        if body is None:
            raise web.HTTPNotFound
        return web.Response(body=body, content_type="image/png", headers={"Cache-Control": "max-age=86400"})

    async def article(self, request: web.Request) -> web.Response:
        """Answer a request for the page of an article."""
        body = self._articles.get(request.match_info["name"])
        if body is None:
            raise web.HTTPNotFound
        return web.Response(body=body, content_type="text/html", charset="utf-8")

    async def robots(self, _: web.Request) -> web.Response:
        """Say where robots may not go (RFC 9309)."""
        return web.Response(text=ROBOTS)


def _answer(request: web.Request, document: Document) -> web.Response:
    tag = blake2b(document.body, digest_size=10).hexdigest()
    fresh = _is_fresh(request, tag, document)
    response = web.Response(status=304) if fresh else web.Response(body=document.body)
    if not fresh:
        response.headers["Content-Type"] = document.type
    response.etag = tag
    response.last_modified = document.modified
    return response


def _is_fresh(request: web.Request, tag: str, document: Document) -> bool:
    """Say whether what the asker holds is what we have; the tag outranks the date (RFC 9110, section 13.2.2)."""
    if request.if_none_match is not None:
        return any(held.value in {tag, "*"} for held in request.if_none_match)
    since = request.if_modified_since
    return since is not None and document.modified <= since


@asynccontextmanager
async def serve_feeds(images: str | None = None, *, port: int = 0) -> AsyncIterator[FeedServer]:
    """Serve the sample feeds on 127.0.0.1 while the block runs, in their morning state.

    `images` is the address prefix, ending in "/", that the feeds give for their pictures: name a place that outlives
    this server, and put `pictures()` there. Without it they point back here. Port 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """
    sock = socket.create_server(("127.0.0.1", port))
    feeds = FeedServer(f"http://127.0.0.1:{sock.getsockname()[1]}/", images)
    app = web.Application()
    app.add_routes(
        [
            web.get("/feeds/{file}", feeds.feed),
            web.get("/img/{name}", feeds.picture),
            web.get("/robots.txt", feeds.robots),
            web.get("/{name}/", feeds.article),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, sock).start()
        yield feeds
    finally:
        await runner.cleanup()
