"""All commands under one name."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated

import typer
import typer.main

from broadsheet.cli import (
    archive,
    claims,
    companies,
    doctor,
    documents,
    facts,
    feed,
    feeds,
    fulltext,
    images,
    keys,
    paper,
    reading,
    rework,
    sample,
    story,
    transfer,
    watch,
    worker,
)
from broadsheet.cli.context import PAPER_OPTION, remember_paper

# Commands of other rooms under a word: here and not in `make_app`, which would add them anew each time.
transfer.imports.command("companies")(companies.import_companies)
reading.show.command("story")(story.show_story)
reading.show.command("company")(companies.show_company)

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


def make_app() -> typer.Typer:
    """Put the commands together, in the order of the data's way."""
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
    for command in (
        paper.init,
        feeds.add,
        feeds.update,
        fulltext.fulltext,
        images.images,
        paper.build,
        paper.serve,
        paper.run,
        worker.worker,
        reading.search,
        story.stories,
        claims.claims,
        documents.parse,
        documents.clean,
        facts.annotate,
        rework.rework,
        feeds.status,
        doctor.doctor,
        sample.demo,
    ):
        # A searched word that begins with - is one that no post shall have.
        app.command(context_settings={"ignore_unknown_options": command is reading.search})(command)
    app.add_typer(feed.feed, name="feed")
    app.add_typer(transfer.imports, name="import")
    app.add_typer(transfer.exports, name="export")
    app.add_typer(reading.show, name="show")
    app.add_typer(story.story, name="story")
    app.add_typer(archive.archive, name="archive")
    app.add_typer(watch.watch, name="watch")
    app.add_typer(keys.password, name="password")
    app.add_typer(keys.token, name="token")
    return app


@cache
def _commands() -> Callable[..., object]:
    """The commands as read from their signatures: the same for every call in a process."""
    return typer.main.get_command(make_app())


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code.

    Raises:
        KeyboardInterrupt, BrokenPipeError: as they came; typer would turn both into exit codes.
    """
    try:
        _commands()(list(arguments), prog_name="broadsheet")
    except SystemExit as end:
        for cause in (end.__cause__, end.__context__, getattr(end.__context__, "__cause__", None)):
            if isinstance(cause, KeyboardInterrupt | BrokenPipeError):
                raise cause from None
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
