"""A loopback server of feeds that can be rewritten between polls, and a clock that moves only when told."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from broadsheet.model import Subscription
from broadsheet.pipeline.subscriptions.subscribe import subscribe
from broadsheet.store import Store

START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet about a reader that leaves early."""


class Outlet:
    """A server of documents and redirects by path.

    `asked` keeps each request's path and headers, lower-case; answers wait while `pause` is clear.
    """

    def __init__(self) -> None:
        self.documents: dict[str, tuple[int, str, bytes]] = {}
        self.redirects: dict[str, tuple[int, str]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[bytes] = []
        self.pause = threading.Event()
        self.pause.set()
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                outlet.asked.append((self.path, headers))
                outlet.pause.wait()
                if self.path in outlet.redirects:
                    self.send_response(outlet.redirects[self.path][0])
                    self.send_header("Location", outlet.redirects[self.path][1])
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                status, kind, body = outlet.documents.get(self.path, (404, "text/plain", b"nothing here"))
                etag = f'"{blake2b(body, digest_size=6).hexdigest()}"'
                if status == 200 and headers.get("if-none-match") == etag:
                    status, body = 304, b""
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("ETag", etag)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                outlet.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def put(self, path: str, body: str | bytes, kind: str = "application/rss+xml", status: int = 200) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.documents[path] = (status, kind, data)
        return self.address + path

    def close(self) -> None:
        self.pause.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def rss(*items: tuple[str, str], title: str = "样刊") -> str:
    """A small RSS feed; each item is a title and a body, its guid the title's first character."""
    body = "".join(
        f"<item><title>{head}</title><guid isPermaLink='false'>{head[0]}</guid><link>https://paper.example/{head[0]}"
        f"</link><pubDate>{format_datetime(START - timedelta(hours=3))}</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for head, text in items
    )
    return f"<rss version='2.0'><channel><title>{title}</title><language>zh-cn</language>{body}</channel></rss>"


def follow_all(store: Store, *addresses: str) -> None:
    """Subscribe to addresses without asking them."""
    subscribe(store, [Subscription(address=address, section=("科技",)) for address in addresses], START)
