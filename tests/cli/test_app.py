"""All commands under one name, in the order of the data's way."""

import pytest
import typer.main

from broadsheet.cli.app import COMMANDS, make_app, named_in, run
from broadsheet.cli.papers import transfer
from broadsheet.cli.reading import posts

WORDS = [
    *("init", "add", "update", "fulltext", "images", "build", "serve", "run"),
    *("worker", "search", "stories", "claims"),
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
        "archive",
        "watch",
        "password",
        "token",
    ),
]


def test_the_commands_are_these() -> None:
    assert list(getattr(typer.main.get_command(make_app()), "commands", {})) == WORDS


@pytest.mark.parametrize("words", [(), ("show",), ("export",), ("watch",), ("token",), ("password",)])
def test_listings_of_commands_cut_no_sentence(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--help"]) == 0
    listing = capsys.readouterr().out.partition("Commands:")[2]
    assert listing
    assert "..." not in listing
    assert listing.rstrip().endswith(".")


@pytest.mark.parametrize(
    "words", [("update", "--all"), ("--paper", "search", "update"), ("update", "--help"), ("update", "status")]
)
def test_a_command_that_is_plainly_named_is_alone(words: tuple[str, ...]) -> None:
    assert named_in(words) == ("update",)


@pytest.mark.parametrize(
    "words", [(), ("--help",), ("--paper",), ("--paper", "update"), ("--paper=x", "update"), ("updat",)]
)
def test_where_none_is_plainly_named_all_are_there(words: tuple[str, ...]) -> None:
    assert named_in(words) == tuple(COMMANDS)


def test_run_gives_the_exit_code() -> None:
    assert run(["--version"]) == 0
    assert run(["nosuch"]) == 2


def test_making_the_app_again_adds_no_command_twice() -> None:
    make_app()
    make_app()
    for group in (transfer.imports, posts.show):
        names = [command.name for command in group.registered_commands]
        assert len(set(names)) == len(names)
