"""Serves a folder on loopback with validators, and keeps the log that proves what was asked and answered."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

LOG = "$status $request_uri"
NGINX = """\
worker_processes 1; daemon off; pid {work}/pid; error_log {work}/error.log; {user}
events {{ worker_connections 1024; }}
http {{
  log_format bench '{format}'; access_log {log} bench;
  sendfile on; etag on; keepalive_requests 100000; gzip off;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work};
  uwsgi_temp_path {work}; scgi_temp_path {work};
  types {{ application/rss+xml xml; application/atom+xml atom; application/feed+json json; }}
  server {{ listen 127.0.0.1:{port}; root {folder}; {rule} }}
}}
"""


class Server(NamedTuple):
    """A running server; `address` ends in "/", `software` names what it is."""

    address: str
    software: str
    log: Path

    def answers(self, least: int = 0) -> Counter[str]:
        """How many answers of each status were given so far; waits a little for `least` of them in all.

        nginx answers first and writes its log afterwards.
        """
        for _ in range(100):
            given = Counter(line.split(" ", 1)[0] for line in self.log.read_text("utf-8").splitlines())
            if given.total() >= least:
                break
            time.sleep(0.02)
        return given


@contextmanager
def serve(folder: Path, port: int = 0, log_format: str = LOG, only: str = "") -> Iterator[Server]:
    """Serve a folder until the block ends: with nginx where it is installed, else with our own small server.

    Without a `port` it is any that is free. `log_format` and a file that is `only` served are nginx's alone.
    """
    with TemporaryDirectory(prefix="broadsheet-bench-") as work, socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
        probe.close()
        log = Path(work) / "access.log"
        log.touch()
        nginx = shutil.which("nginx")
        rule = f"location / {{ try_files {only} =404; }}" if only else ""
        command = _nginx(nginx, Path(work), folder, port, log_format, rule) if nginx else _own(folder, port, log)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            _wait_until_open(process, port)
            yield Server(f"http://127.0.0.1:{port}/", "nginx" if nginx else "the bench's own server", log)
        finally:
            process.terminate()
            process.wait()


def _nginx(program: str, work: Path, folder: Path, port: int, log_format: str, rule: str) -> list[str]:
    settings = NGINX.format(
        work=work,
        folder=folder.absolute(),
        port=port,
        log=work / "access.log",
        user="user root;" if os.geteuid() == 0 else "",
        format=log_format,
        rule=rule,
    )
    (work / "nginx.conf").write_text(settings, "utf-8")
    return [program, "-c", str(work / "nginx.conf"), "-e", str(work / "error.log")]


def _own(folder: Path, port: int, log: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("httpd.py")), str(folder), str(port), str(log)]


def _wait_until_open(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    message = "the loopback server did not start"
    raise RuntimeError(message)
