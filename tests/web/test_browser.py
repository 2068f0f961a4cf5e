"""The live reader in a real browser: marks without moving, news, forms, keys, and reading without a connection."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from tests.store.builders import make_batch, make_revision, minutes
from tests.web.conftest import NOW

from broadsheet.config import Config
from broadsheet.pipeline.build import build
from broadsheet.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.needs("chromium")


@contextmanager
def running(paper: Config, port: int, **variables: str) -> Iterator[str]:
    """Serve the paper in a process of its own; `variables` of the environment stand above its options."""
    command = [sys.executable, "-m", "broadsheet", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=paper.folder, stdout=subprocess.DEVNULL, env={**os.environ, **variables})
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _wait(address: str) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"{address}/feed.atom", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nobody answers")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def site(paper: Config, store: Store) -> Config:
    """The paper with a site of its own, for it is built anew."""
    paper.site_folder.unlink()
    for feed in store.feeds():
        store.save_feed(replace(feed, state=replace(feed.state, standing="paused")))
    build(store, paper.as_paper(), paper.site_folder, NOW)
    return paper


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page that complains of nothing."""
    complaints: list[str] = []
    context = browser.new_context()
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text] == []


def test_reading_marking_and_news(site: Config, store: Store, page: "Page") -> None:
    ids = [ref.id for ref in store.refs()]
    with running(site, free_port()) as address:
        page.goto(f"{address}/my/unread/")
        page.keyboard.press("?")
        assert page.evaluate("document.activeElement.textContent") == "关闭"
        assert "已读或未读" in page.inner_text("#keys")
        page.keyboard.press("Enter")
        page.wait_for_selector("#keys", state="hidden")
        page.keyboard.press("j")
        page.keyboard.press("s")
        page.wait_for_selector(f'[data-post="{ids[0]}"][data-star]')
        page.keyboard.press("m")
        page.wait_for_selector(f'[data-post="{ids[0]}"][data-read]')
        assert store.reading.marks(ids)[ids[0]].starred_at is not None

        # Opening a post is reading it.
        page.goto(f"{address}/p/{ids[1]}/")
        page.wait_for_selector("article.post[data-read]")
        assert store.reading.marks(ids)[ids[1]].read_at is not None
        page.get_by_role("button", name="加星").click()
        page.wait_for_selector('[aria-pressed="true"]')

        # A new edition is told, and nothing moves.
        before = page.locator("h1").bounding_box()
        new = make_revision("entry-9", title="新到的文章", at=minutes(9))
        store.apply([make_batch(new, feed=store.feed(store.post(ids[1]).feed_id))])
        build(store, site.as_paper(), site.site_folder, NOW)
        page.wait_for_selector("#fresh a", timeout=15_000)
        assert "1 篇新文章" in page.locator("#fresh").inner_text()
        assert page.locator("h1").bounding_box() == before

        # What is managed by forms.
        page.goto(f"{address}/my/update/")
        page.get_by_role("button", name="更新到期的订阅源").click()
        page.wait_for_selector("text=完成。", timeout=30_000)
        assert "polled" in page.locator("#lines").inner_text()
        page.goto("about:blank")


def test_what_was_read_stays_readable_without_a_connection(site: Config, store: Store, page: "Page") -> None:
    newest = store.refs()[0].id
    with running(site, free_port()) as address:
        page.goto(f"{address}/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.goto(f"{address}/p/{newest}/")
        title = page.title()
        page.goto(f"{address}/")
        page.context.set_offline(True)
        page.goto(f"{address}/p/{newest}/")
        assert page.title() == title
        page.goto(f"{address}/")
        assert "样张" in page.title()
        page.goto("about:blank")
