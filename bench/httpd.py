"""A small loopback server with validators, for machines without nginx: httpd.py FOLDER PORT LOG."""

import sys
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {".xml": "application/rss+xml", ".atom": "application/atom+xml", ".json": "application/feed+json"}


class Handler(BaseHTTPRequestHandler):
    """Answers GET with a file of the folder, or 304 where the client already has it."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, log: Path, *args: object) -> None:
        self.folder, self.log = folder, log
        super().__init__(*args)  # type: ignore[arg-type]  # what the server hands to its handler

    def do_GET(self) -> None:
        file = self.folder / Path(self.path).name
        if not file.is_file():
            self._answer(HTTPStatus.NOT_FOUND, {}, b"")
            return
        state = file.stat()
        headers = {
            "ETag": f'"{state.st_mtime_ns:x}-{state.st_size:x}"',
            "Last-Modified": self.date_time_string(int(state.st_mtime)),
            "Content-Type": TYPES.get(file.suffix, "application/octet-stream"),
        }
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self._answer(HTTPStatus.NOT_MODIFIED, headers, None)
        else:
            self._answer(HTTPStatus.OK, headers, file.read_bytes())

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes | None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002  http.server's own name
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{int(code)} {self.path}\n")


def main(folder: str, port: str, log: str) -> None:
    """Serve until the process is ended."""
    handler = partial(Handler, Path(folder), Path(log))
    ThreadingHTTPServer(("127.0.0.1", int(port)), handler).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
