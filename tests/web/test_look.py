"""Every page of the live reader in a browser: whoever reads, however wide, dark or light, in either language.

`BROADSHEET_PICTURES=FOLDER` keeps a picture of every page at every width, dark and light, and asks each everything.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from tests.demo.test_look import REACHED, asked_of, asked_once, look
from tests.web.test_browser import free_port, running

from broadsheet.config import load
from broadsheet.demo.sample import MOMENTS
from broadsheet.demo.show import Shown
from broadsheet.model import Watch
from broadsheet.pipeline.stories.watching import make_watch
from broadsheet.store import Store, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    Arrive = Callable[[Page, str], object]

pytestmark = pytest.mark.needs("chromium")

LIST = "code,name\n699901.SH,玉兔科技\n699999.ZZ,无处\n".encode()
TO_THE_TOP = "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
"""Where the first Tab starts, whatever had the focus at first."""

LANGUAGES = ("zh-CN", "en")


def at(path: str) -> "Arrive":
    """Arrive by an address."""
    return lambda page, address: page.goto(address + path)


def by_form(path: str, fields: dict[str, str], button: str) -> "Arrive":
    """Arrive by a form that is filled in and sent."""

    def arrive(page: "Page", address: str) -> None:
        page.goto(address + path)
        for selector, text in fields.items():
            page.fill(selector, text.format(address=address))
        page.click(button)

    return arrive


def by_list(page: "Page", address: str) -> None:
    """Arrive by a list that is tried."""
    page.goto(f"{address}/my/companies/")
    page.set_input_files("#list", {"name": "mine.csv", "mimeType": "text/csv", "buffer": LIST})
    page.check("[name=try]")
    page.click("form[action$=import] button")


def visits(store: Store) -> "dict[str, Arrive]":
    """One page of every kind: those that come by address, then those that come by forms."""
    ids = [ref.id for ref in store.refs()]
    now = MOMENTS["evening"]
    store.reading.mark(ids[:2], now, starred=True)
    store.reading.tag(ids[:1], add=["汽车", "a long tag of several words"])
    store.reading.note(ids[0], "问一问\n他们", now)
    story = max(store.story_refs(), key=lambda ref: len(ref.posts)).id
    addresses = {
        "manage": "my/",
        "unread": "my/unread/",
        "starred": "my/starred/",
        "tagged": "my/tags/汽车/",
        "notes": "my/notes/",
        "feeds": "my/feeds/",
        "update": "my/update/",
        "story-tools": f"my/stories/{story}/",
        "watches": "my/watches/",
        "companies": "my/companies/?q=%E6%B1%BD%E8%BD%A6",
        "company": "my/companies/baic-motor/",
        "found": "search/?q=%E5%B0%8F%E7%B1%B3",
        "sign-in": "my/sign-in",
        "fault": "my/stories/none/",
        "post": f"p/{ids[0]}/",
        "front": "",
    }
    feed = {"#address": "{address}/feed.atom"}
    return {
        **{kind: at("/" + path) for kind, path in addresses.items()},
        "preview": by_form("/my/feeds/", feed, "form[action$=preview] button"),
        "settings": by_form("/my/settings/", {"#name": "phone"}, "form[action$=tokens] button"),
        "report": by_list,
    }


def set_watches(store: Store) -> None:
    """Set a watch that heard something, and one that did not."""
    heard: Watch = make_watch(store, "小米", MOMENTS["morning"])
    store.watches.add(heard, 0)
    wanted = make_watch(
        store, "北京汽车 小米", MOMENTS["evening"], ["denied", "confirmed"], "https://hook.example/x", "s"
    )
    store.watches.add(wanted, 0)


@pytest.fixture(scope="module")
def served(demo: Shown, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[tuple[list[str], dict[str, Arrive]]]":
    """The demo's paper, read in each language of the interface: where, and how to arrive at every page."""
    folder = tmp_path_factory.mktemp("look") / "paper"
    shutil.copytree(demo.folder, folder, symlinks=True)
    config = load(folder, {})
    with open_store(config.store_url) as store:
        set_watches(store)
        found = visits(store)
    with ExitStack() as stack:
        servers = [running(config, free_port(), BROADSHEET_PAPER_LANGUAGE=name) for name in LANGUAGES]
        yield [stack.enter_context(server) for server in servers], found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_live_page_complains_overflows_asks_others_or_shuts_anyone_out(
    served: "tuple[list[str], dict[str, Arrive]]", browser: "Browser", language: str
) -> None:
    address, page = served[0][LANGUAGES.index(language)], browser.new_page()
    faults: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: faults.append(f"{message.location['url']}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for kind, arrive in served[1].items():
        arrive(page, address)
        faults += look(page, f"my-{kind}-{language}", asked_of if language == LANGUAGES[0] else asked_once)
    page.close()
    assert [fault for fault in faults if "/my/stories/none/" not in fault] == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_keyboard_goes_through_every_live_page_in_its_order(
    served: "tuple[list[str], dict[str, Arrive]]", browser: "Browser"
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    for kind, arrive in served[1].items():
        arrive(page, served[0][0])
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(TO_THE_TOP)
        count = page.evaluate(REACHED)
        for _ in range(count):
            page.keyboard.press("Tab")
        assert page.evaluate("reached") == list(range(count)), kind
        assert page.evaluate("unmarked") == [], kind
    page.close()


def test_the_way_to_ones_own_lists_stays_in_one_line(
    served: "tuple[list[str], dict[str, Arrive]]", browser: "Browser"
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    for address in served[0]:
        page.goto(f"{address}/my/")
        tops = page.evaluate("[...document.querySelectorAll('.sub .nav li')].map(one => one.offsetTop)")
        assert len(tops) == 9
        assert len(set(tops)) == 1
    page.close()
