"""Starting up costs what a command needs: a poll that brings nothing new imports no parser, cleaner or template."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.pipeline.outlet import Outlet

HEAVY = {
    "trafilatura",
    "readability",
    "protego",
    "PIL",
    "lxml",
    "selectolax",
    "nh3",
    "jinja2",
    "rich",
    "multiprocessing",
    "charset_normalizer",
    "numpy",
    "rensa",
    "ahocorasick_rs",
    "pandas",
    "exchange_calendars",
    "pyarrow",
    "argon2",
    "granian",
    "litestar",
}
ROOMS = {f"broadsheet.{room}" for room in ("parse", "clean", "publish", "group", "annotate", "market", "web")}
OTHERS = {
    f"broadsheet.cli.{module}"
    for module in (
        "scale.archive",
        "facts.companies",
        "papers.doctor",
        "papers.keys",
        "papers.paper",
        "reading.story",
    )
}
NETWORK = {"aiohttp", "asyncio", "ssl"}
SCRIPT = """
import sys
from broadsheet.cli import main
code = main(sys.argv[1:])
sys.stderr.write("\\n".join(sys.modules))
raise SystemExit(code)
"""


def imported(folder: Path, *words: str) -> set[str]:
    """Every module that a command imports, in a process of its own."""
    command = [sys.executable, "-c", SCRIPT, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    return set(done.stderr.split("\n"))


def test_an_update_that_is_answered_304_only(paper: Path, call: Call, outlet: Outlet, feed: str) -> None:
    forget_the_schedule(call, feed)
    before = len(outlet.asked)
    modules = imported(paper, "update", feed)
    assert "if-none-match" in outlet.asked[before][1]
    assert not modules & (HEAVY | ROOMS | OTHERS)


@pytest.mark.parametrize(
    "words", [("update",), ("images",), ("--version",), ("--help",), ("search", "不在", "--json")]
)
def test_a_command_that_asks_nobody(paper: Path, words: tuple[str, ...]) -> None:
    assert not imported(paper, *words) & (HEAVY | ROOMS)


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("search", "不在"), ("status",)])
def test_a_command_that_never_asks_leaves_the_network_alone(paper: Path, words: tuple[str, ...]) -> None:
    assert not imported(paper, *words) & NETWORK


def forget_the_schedule(call: Call, feed: str) -> None:
    """Let a feed be asked by hand again at once."""
    from msgspec.structs import replace

    from broadsheet.store import open_store

    with open_store("broadsheet.db") as store:
        known = store.feed(feed)
        store.save_feed(replace(known, state=replace(known.state, last_polled=None)))
