"""All commands under one name."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Annotated

import typer
import typer.main

from broadsheet.cli.context import PAPER_OPTION, remember_paper

COMMANDS = {
    "init": "papers.paper.init",
    "add": "feeds.following.add",
    "update": "feeds.following.update",
    "fulltext": "feeds.fulltext.fulltext",
    "images": "feeds.images.images",
    "build": "papers.paper.build",
    "serve": "papers.paper.serve",
    "run": "papers.paper.run",
    "worker": "scale.worker.worker",
    "search": "reading.posts.search",
    "stories": "reading.story.stories",
    "claims": "facts.claims.claims",
    "parse": "documents.parse",
    "clean": "documents.clean",
    "annotate": "facts.documents.annotate",
    "rework": "papers.rework.rework",
    "status": "feeds.following.status",
    "doctor": "papers.doctor.doctor",
    "demo": "papers.sample.demo",
    "feed": "feeds.settings.feed",
    "import": "papers.transfer.imports",
    "export": "papers.transfer.exports",
    "show": "reading.posts.show",
    "story": "reading.story.story",
    "archive": "scale.archive.archive",
    "watch": "facts.watch.watch",
    "password": "papers.keys.password",
    "token": "papers.keys.token",
}
"""Where each command is, in the order of the data's way, those of several words last."""

HELP = "Turn the feeds you follow into a permanent, safe, searchable newspaper."


def _version(wanted: bool) -> None:
    if wanted:
        from broadsheet.version import VERSION

        print(f"broadsheet {VERSION}")
        raise typer.Exit


def _options(
    context: typer.Context,
    folder: PAPER_OPTION = None,
    version: Annotated[  # noqa: ARG001  typer calls `_version` for it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    remember_paper(context, folder)


def make_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Put commands together, all of them where none is named."""
    app = typer.Typer(
        name="broadsheet",
        help=HELP,
        callback=_options,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    for name in names:
        module, _, attribute = COMMANDS[name].rpartition(".")
        command = getattr(import_module(f"broadsheet.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            # A searched word that begins with - is one that no post shall have.
            app.command(context_settings={"ignore_unknown_options": name == "search"})(command)
    return app


def _in_full(command: Callable[..., object]) -> Callable[..., object]:
    """Let listings say the first sentence of each command to its end, over several lines where they are narrow."""
    for inner in getattr(command, "commands", {}).values():
        inner.short_help = " ".join(str(inner.help).partition("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."
        _in_full(inner)
    return command


@cache
def _commands(names: tuple[str, ...]) -> Callable[..., object]:
    """Commands as read from their signatures: the same for every call in a process."""
    return _in_full(typer.main.get_command(make_app(names)))


def named_in(arguments: Sequence[str]) -> tuple[str, ...]:
    """The command that is plainly named, so that no other is imported; else all, for help and for slips."""
    rest = arguments[2:] if arguments and arguments[0] == "--paper" else arguments
    return (rest[0],) if rest and rest[0] in COMMANDS else tuple(COMMANDS)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code.

    Raises:
        KeyboardInterrupt, BrokenPipeError: as they came; typer would turn both into exit codes.
    """
    try:
        _commands(named_in(arguments))(list(arguments), prog_name="broadsheet")
    except SystemExit as end:
        for cause in (end.__cause__, end.__context__, getattr(end.__context__, "__cause__", None)):
            if isinstance(cause, KeyboardInterrupt | BrokenPipeError):
                raise cause from None
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
