"""The pages in a real browser: nothing overflows, nothing is refused by a strict policy, keys work."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from broadsheet.model import Edition
from broadsheet.publish import load_theme, render_site, write_site

pytestmark = pytest.mark.needs("chromium")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' https:; "
    "form-action 'self'"
)
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
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


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
            if b'http-equiv="refresh"' in file.read_bytes():
                continue  # the test below follows it
            page.goto(address + file.relative_to(site.resolve()).as_posix())
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (file, width, wide)
    page.close()
    assert complaints == []


def test_the_old_address_of_a_story_leads_to_the_one_it_went_into(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    with served(site) as address:
        page.goto(f"{address}s/20260101-aaaaaaaaaa/")
        page.wait_for_url("**/s/20260826-*/")
        assert "Xiaomi and BAIC" in page.title()
    page.close()


def test_what_a_copy_changed_opens_without_a_script(browser: Browser, site: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    with served(site) as address:
        page.goto(f"{address}s/20260101-aaaaaaaaaa/")
        page.wait_for_url("**/s/20260826-*/")
        shown = page.locator("ins", has_text="涨了35%").first
        assert not shown.is_visible()
        page.locator("details details summary").last.click()
        assert shown.is_visible()
    page.close()


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
    page.wait_for_url("**/s/**/index.html")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/p/**/index.html")
    assert "Xiaomi and BAIC <talk>" in page.title()
    page.keyboard.press("t")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.keyboard.press("?")
    assert page.evaluate("document.querySelector('dialog').open")
    page.close()
