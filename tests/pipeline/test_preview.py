"""The preview server: the site and nothing else."""

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


def test_without_a_site_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="broadsheet build"):
        preview(tmp_path, 0)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    with preview(tmp_path, 0) as first, pytest.raises(ConfigError, match=f"port {first.server_port}"):
        preview(tmp_path, first.server_port)
