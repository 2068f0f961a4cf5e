"""Writes docs/reference/ from the command line and the option table: `./run docs`; `--check` says what is stale."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import typer.main

from broadsheet.cli import main as broadsheet
from broadsheet.cli.app import make_app
from broadsheet.config import options

REFERENCE = Path(__file__).with_name("reference")
NOTE = "<!-- Written by `./run docs`; change the source, not this page. -->"
CLI_HEAD = f"""\
{NOTE}

# The command line

Exit codes: `0` done; `1` some feeds or files failed, and everything else was kept; `2` wrong use or configuration;
`130` stopped with Ctrl-C. Every command that lists something has `--json`.
"""
OPTIONS_HEAD = f"""\
{NOTE}

# Options of `broadsheet.toml`

`broadsheet init` writes a file that explains them all. An environment variable overrides its option for one run;
a list is written there with commas.

| option | type | default | environment | meaning |
| --- | --- | --- | --- | --- |
"""


def commands() -> Iterator[tuple[str, ...]]:
    """Name every command, in the order of `--help`, as the words that call it."""
    for name, command in _commands_of(typer.main.get_command(make_app())):
        yield (name,)
        for inner, _ in _commands_of(command):
            yield (name, inner)


def pages() -> dict[Path, str]:
    """Every generated page by its file."""
    shown = "\n".join(f"## `broadsheet {' '.join(words)}`\n\n```text\n{_help(words)}```\n" for words in commands())
    rows = "".join(
        f"| `{option.key}` | {option.type} | {_code(option.default)} | `{option.variable}` | {option.help} |\n"
        for option in options()
    )
    return {
        REFERENCE / "cli.md": f"{CLI_HEAD}\n```text\n{_help(())}```\n\n{shown}",
        REFERENCE / "options.md": OPTIONS_HEAD + rows,
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or check them; returns the exit code."""
    stale = [file for file, text in pages().items() if not file.exists() or file.read_text("utf-8") != text]
    if "--check" in arguments:
        for file in stale:
            print(f"stale: docs/reference/{file.name}; `./run docs` writes it anew", file=sys.stderr)
        return 1 if stale else 0
    for file in stale:
        file.parent.mkdir(exist_ok=True)
        file.write_text(pages()[file], "utf-8")
        print(f"written: docs/reference/{file.name}")
    return 0


def _commands_of(group: object) -> list[tuple[str, object]]:
    return list(getattr(group, "commands", {}).items())


def _help(words: Sequence[str]) -> str:
    os.environ["COLUMNS"] = "100"
    printed = io.StringIO()
    with redirect_stdout(printed):
        broadsheet([*words, "--help"])
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines()) + "\n"


def _code(value: object) -> str:
    if isinstance(value, tuple | list):
        return f"`{list(value)}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
