"""The pages in a real browser: nothing overflows, nothing is refused by a strict policy, keys work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from broadsheet.model import Edition
from broadsheet.publish import load_theme, render_site, write_site

pytestmark = pytest.mark.needs("chromium")
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; form-action 'none'"
WIDTHS = (390, 620, 860, 1180, 1440, 1600)


class Strict(SimpleHTTPRequestHandler):
    """Serves with the strictest policy the pages promise to live under."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def site(sample: Callable[..., Edition], tmp_path: Path) -> Path:
    """The sample paper on the disk."""
    edition = sample()
    write_site(render_site(edition, load_theme(edition.paper)), tmp_path / "site")
    return tmp_path / "site"


def test_nothing_overflows_and_nothing_is_refused(browser: Browser, site: Path) -> None:
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text) if _serious(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with served(site) as address:
        for file in sorted(site.resolve().rglob("index.html")):
            page.goto(address + file.relative_to(site.resolve()).as_posix())
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (file, width, wide)
    page.close()
    assert complaints == []


def _serious(message: ConsoleMessage) -> bool:
    """Tell whether a complaint is about us: the pictures of invented outlets cannot be found."""
    return message.type in {"error", "warning"} and "ERR_NAME_NOT_RESOLVED" not in message.text


def test_the_folder_can_be_read_without_a_server(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site.resolve() / "index.html").as_uri())
    page.click("nav a[href*='archive']")
    page.wait_for_url("**/archive/index.html")
    page.keyboard.press("h")
    page.wait_for_url("**/a/index.html")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/p/**/index.html")
    assert "小米与北汽洽谈合造" in page.title()
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('dialog').open")
    page.close()
