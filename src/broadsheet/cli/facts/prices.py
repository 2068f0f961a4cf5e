"""The command that brings prices in."""

import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.files import read_file
from broadsheet.cli.printing import counted, print_json

if TYPE_CHECKING:
    from broadsheet.market.importing import ReadBars
    from broadsheet.pipeline.facts.prices import PricesReport

FIRST = timedelta(days=365)
"""How far back a vendor is asked where nobody says since when."""

SINCE = Annotated[
    datetime | None,
    typer.Option("--since", metavar="DAY", formats=["%Y-%m-%d"], help="With --from: the first day; a year ago."),
]
UNTIL = Annotated[
    datetime | None,
    typer.Option("--until", metavar="DAY", formats=["%Y-%m-%d"], help="With --from: the last day; today."),
]


def import_prices(  # noqa: PLR0913, PLR0917  each is an option of the command
    context: typer.Context,
    lists: Annotated[
        list[str],
        typer.Argument(metavar="LIST...", help="Files of daily bars, or - for standard input; with --from, codes."),
    ],
    security: Annotated[
        str | None, typer.Option("--security", metavar="CODE", help="Whose prices, where no column says it.")
    ] = None,
    adjusted: Annotated[
        bool, typer.Option("--adjusted", help="These prices were divided by later dividends and splits.")
    ] = False,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Who gave these prices.")] = None,
    vendor: Annotated[
        Literal["yfinance", "akshare"] | None,
        typer.Option("--from", help="Ask this library for prices of the securities named, instead of reading files."),
    ] = None,
    since: SINCE = None,
    until: UNTIL = None,
    json: JSON_OPTION = False,
) -> None:
    """Keep daily prices that moves are checked against: CSV of Tushare, yfinance, akshare, Stooq; or Parquet."""
    from broadsheet.pipeline.facts.prices import ask_for_prices, keep_prices

    config = paper_config(context)
    if vendor is None:
        found = _from_files(lists, security, source, adjusted=adjusted)
    else:
        last = until or now()
        found = ask_for_prices(vendor, lists, (since or last - FIRST).date(), last.date())
    with paper_store(config) as store:
        report = keep_prices(store, found)
    if json:
        print_json(report)
    else:
        _print_report(report)
    if report.refused:
        raise typer.Exit(1)


def _from_files(
    files: list[str], security: str | None, source: str | None, *, adjusted: bool
) -> "Iterable[tuple[str, ReadBars]]":
    from broadsheet.market import read_bars

    for file in files:
        yield file, read_bars(read_file(file), file, security=security, adjusted=adjusted, source=source)


def _print_report(report: "PricesReport") -> None:
    new = counted(report.new, "bar")
    print(f"{counted(report.lists, 'list')}: {new} new, {report.changed} changed, {report.known} known already")
    if report.conflicting:
        print(f"{report.conflicting} bars differ from those of another source; checks on them will say so")
    for word, lines in (("doubtful", report.doubtful), ("refused", report.refused)):
        for line in lines:
            print(f"{word} {line}", file=sys.stderr)
