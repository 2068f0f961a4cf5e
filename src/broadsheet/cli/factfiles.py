"""Facts out, for programs."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from broadsheet.cli.context import paper_config, paper_store
from broadsheet.errors import PublishError


def export_facts(
    context: typer.Context,
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="Where to write them, or - for standard output.")
    ] = "-",
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DAY", formats=["%Y-%m-%d"], help="Posts published from this day on."),
    ] = None,
) -> None:
    """Write every fact of every post as a line of JSON. The same facts make the same file."""
    from broadsheet.pipeline.factrows import jsonl

    config = paper_config(context)
    first = since and since.replace(tzinfo=ZoneInfo(config.paper.zone))
    with paper_store(config) as store:
        lines = jsonl(store, first)
        if out == "-":
            sys.stdout.buffer.writelines(lines)
            return
        try:
            with Path(out).open("wb") as file:
                file.writelines(lines)
        except OSError as error:
            raise PublishError(out, f"cannot be written: {error.strerror}") from error
