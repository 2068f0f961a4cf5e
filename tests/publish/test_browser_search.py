"""Search in a real browser: words of every kind are found, in few bytes, and nothing from a title becomes markup."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.publish.conftest import make_edition, make_feed, make_post
from tests.publish.search.indexreader import terms
from tests.publish.test_browser import served

from broadsheet.model import Edition, Paper
from broadsheet.publish import load_theme, render_site, write_site
from broadsheet.publish.search.forms import PAGES, page_of_forms
from broadsheet.publish.search.terms import number_of
from broadsheet.store import folding

ROOM = Path(str(files("broadsheet.publish")))
pytestmark = pytest.mark.needs("chromium")

TEXTS = {
    "东北汽车": "东北汽车展今天开幕\n参展的有三十家。",
    "码": "代码发布\n北汽蓝谷（６００７３３）与 1958.HK 一同上涨。",
    "蓝谷": "北汽蓝谷公告\n北汽蓝谷说，北、汽两字不能拆开。",
    "en": "Xiaomi’s SU7 Ultra\nThe café opened. Straße.",
    "markup": '<img src=x onerror="document.title=1">小米\n正文。',
}
NOTE = "Autofocus processing was blocked because a document already has a focused element"
"""What Chromium notes where `/` was faster than its look for a focus; it finds one in a dialog that is shut."""


def edition() -> Edition:
    feed = make_feed(title="<b>南桥</b>")
    posts = [make_post(feed, key, text.partition("\n")[0], text=text) for key, text in TEXTS.items()]
    posts += [
        make_post(feed, f"more{number}", f"快讯{number}", text=f"快讯{number}\n每日一题。") for number in range(23)
    ]
    posts += [
        make_post(feed, title, title, text=title, published=published)
        for title, published in {
            "年报一": datetime(2021, 5, 1, tzinfo=UTC),
            "年报二": datetime(2024, 12, 31, 16, tzinfo=UTC),  # New Year in Shanghai
            "年报三": datetime(2025, 12, 31, 15, tzinfo=UTC),
            "年报四": datetime(2025, 12, 31, 16, tzinfo=UTC),
        }.items()
    ]
    return make_edition([feed], posts, paper=Paper(title="对开", search=True), folding=folding())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = edition()
    folder = tmp_path_factory.mktemp("search")
    write_site(render_site(made, load_theme(made.paper)), folder / "under" / "a" / "path")
    return folder


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as address:
        yield f"{address}under/a/path/"


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    """One page that goes from test to test: opening one, or going to another server, takes longer than a search."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture
def page(opened: Page, home: str) -> Iterator[Page]:
    complaints: list[str] = []
    asked: list[str] = []
    heard: dict[str, Callable[[Any], None]] = {
        "console": lambda note: None if note.text.startswith(NOTE) else complaints.append(note.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }
    for event, hear in heard.items():
        opened.on(event, hear)  # type: ignore[call-overload]
    opened.goto(f"{home}search/")
    yield opened
    for event, hear in heard.items():
        opened.remove_listener(event, hear)
    assert complaints == []
    assert [url for url in asked if not url.startswith(home)] == []


def ask(page: Page, question: str) -> list[str]:
    page.fill("#q", question)
    page.press("#q", "Enter")
    expect(page.locator("#found")).to_have_text(re.compile("篇|没有文章"))
    return page.locator("#hits h2").all_inner_texts()


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("汽", ["东北汽车展今天开幕", "代码发布", "北汽蓝谷公告"]),
        ("北汽", ["东北汽车展今天开幕", "代码发布", "北汽蓝谷公告"]),
        ("北汽蓝谷公告", ["北汽蓝谷公告"]),
        ("北汽藍谷公告", ["北汽蓝谷公告"]),
        ("東北", ["东北汽车展今天开幕"]),
        ("600733", ["代码发布"]),
        ("600,733", ["代码发布"]),
        ("１９５８.ＨＫ", ["代码发布"]),
        ("ULTRA su7", ["Xiaomi’s SU7 Ultra"]),
        ("Cafe", ["Xiaomi’s SU7 Ultra"]),
        ("STRASSE", ["Xiaomi’s SU7 Ultra"]),
        ('"蓝谷 说" 汽', ["北汽蓝谷公告"]),
        ("小米", ['<img src=x onerror="document.title=1">小米']),
        ("没有的词", []),
    ],
)
def test_words_of_every_kind_are_found(page: Page, question: str, titles: list[str]) -> None:
    assert sorted(ask(page, question)) == sorted(titles)


def test_the_script_reads_as_the_store_does(browser: Browser) -> None:
    fold = folding().fold
    known = [chr(point) for point in range(0x32000) if unicodedata.category(chr(point)) not in {"Cn", "Cs", "Co"}]
    lines = ["\n".join(known[start : start + 100]) for start in range(0, len(known), 100)]
    texts = ["1,299 元 12,34,567 0,001,000", "İstanbul ΣΟΦΟΣ ﬁn", "ｶﾞﾗｽ", "A\u030angstro\u0308m", "a，b、c", *lines]
    forms = {f"{number:x}": page_of_forms(number, fold).decode() for number in PAGES}
    page = browser.new_page()
    page.evaluate((ROOM / "static" / "reading.js").read_text("utf-8"))
    asked = "({texts, forms}) => Promise.all(texts.map(one => reading.fold(one, page => forms[page])))"
    read = page.evaluate(asked, {"texts": texts, "forms": forms})
    page.close()
    for text, one in zip(texts, read, strict=True):
        assert one.split("\n") == fold(text).split("\n")


def test_the_script_asks_for_the_terms_of_posts(browser: Browser) -> None:
    questions = ["小米", "北汽蓝谷公告", "su7 Ultra", "600733", "1958.HK", '"蓝谷 说" 汽', "A股", "𠮷野家", "é1b"]
    page = browser.new_page()
    page.evaluate((ROOM / "static" / "reading.js").read_text("utf-8"))
    asked = (
        "questions => Promise.all(questions.map(one => reading.terms(one, () => '').then(found => found.numbers)))"
    )
    read = page.evaluate(asked, questions)
    page.close()
    assert read == [[number_of(term) for term in terms(question, folding().fold)] for question in questions]


def test_results_come_in_portions(page: Page) -> None:
    assert len(ask(page, "快讯 一题")) == 10
    assert "23" in page.inner_text("#found")
    page.click("#more")
    expect(page.locator("#hits article")).to_have_count(20)
    page.click("#more")
    expect(page.locator("#hits article")).to_have_count(23)
    assert page.is_hidden("#more")


def test_hits_of_several_years_can_be_narrowed_to_one(page: Page) -> None:
    ask(page, "快讯")
    assert page.is_hidden("#years")
    assert ask(page, "年报") == ["年报四", "年报三", "年报二", "年报一"]
    assert page.locator("#years li").all_inner_texts() == ["所有年份\n4", "2026\n1", "2025\n2", "2021\n1"]
    page.click("#years a:has-text('2025')")
    expect(page.locator("#hits h2")).to_have_text(["年报三", "年报二"])
    expect(page.locator("#years [aria-current]")).to_contain_text("2025")
    page.click("#years a:has-text('所有')")
    expect(page.locator("#hits h2")).to_have_count(4)


def test_addresses_lead_back(page: Page) -> None:
    ask(page, "蓝谷")
    ask(page, "su7")
    assert page.title().startswith("su7")
    page.go_back()
    expect(page.locator("#q")).to_have_value("蓝谷")
    expect(page.locator("#hits article")).to_have_count(2)
    page.reload()
    expect(page.locator("#hits article")).to_have_count(2)
    page.click("#hits a")
    page.wait_for_url("**/under/a/path/p/**")


def test_every_page_asks(page: Page) -> None:
    page.goto(page.url.replace("search/", "archive/"))
    page.keyboard.press("/")
    page.keyboard.type("蓝谷")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#hits article")).to_have_count(2)


def test_an_input_methods_enter_asks_nothing(page: Page) -> None:
    page.fill("#q", "beiqi")
    page.dispatch_event("#q", "compositionstart")
    page.press("#q", "Enter")
    assert "q=" not in page.url
    page.dispatch_event("#q", "compositionend")
    page.press("#q", "Enter")
    page.wait_for_url("**/search/?q=beiqi")


def test_a_lost_index_is_told_in_words(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.goto(f"{home}search/")
    page.route("**/*.bin", lambda route: route.abort())
    page.fill("#q", "北汽")
    page.press("#q", "Enter")
    expect(page.locator("#found")).to_contain_text("索引没有读到")
    page.unroute("**/*.bin")
    assert ask(page, "北汽")
    page.close()


def test_an_index_made_anew_meanwhile_is_read_anew(browser: Browser, home: str) -> None:
    page = browser.new_page()
    lost: list[str] = []
    page.goto(f"{home}search/")
    page.on("response", lambda answer: lost.append(answer.url) if answer.status == 404 else None)
    page.route("**/*.bin", lambda route: route.fulfill(status=404), times=1)
    assert len(ask(page, "蓝谷")) == 2
    assert len(lost) == 1
    page.close()


def test_without_a_server_or_a_script_it_says_what_is_missing(browser: Browser, site: Path, home: str) -> None:
    page = browser.new_page()
    page.goto((site.resolve() / "under/a/path/search/index.html").as_uri())
    assert "服务器" in page.inner_text("#found")
    page.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{home}search/")
    assert "JavaScript" in plain.inner_text("main")
    assert plain.get_attribute("main a", "href") == "../archive/"
    plain.close()
