"""A loopback server of feeds that are well, sick and hostile."""

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.pipeline.outlet import rss

MIB = 1 << 20
RSS = "application/rss+xml"
WELL = rss(("甲车企公告", "<p>一</p>"), ("乙电池", "二"))


class Faults:
    """`paths` are what it serves; `asked` every path in the order asked; `sent` bytes by path; see `hold`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.sent: dict[str, int] = {}
        self.hold = threading.Event()
        self.hold.set()
        self._ended = threading.Event()
        faults = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                faults.asked.append(self.path)
                if self.path.startswith("/held"):
                    faults.hold.wait()
                faults.serve(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: object, client_address: object) -> None:
                """Stay quiet about a reader that leaves early."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self.hold.set()
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        if path in REDIRECTS:
            return _head(handler, 302, {"Location": REDIRECTS[path].format(time.monotonic_ns())})
        headers, chunks = self._document(path)
        _head(handler, int(headers.pop(":status", "200")), headers)
        for chunk in chunks:
            handler.wfile.write(chunk)
            self.sent[path] = self.sent.get(path, 0) + len(chunk)
        return None

    def _document(self, path: str) -> tuple[dict[str, str], Iterator[bytes]]:
        if path.startswith(("/well", "/held")):
            return {"Content-Type": RSS}, iter([WELL.replace("甲", f"{path[5:]}号甲").encode()])
        if path in STREAMS:
            return STREAMS[path](self._ended)
        kind, body = DOCUMENTS.get(path, ("text/plain", b"nothing"))
        status = {":status": "404"} if path not in DOCUMENTS else {}
        return {"Content-Type": kind, **status}, iter([body])


def _head(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Connection", "close")
    handler.end_headers()


def _huge(ended: threading.Event) -> tuple[dict[str, str], Iterator[bytes]]:
    """200 MiB of one feed."""

    def chunks() -> Iterator[bytes]:
        yield b"<rss version='2.0'><channel><title>huge</title>"
        for number in range(200):
            item = f"<item><guid>{number}</guid><title>{number}</title><description>"
            yield item.encode() + b"x" * MIB + b"</description></item>"

    return {"Content-Type": RSS}, chunks()


def _bomb(ended: threading.Event) -> tuple[dict[str, str], Iterator[bytes]]:
    """A gigabyte of blanks in a megabyte of gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(b"<rss version='2.0'><channel><title>bomb</title>") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return {"Content-Type": RSS, "Content-Encoding": "gzip"}, iter([head, block * 1024])


def _drip(ended: threading.Event) -> tuple[dict[str, str], Iterator[bytes]]:
    """A byte, and another, and another."""

    def chunks() -> Iterator[bytes]:
        for byte in WELL.encode():
            yield bytes([byte])
            if ended.wait(0.2):
                return

    return {"Content-Type": RSS}, chunks()


def _short(ended: threading.Event) -> tuple[dict[str, str], Iterator[bytes]]:
    """Less than was promised."""
    return {"Content-Type": RSS, "Content-Length": "100000"}, iter([WELL.encode()])


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    feed = (
        "<rss version='2.0'><channel><title>x</title><item><guid>1</guid><title>&a9;</title></item></channel></rss>"
    )
    return f'<!DOCTYPE rss [<!ENTITY a0 "haha">{entities}]>{feed}'.encode()


STREAMS: dict[str, Callable[[threading.Event], tuple[dict[str, str], Iterator[bytes]]]] = {
    "/huge": _huge,
    "/bomb": _bomb,
    "/drip": _drip,
    "/short": _short,
}
REDIRECTS = {
    "/loop": "/loop?{0}",
    "/circle": "/circle",
    "/private": "http://169.254.169.254/latest/meta-data/",
    "/inside": "http://10.0.0.1/",
    "/file": "file:///etc/passwd",
}
GB18030 = f'<?xml version="1.0" encoding="UTF-8"?>{WELL}'.encode("gb18030")
DOCUMENTS = {
    "/words": ("text/plain", b"these are plain words"),
    "/page": ("text/html", b"<!doctype html><html><body><p>hello</p></body></html>"),
    "/empty": (RSS, b""),
    "/charset": ("text/xml", GB18030),
    "/line": (RSS, WELL.replace("</item><item>", "</item>\n\x00 & < <broken <<\n<item>").encode()),
    "/cut": (RSS, WELL.encode()[:-120]),
    "/byte": (RSS, WELL.encode().replace("乙".encode(), b"\xe4\xb9", 1)),
    "/deep": (RSS, b"<rss version='2.0'><channel>" + b"<a>" * 200_000),
    "/laughs": (RSS, _laughs()),
    "/picture": ("image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
}
