"""Cleaned attacks on a real page: no dialog, no foreign request, no word on the console."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route

from broadsheet.clean import clean_entry, sanitise
from broadsheet.clean.sanitise import SCHEMES
from broadsheet.model import ParsedEntry

pytestmark = pytest.mark.needs("chromium")
FAMILIES: dict[str, list[str]] = json.loads(Path(__file__).with_name("attacks.json").read_text("utf-8"))
ADDRESS = "http://page.test/"
PLAYER = ("request https://player.bilibili.com/", "navigated chrome-error:", "console Failed to load resource")
"""What a page with an allowed player in a frame does, where there is no internet."""
HOOKS = """
window.__done = [];
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => { window.__done.push(name); };
"""
READING = """
() => Array.from(document.querySelectorAll("article *")).flatMap(element =>
  ["href", "src", "poster", "cite", "srcset"].filter(name => element.hasAttribute(name)).flatMap(name => {
    const value = element.getAttribute(name);
    const addresses = name == "srcset" ? value.split(", ").map(one => one.split(" ")[0]) : [value];
    return addresses.map(one => new URL(one, document.baseURI).protocol);
  }))
"""
"""How a browser understands every address (WHATWG URL Standard): its scheme."""


class Visit(NamedTuple):
    """What was seen from outside, what was called inside, how many articles there are, the schemes of addresses."""

    seen: list[str]
    called: list[str]
    articles: int
    schemes: set[str]


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


def _page_of(bodies: Sequence[str]) -> str:
    articles = "".join(f"<article>{body}</article>" for body in bodies)
    return f"<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><main>{articles}</main>"


def _visit(browser: Browser, html: str) -> Visit:
    """Open a page in a browser that has seen no other, and touch everything in its articles."""
    seen: list[str] = []
    with browser.new_context() as alone:
        page = alone.new_page()
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
        schemes: set[str] = set(page.evaluate(READING))
    return Visit(seen, called, articles, schemes)


def _assert_harmless(browser: Browser, bodies: Sequence[str]) -> None:
    visit = _visit(browser, _page_of(bodies))
    assert [one for one in visit.seen if not one.startswith(PLAYER)] == [f"navigated {ADDRESS}"]
    assert visit.called == []
    assert visit.articles == len(bodies)
    assert visit.schemes <= {f"{scheme}:" for scheme in SCHEMES}


def test_no_dompurify_case_does_anything_in_chromium(browser: Browser, shared: Path) -> None:
    cases = json.loads((shared / "data/xss/dompurify_cases.json").read_text("utf-8"))
    bodies = [clean_entry(ParsedEntry(content=case["payload"])).html for case in cases]
    _assert_harmless(browser, bodies)


def test_no_attack_of_our_own_does_anything_in_chromium(browser: Browser) -> None:
    payloads = [payload for family in FAMILIES.values() for payload in family]
    assert len(payloads) > 150
    alone = [clean_entry(ParsedEntry(content=payload, link="https://a.test/b/")).html for payload in payloads]
    _assert_harmless(browser, [*alone, *map(sanitise, payloads)])


@pytest.mark.parametrize("family", FAMILIES)
def test_attacks_of_one_family_do_nothing_together(browser: Browser, family: str) -> None:
    together = "".join(FAMILIES[family])
    _assert_harmless(
        browser, [clean_entry(ParsedEntry(content=together, link="https://a.test/b/")).html, sanitise(together)]
    )


def test_the_watch_itself_sees_an_attack(browser: Browser) -> None:
    visit = _visit(
        browser, "<!doctype html><main><article><script>alert(1)</script></article></main><script src=/x></script>"
    )
    assert visit.called == ["alert"]
    assert "request http://page.test/x" in visit.seen


def test_the_watch_reads_addresses_as_a_browser_does(browser: Browser) -> None:
    visit = _visit(
        browser, _page_of(["<a href='&#1;java&Tab;script:x'>x</a><img srcset='data:,x 1x, https://a.test/ 2x'>"])
    )
    assert visit.schemes == {"javascript:", "data:", "https:"}
