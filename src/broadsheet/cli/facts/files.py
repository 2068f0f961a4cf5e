"""Facts out, for programs."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from broadsheet.cli.context import paper_config, paper_store
from broadsheet.cli.printing import counted
from broadsheet.errors import ConfigError


def export_facts(
    context: typer.Context,
    form: Annotated[
        Literal["jsonl", "parquet"],
        typer.Option("--format", help="Lines of JSON in one file, or a folder of tables, one for each kind of fact."),
    ] = "jsonl",
    out: Annotated[
        str,
        typer.Option("--out", metavar="PATH", help="The file, or - for standard output; the folder of the tables."),
    ] = "-",
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DAY", formats=["%Y-%m-%d"], help="Posts published from this day on."),
    ] = None,
) -> None:
    """Write every fact of every post, as JSON or Parquet. The same facts make the same files."""
    if form == "parquet" and out == "-":
        raise ConfigError("--out", "is needed with --format parquet: the folder that the tables go into")
    config = paper_config(context)
    first = since and since.replace(tzinfo=ZoneInfo(config.paper.zone))
    with paper_store(config) as store:
        if form == "parquet":
            from broadsheet.pipeline.facts.tables import write_tables

            print(f"{out}: {counted(write_tables(store, Path(out), first), 'row')} written")
            return
        from broadsheet.pipeline.facts.rows import jsonl, write_lines

        if out == "-":
            sys.stdout.buffer.writelines(jsonl(store, first))
        else:
            print(f"{out}: {counted(write_lines(store, Path(out), first), 'row')} written")
