"""The preview server: the site and nothing else."""

import socket
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest

from broadsheet.errors import ConfigError
from broadsheet.pipeline.preview import preview


def test_it_serves_the_site_with_its_types(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>头版</p>", "utf-8")
    (tmp_path / "feed.atom").write_text("<feed/>", "utf-8")
    with preview(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        with urlopen(f"{base}/") as page:
            assert page.headers["Content-Type"] == "text/html; charset=utf-8"
            assert page.headers["X-Content-Type-Options"] == "nosniff"
            assert "头版" in page.read().decode()
        with urlopen(f"{base}/feed.atom") as feed:
            assert feed.headers["Content-Type"] == "application/atom+xml"
        server.shutdown()
        thread.join()


def test_a_browser_that_leaves_in_the_middle_is_no_news(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").touch()
    (tmp_path / "large.png").write_bytes(bytes(20_000_000))
    with preview(tmp_path, 0) as server:
        server.daemon_threads = False  # so that closing the server waits for the answer
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        with socket.create_connection(("127.0.0.1", server.server_port)) as browser:
            browser.sendall(b"GET /large.png HTTP/1.1\r\nHost: x\r\n\r\n")
            assert browser.recv(15) == b"HTTP/1.1 200 OK"
        server.shutdown()
        thread.join()
    assert capsys.readouterr().err == ""


def test_without_a_site_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="broadsheet build"):
        preview(tmp_path, 0)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    with preview(tmp_path, 0) as first, pytest.raises(ConfigError, match=f"port {first.server_port}"):
        preview(tmp_path, first.server_port)
