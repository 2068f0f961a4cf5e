"""Which paper a command means, and what it needs of it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.config import FILE_NAME, Config, load
from broadsheet.store import Store, open_store

if TYPE_CHECKING:
    from broadsheet.pipeline.means import Means

PAPER_OPTION = Annotated[
    Path | None,
    typer.Option(
        "--paper",
        envvar="BROADSHEET_PAPER_FOLDER",
        metavar="DIR",
        help="The paper's folder; without it, this folder or the nearest above that holds broadsheet.toml.",
    ),
]
JSON_OPTION = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def remember_paper(context: typer.Context, folder: Path | None) -> None:
    """Keep what `--paper` said for the command that follows."""
    context.obj = folder


def paper_config(context: typer.Context) -> Config:
    """Read the configuration of the paper that is meant."""
    folder: Path | None = context.find_root().obj
    return load(folder or _nearest(Path.cwd()), os.environ)


@contextmanager
def paper_store(config: Config) -> Iterator[Store]:
    """Open the paper's store; it is closed at the end."""
    with open_store(config.store_url, tell=_tell) as store:
        yield store


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def poll_means(config: Config) -> "Means":
    """What an update works with, as the configuration asks for it."""
    from broadsheet.pipeline.means import means_of

    return means_of(config, now)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def _nearest(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    return start
