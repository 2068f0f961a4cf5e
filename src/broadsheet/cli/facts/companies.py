"""The company book on the terminal: lists come in, and one company is told whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.files import read_file
from broadsheet.cli.printing import print_json, print_table
from broadsheet.errors import ConfigError, NotFoundError

if TYPE_CHECKING:
    from broadsheet.model import BookReport, Company, CompanyBook, CompanyChange, CompanyTie

SHOWN = 10
"""How many of each kind are told on the terminal; `--json` tells all."""

FILES = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE...]", help="Tushare, HKEX, SEC, any CSV with code and name, TOML by hand; - too."),
]
SOURCE = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Whose list it is: it takes the place of the one before; the file's name."),
]
FORGET = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Take the list of this source away; may be said several times."),
]


def import_companies(
    context: typer.Context,
    files: FILES = None,
    source: SOURCE = None,
    forget: FORGET = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what it would do, and keep nothing.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Lay lists over the company book. Tells what each added, changed and removed, and what is doubted."""
    from broadsheet.annotate import read_companies

    if not (files or forget):
        raise ConfigError("FILE", "is missing: name a list, or one to take away with --forget")
    if source and len(files or ()) != 1:
        raise ConfigError("--source", "names one list: give one file with it")
    lists = {file: read_companies(read_file(file), file) for file in files or ()}
    with paper_store(paper_config(context)) as store:
        book = store.companies
        reports = {one: (book.weigh_forgetting if dry_run else book.forget)(one) for one in forget or ()}
        lay = book.weigh if dry_run else book.keep
        for file, listed in lists.items():
            reports[file] = lay(listed, source or listed.source or Path(file).name, now())
    if json:
        print_json(reports)
        return
    for file, report in reports.items():
        _print_report(file, report, dry_run=dry_run)


def _print_report(file: str, report: "BookReport", *, dry_run: bool) -> None:
    parts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    counts = ", ".join(f"{len(changes)} {word}" for word, changes in parts.items())
    told = counts if any(parts.values()) else "nothing changed"
    print(f"{file}: {told}, {len(report.doubted)} doubted" + ("; nothing was done" if dry_run else ""))
    for word, changes in parts.items():
        _print_some(word, [_told(change) for change in changes])
    _print_some("doubted", report.doubted)


def _told(change: "CompanyChange") -> str:
    return f"{change.name} ({change.company}): {'; '.join(change.what)}".removesuffix(": ")


def _print_some(word: str, lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        print(f"  {word} {line}")
    if len(lines) > SHOWN:
        print(f"  {word} {len(lines) - SHOWN} more; --json tells all")


def show_company(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="COMPANY", help="Its id, a name, or a code.")],
    json: JSON_OPTION = False,
) -> None:
    """Print one company: its names through time, its listings, and who owns whom."""
    wanted = " ".join(words)
    with paper_store(paper_config(context)) as store:
        book = store.companies.book()
        company = _the_one(wanted, store.companies.find(wanted))
        sources = store.companies.sources(company)
    ties = [tie for tie in book.ties if company.id in (tie.company, tie.other)]
    if json:
        print_json({"company": company, "ties": ties, "sources": sources})
        return
    _print_company(company)
    _print_ties(book, ties)
    for source, since in sources.items():
        print(f"as in {source} since {since:%Y-%m-%d}")


def _the_one(wanted: str, found: Sequence["Company"]) -> "Company":
    if not found:
        raise NotFoundError(
            wanted, "no company of the book is called so; `broadsheet import companies FILE` makes the book longer"
        )
    if len(found) > 1:
        named = ", ".join(f"{company.id} ({company.names[0].text})" for company in found[:SHOWN])
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise ConfigError(
            wanted, f"may be {named}{more}: say which by its id, as in `broadsheet show company {found[0].id}`"
        )
    return found[0]


def _print_company(company: "Company") -> None:
    print(f"{company.names[0].text} ({company.id})" + (", an outlet that others cite" if company.outlet else ""))
    print_table(
        ("name", "kind", "language", "since", "until"),
        ((name.text, name.kind, name.language, name.since, name.until) for name in company.names),
    )
    if company.securities:
        print_table(
            ("listing", "exchange", "class", "listed", "delisted"),
            ((one.code, one.mic, one.share_class, one.listed, one.delisted) for one in company.securities),
        )


def _print_ties(book: "CompanyBook", ties: Sequence["CompanyTie"]) -> None:
    if ties:
        names = {company.id: company.names[0].text for company in book.companies}
        print_table(
            ("company", "tie", "of", "percent", "since", "until", "says"),
            (
                (names[tie.company], tie.tie, names[tie.other], tie.percent, tie.since, tie.until, tie.source)
                for tie in ties
            ),
        )
