"""Cleaned attacks on a real page: no dialog, no foreign request, no word on the console."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from broadsheet.clean import clean_entry
from broadsheet.model import ParsedEntry

ADDRESS = "http://page.test/"
HOOKS = """
window.__done = [];
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => { window.__done.push(name); };
"""


def _watch(page: Page, seen: list[str]) -> None:
    page.on("dialog", lambda dialog: seen.append(f"dialog {dialog.message}"))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("framenavigated", lambda frame: seen.append(f"navigated {frame.url}"))


def _answer(route: Route, page: str, seen: list[str]) -> None:
    """Answer the page itself and its pictures, which it may ask for; note everything else."""
    if route.request.url == ADDRESS:
        route.fulfill(content_type="text/html; charset=utf-8", body=page)
    elif route.request.resource_type == "image":
        route.fulfill(content_type="image/gif", body=b"")
    else:
        seen.append(f"request {route.request.url}")
        route.abort()


def _visit(html: str) -> tuple[list[str], list[str], int]:
    """Open a page; returns what was seen from outside, what was called inside, and how many articles there are."""
    seen: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(HOOKS)
        page.route("**/*", lambda route: _answer(route, html, seen))
        _watch(page, seen)
        page.goto(ADDRESS)
        page.evaluate(
            "document.querySelectorAll('article *').forEach(e => { e.dispatchEvent(new Event('mouseover')); "
            "e.dispatchEvent(new Event('focus')); })"
        )
        page.wait_for_timeout(300)
        called: list[str] = page.evaluate("window.__done")
        articles: int = page.evaluate("document.querySelectorAll('main > article').length")
        browser.close()
    return seen, called, articles


@pytest.mark.needs("chromium")
def test_no_dompurify_case_does_anything_in_chromium(shared: Path) -> None:
    cases = json.loads((shared / "data/xss/dompurify_cases.json").read_text("utf-8"))
    bodies = [clean_entry(ParsedEntry(content=case["payload"])).html for case in cases]
    articles = "".join(f"<article>{body}</article>" for body in bodies)
    html = f"<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><main>{articles}</main>"
    assert _visit(html) == ([f"navigated {ADDRESS}"], [], len(cases))


@pytest.mark.needs("chromium")
def test_the_watch_itself_sees_an_attack() -> None:
    seen, called, _ = _visit(
        "<!doctype html><main><article><script>alert(1)</script></article></main><script src=/x></script>"
    )
    assert called == ["alert"]
    assert "request http://page.test/x" in seen
