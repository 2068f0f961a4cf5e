"""All commands under one name, in the order of the data's way."""

import typer.main

from broadsheet.cli.app import make_app, run

WORDS = [
    *("init", "add", "update", "fulltext", "images", "build", "serve", "run", "search", "stories", "claims"),
    *(
        "parse",
        "clean",
        "annotate",
        "rework",
        "status",
        "doctor",
        "demo",
        "feed",
        "import",
        "export",
        "show",
        "story",
        "watch",
    ),
]


def test_the_commands_are_these() -> None:
    assert list(getattr(typer.main.get_command(make_app()), "commands", {})) == WORDS


def test_run_gives_the_exit_code() -> None:
    assert run(["--version"]) == 0
    assert run(["nosuch"]) == 2
