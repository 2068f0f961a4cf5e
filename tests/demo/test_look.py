"""The demo's pages in a browser, one of every kind: whoever reads, however wide, dark or light, in either language.

`BROADSHEET_PICTURES=FOLDER` keeps a picture of every page at every width, dark and light, and asks each everything.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path
from shutil import which
from typing import Literal

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import VNU, made_once
from tests.publish.test_browser import served

from broadsheet.config import load
from broadsheet.demo.sample import MOMENTS
from broadsheet.demo.show import Shown
from broadsheet.pipeline.build import build
from broadsheet.store import Archive, open_store

IN_BROWSER = pytest.mark.needs("chromium")
PICTURES = os.environ.get("BROADSHEET_PICTURES", "")
LANGUAGES = ("zh-CN", "en")
WIDTHS = (390, 820, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEAVIEST = 100_000
"""Bytes of a page without its images."""

KINDS = {
    "front": r"index",
    "story": r"s/[^/]+/index",
    "post": r"p/[^/]+/index",
    "company": r"c/[^/]+/index",
    "companies": r"c/index",
    "search": r"search/index",
    "feeds": r"feeds/index",
    "section": r"汽车/index",
    "sections": r"sections/index",
    "day": r"2022/08/26/index",
    "month": r"2022/08/index",
    "archive": r"archive/index",
    "absent": r"404",
}
"""What the address of every kind of page looks like; of many, the heaviest is looked at."""

PALE = "color-contrast"
"""The rule of axe-core that asks about colours alone: it takes long, and no width changes a colour."""

ROLES = ".*has a “table” ancestor.*"
"""What the checker says of roles in tables: narrow tables are laid out as blocks, and would lose their meaning."""

QUICK_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""For a run of seconds, the better compiler costs more than it gives."""

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RUN_AXE = """options => axe.run({ resultTypes: ['violations'], ...options })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(one => one.target).join(' ')}`))"""
LAID_OUT = "one => one.checkVisibility({ contentVisibilityAuto: true })"
BACKGROUND = "one => getComputedStyle(one).backgroundImage"
REACHED = """() => {
  const seen = one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled;
  const stops = document.querySelectorAll('a[href],button,input,textarea,select,summary,[tabindex="0"]');
  window.inTurn = [...stops].filter(seen);
  window.reached = [];
  window.unmarked = [];
  document.addEventListener('focusin', ({ target }) => {
    reached.push(inTurn.indexOf(target));
    if (getComputedStyle(target).outlineStyle === 'none') unmarked.push(target.outerHTML.slice(0, 80));
  });
  document.activeElement.blur();
  return inTurn.length;
}"""


Asked = Callable[[int, str], dict[str, object] | None]


class Walk(Struct, frozen=True):
    """One site: its files, and where it is served."""

    language: str
    folder: Path
    address: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def walks(demo: Shown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Walk]]:
    """The demo's paper, published in each language of the interface."""

    def make(folder: Path) -> Path:
        english = load(Path(demo.folder), {"BROADSHEET_PAPER_LANGUAGE": "en", "BROADSHEET_SITE": str(folder)})
        with open_store(english.store_url) as store:
            build(store, english.as_paper(), english.site_folder, MOMENTS["evening"], Archive(english.images_folder))
        return folder

    folders = (Path(demo.site), made_once(tmp_path_factory, "english", make))
    with served(folders[0]) as chinese_at, served(folders[1]) as english_at:
        sites = zip(folders, (chinese_at, english_at), strict=True)
        yield [Walk(name, *site, kinds(site[0])) for name, site in zip(LANGUAGES, sites, strict=True)]


def kinds(site: Path) -> dict[str, str]:
    """Choose the heaviest page of every kind."""
    here = site.resolve()
    pages = {page.relative_to(here).as_posix(): page.stat().st_size for page in here.rglob("*.html")}
    return {
        kind: max((path for path in pages if re.fullmatch(pattern + r"\.html", path)), key=lambda path: pages[path])
        for kind, pattern in KINDS.items()
    }


@pytest.fixture(scope="module")
def browser(walks: list[Walk]) -> Iterator[Browser]:
    """Start after the demo is made, which cannot be while Playwright runs."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def visits(walk: Walk) -> dict[str, str]:
    """Every address to look at; a search that finds something is a page of its own."""
    found = f"{walk.address}{walk.paths['search']}?q=%E5%B0%8F%E7%B1%B3"
    return {**{kind: walk.address + path for kind, path in walk.paths.items()}, "found": found}


def arrive(page: Page, kind: str, address: str) -> None:
    page.goto(address)
    if kind == "found":
        page.wait_for_selector("#hits article")


def asked_of(width: int, scheme: str) -> dict[str, object] | None:
    """Tell what to ask: everything once, without the colours at other widths, in the dark only the colours."""
    if PICTURES:
        return {}
    if scheme == "dark":
        return {"runOnly": {"type": "rule", "values": [PALE]}} if width == WIDTHS[-1] else None
    return {} if width == WIDTHS[0] else {"rules": {PALE: {"enabled": False}}}


def asked_once(width: int, scheme: str) -> dict[str, object] | None:
    """Ask everything at one width: other words make a page wider, and change nothing else."""
    return {} if PICTURES or (width, scheme) == (WIDTHS[0], "light") else None


def look(page: Page, name: str, asked: Asked = asked_of) -> Iterator[str]:
    """Look at an opened page at every width, light and dark, and tell what is wrong; `asked` says what of axe."""
    page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        options = asked(width, scheme)
        if options is not None:
            yield from (f"{name} {width} {scheme}: {one}" for one in page.evaluate(RUN_AXE, options))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{name} is wider than {width}"
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)


@IN_BROWSER
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_complains_overflows_asks_others_or_shuts_anyone_out(
    browser: Browser, walks: list[Walk], language: str
) -> None:
    walk, page = walks[LANGUAGES.index(language)], browser.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: faults.append(f"{message.location}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for kind, address in visits(walk).items():
        arrive(page, kind, address)
        faults += look(page, f"{kind}-{language}", asked_of if language == LANGUAGES[0] else asked_once)
    page.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(walk.address)] == []


@IN_BROWSER
def test_the_keyboard_goes_through_every_page_in_its_order(browser: Browser, walks: list[Walk]) -> None:
    walk, page = walks[0], browser.new_page(viewport={"width": 1440, "height": 900})
    for kind, address in visits(walk).items():
        arrive(page, kind, address)
        count = page.evaluate(REACHED)
        for _ in range(count):
            page.keyboard.press("Tab")
        assert page.evaluate("reached") == list(range(count)), kind
        assert page.evaluate("unmarked") == [], kind
    page.close()


@IN_BROWSER
def test_without_a_script_every_page_says_the_same(browser: Browser, walks: list[Walk]) -> None:
    with_scripts = browser.new_page()
    without = browser.new_context(java_script_enabled=False).new_page()
    for kind, path in walks[0].paths.items():
        for page in (with_scripts, without):
            page.goto(walks[0].address + path)
        if kind == "search":
            assert without.locator("noscript").is_visible()
            assert without.locator("main a[href*=archive]").is_visible()
        else:
            assert without.locator("main").inner_text() == with_scripts.locator("main").inner_text(), kind
        assert not without.locator(".set").is_visible()
    with_scripts.close()
    without.close()


@pytest.mark.needs("vnu")
def test_every_page_is_valid_html(walks: list[Walk]) -> None:
    for walk in walks:
        asked = ("--errors-only", "--skip-non-html", "--filterpattern", ROLES, str(walk.folder.resolve()))
        checked = [*QUICK_JAVA, "-jar", str(VNU), *asked]
        told = subprocess.run(checked, capture_output=True, check=False, text=True)
        assert told.stderr == ""
        assert told.returncode == 0


def test_no_page_is_heavy(walks: list[Walk]) -> None:
    for walk in walks:
        heavy = {page.name: page.stat().st_size for page in walk.folder.resolve().rglob("*.html")}
        assert max(heavy.values()) < HEAVIEST


@IN_BROWSER
def test_annotations_can_be_hidden_and_a_claim_pointed_at_lights_its_sentence(
    browser: Browser, walks: list[Walk]
) -> None:
    walk, page = walks[0], browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(walk.address + walk.paths["post"])
    text, marked = page.inner_text(".body"), page.locator(".body .clm").first
    assert marked.evaluate(BACKGROUND) != "none"
    page.keyboard.press("a")
    assert marked.evaluate(BACKGROUND) == "none"
    page.keyboard.press("a")
    assert page.inner_text(".body") == text
    page.goto(walk.address + walk.paths["story"])
    claim = page.locator("#claims tbody tr").first
    plain = claim.locator("mark").evaluate("one => getComputedStyle(one).backgroundColor")
    claim.locator("a").last.focus()
    lit = claim.locator("mark").evaluate("one => getComputedStyle(one).backgroundColor")
    page.locator("h1").hover()
    page.evaluate("document.activeElement.blur()")
    assert (plain, lit) == ("rgba(0, 0, 0, 0)", "rgb(247, 232, 164)")
    claim.hover()
    assert claim.locator("mark").evaluate("one => getComputedStyle(one).backgroundColor") == lit
    page.close()


@IN_BROWSER
def test_on_paper_a_post_is_black_on_white_without_what_is_for_the_screen(
    browser: Browser, walks: list[Walk]
) -> None:
    walk, page = walks[0], browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(walk.address + walk.paths["post"])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not [one for one in (".nav", ".set", ".find", ".foot", ".tools") if page.locator(one).first.is_visible()]
    assert page.locator(".body").is_visible()
    page.close()


@IN_BROWSER
def test_a_section_far_below_is_laid_out_at_once_so_that_nothing_jumps_and_pictures_show_it(
    browser: Browser, walks: list[Walk]
) -> None:
    walk, page = walks[0], browser.new_page(viewport={"width": WIDTHS[0], "height": 600})
    page.goto(walk.address + walk.paths["front"])
    last = page.locator(".cols h3 a").last
    assert last.evaluate(LAID_OUT)
    page.emulate_media(media="print")
    assert last.evaluate(LAID_OUT)
    assert page.evaluate("text => find(text)", last.text_content())
    page.close()
