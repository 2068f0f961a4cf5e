"""A plain server for looking at the published site on this machine."""

from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from broadsheet.errors import ConfigError

TYPES = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".xml": "application/xml",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".avif": "image/avif",
    ".webp": "image/webp",
}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = TYPES

    def handle(self) -> None:
        """Answer, as long as the browser listens: one that turns the page takes no whole picture."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it
        """Stay quiet: a preview is not a web server."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()


def preview(site: Path, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Open a server for the site; the caller runs `serve_forever` and closes it.

    Raises:
        ConfigError: there is no site yet, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise ConfigError(str(site), "there is no site here yet; `broadsheet build` makes it")
    try:
        return ThreadingHTTPServer((host, port), partial(_Handler, directory=str(site)))
    except OSError as error:
        raise ConfigError(
            f"port {port}", f"cannot listen on {host}: {error.strerror}; choose another port"
        ) from error
