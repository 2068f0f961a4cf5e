"""The documents: complete, fresh, linked, and true when typed."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version as installed
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer.main
from bench import __main__ as bench
from fuzz import __main__ as fuzz

from broadsheet.cli.app import make_app
from broadsheet.config import options
from broadsheet.version import VERSION

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SHELL = re.compile(r"^```sh *(?P<kind>\w*)\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title><link>https://example.org/</link>
<description>x</description><item><title>新能源</title><link>https://example.org/1</link><guid>1</guid>
<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>text</description></item></channel></rss>"""


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands() -> dict[str, set[str]]:
    """Every command as it is typed, with its options."""
    root = typer.main.get_command(make_app())
    found = {"": options_of(root)}
    for name, command in children(root).items():
        found[name] = options_of(command)
        found.update({f"{name} {inner}": options_of(child) for inner, child in children(command).items()})
    return found


def children(command: object) -> dict[str, object]:
    return dict(getattr(command, "commands", {}))


def options_of(command: object) -> set[str]:
    return {
        name for parameter in getattr(command, "params", ()) for name in (*parameter.opts, *parameter.secondary_opts)
    }


def typed(page: Path) -> Iterator[list[str]]:
    """Each call of the command line in a page's shell examples, as words after the program's name."""
    for block in SHELL.finditer(page.read_text("utf-8")):
        for line in block["lines"].splitlines():
            words = re.findall(r'"[^"]*"|\S+', line.partition("#")[0].removeprefix("./run "))
            if words[:1] == ["broadsheet"]:
                yield words[1:]


def test_the_reference_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [name for name in commands() if name])
def test_every_command_is_in_the_reference_with_its_options(command: str) -> None:
    text = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    section = text.partition(f"## `broadsheet {command}`\n")[2].partition("\n## ")[0]
    assert section
    for option in commands()[command]:
        if option.startswith("--"):
            assert option in section


def test_every_command_and_option_has_help() -> None:
    root = typer.main.get_command(make_app())
    todo: list[tuple[str, object]] = [("broadsheet", root)]
    while todo:
        name, command = todo.pop()
        assert getattr(command, "help", None), name
        for parameter in getattr(command, "params", ()):
            assert getattr(parameter, "help", None) or "--help" in parameter.opts, (name, parameter.name)
        todo += [(f"{name} {inner}", child) for inner, child in children(command).items()]


def test_every_option_of_the_file_is_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference" / "options.md").read_text("utf-8")
    assert all(f"| `{option.key}` |" in text for option in options())


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / unquote(link)).exists()]
    assert not dead


def test_every_page_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    todo = [ROOT / "docs" / "index.md", ROOT / "README.md"]
    while todo:
        page = todo.pop().resolve()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        todo += [page.parent / unquote(link) for link in LINK.findall(page.read_text("utf-8"))]
    assert {name_of(page) for page in PAGES} == {name_of(page) for page in reached}


def test_decisions_are_numbered_one_by_one_and_listed() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    titles = [page.read_text("utf-8").partition("\n")[0] for page in pages]
    assert [title.partition(". ")[0] for title in titles] == [f"# {number}" for number in range(1, len(pages) + 1)]
    rows = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8").splitlines()
    for page, title in zip(pages, titles, strict=True):
        row = f"| [{page.name[:4]}]({page.name}) | {title.partition('. ')[2]}"
        assert any(line.startswith(row) for line in rows), row


def test_the_help_of_the_script_names_every_measure_and_fuzz_target() -> None:
    said = subprocess.run([ROOT / "run", "help"], capture_output=True, text=True, check=True).stdout
    assert {*bench.MEASURES, *fuzz.TARGETS} - {"all"} <= set(re.findall(r"[\w-]+", said))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_is_shown_exists(page: Path) -> None:
    known = commands()
    for given in typed(page):
        words = given[2:] if given[:1] == ["--paper"] else given
        name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert name in known
        assert {word for word in words if word.startswith("--")} <= known[name], words


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = ([words[:4] for words in typed(ROOT / name)] for name in ("README.md", "README.zh-CN.md"))
    assert english
    assert english == chinese


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md"])
def test_what_a_newcomer_types_works(page: str, tmp_path: Path, feed_address: str) -> None:
    (tmp_path / "run").write_text(f'#!/bin/sh\nexec "{ROOT}/run" "$@"\n')
    (tmp_path / "run").chmod(0o755)
    environ = {**os.environ, "BROADSHEET_VENV": sys.prefix, "BROADSHEET_FETCH_ALLOW": "127.0.0.0/8"}
    text = (ROOT / page).read_text("utf-8").replace("https://example.org/feed.xml", feed_address)
    for line in runnable(text):
        done = subprocess.run(
            ["bash", "-c", line], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert (tmp_path / "my-paper" / "site" / "index.html").is_file()


def runnable(text: str) -> Iterator[str]:
    """The lines of a page's shell examples, without those that would serve for ever or test themselves."""
    for block in SHELL.finditer(text):
        for line in block["lines"].splitlines():
            if not re.fullmatch(r"\./run (demo|test)|\./run .* serve", line):
                yield line


@pytest.fixture
def feed_address(tmp_path: Path) -> Iterator[str]:
    """The address of a small feed on loopback."""
    served = tmp_path / "served"
    served.mkdir()
    (served / "feed.xml").write_text(FEED, "utf-8")
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(served)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with server:
        assert server.stdout
        port = re.search(r"port (\d+)", server.stdout.readline())
        assert port
        yield f"http://127.0.0.1:{port[1]}/feed.xml"
        server.terminate()


def test_the_version_is_the_newest_of_the_changelog() -> None:
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == VERSION == installed("broadsheet")
