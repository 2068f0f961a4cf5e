"""Fixtures for every room: the shared test data, and optional system parts that are skipped aloud."""

import os
import shutil
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
PARTS = {
    "chromium": "Chromium is not installed: apt-get install chromium",
    "hexo": "Hexo is not prepared: .ci/hexo/install (it needs npm, and Node.js 20.19 or newer)",
    "hugo": "Hugo is not installed: apt-get install hugo",
    "jekyll": "Jekyll is not installed: apt-get install jekyll",
    "newsboat": "newsboat is not installed: apt-get install newsboat",
    "nginx": "nginx is not installed: apt-get install nginx-light",
    "vnu": "the Nu Html Checker is not installed: npm install --global vnu-jar (it needs Java 17 or newer)",
    "systemd-analyze": "systemd is not installed: apt-get install systemd",
}
HEXO = ROOT / ".tools/hexo/node_modules/.broadsheet-lock"
SHARED_ABSENT = (
    "the shared test data is not beside the project (../shared): this test measures, the golden cases prove"
)


def _present(part: str) -> bool:
    return HEXO.is_file() if part == "hexo" else shutil.which(part) is not None


def _required() -> set[str]:
    return {part for part in os.environ.get("BROADSHEET_REQUIRE", "").split(",") if part}


def _absent(part: str, hint: str) -> None:
    """Skip, or fail where `BROADSHEET_REQUIRE` names the part."""
    if part in _required():
        pytest.fail(f"BROADSHEET_REQUIRE names {part}, but {hint}")
    pytest.skip(hint)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage by tests that need the shared data: the floors must hold where it is absent."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Trace nothing in a test for no coverage: in workers, pytest-cov's pause wakes an older tracer."""
    if item.get_closest_marker("no_cover") is None:
        return (yield)
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


@pytest.fixture(autouse=True)
def _parts(request: pytest.FixtureRequest) -> None:
    for mark in request.node.iter_markers("needs"):
        for part in mark.args:
            if not _present(part):
                _absent(part, PARTS[part])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data; skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        _absent("shared", SHARED_ABSENT)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, one for all tests of a file; its driver holds an event loop, which the next file may want itself."""
    if not _present("chromium"):
        _absent("chromium", PARTS["chromium"])
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program = shutil.which("chromium")
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
