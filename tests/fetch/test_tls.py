"""Over https a server is believed if this machine knows who vouches for it, and certificates are read only then."""

import asyncio
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fetch.conftest import Server

from broadsheet.errors import FetchError
from broadsheet.fetch import fetch_feed, open_client
from broadsheet.model import Limits

COUNTING = """
import ssl
read = []
ssl.SSLContext.load_default_certs = lambda *_: read.append(1)
import os
before = dict(os.environ)
import broadsheet.fetch
assert before == dict(os.environ)
from aiohttp import connector
contexts = (connector._SSL_CONTEXT_VERIFIED, connector._SSL_CONTEXT_UNVERIFIED)
print(*(context.cert_store_stats()["x509_ca"] for context in contexts))
"""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that vouches for itself, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: apt-get install openssl")
    file = tmp_path / "host.pem"
    wanted = ["-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=host", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", *wanted, "-keyout", str(file), "-out", str(tmp_path / "part.pem")]
    subprocess.run(command, check=True, capture_output=True)
    with file.open("a") as both:
        both.write((tmp_path / "part.pem").read_text())
    return file


async def status_over_tls(certificate: Path, server: Server, limits: Limits) -> int:
    server.says("/feed", b"<rss/>")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context) as listener:
        port = listener.sockets[0].getsockname()[1]
        async with open_client(limits) as client:
            feed = server.feed_at(f"https://127.0.0.1:{port}/feed")
            return (await fetch_feed(feed, client, limits)).status


async def test_a_server_this_machine_trusts_is_asked(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, server: Server, limits: Limits
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert await status_over_tls(certificate, server, limits) == 200


async def test_a_server_nobody_vouches_for_is_not_asked(certificate: Path, server: Server, limits: Limits) -> None:
    with pytest.raises(FetchError) as caught:
        await status_over_tls(certificate, server, limits)
    assert (caught.value.reason, server.requests) == ("tls", [])


@pytest.mark.parametrize("own", [{}, {"SSL_CERT_FILE": "/nowhere"}])
def test_no_certificate_is_read_for_nothing(own: dict[str, str]) -> None:
    command = [sys.executable, "-c", COUNTING]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **own})
    assert done.stdout.split() == ["0", "0"]
