"""Archives: built of large sources, asked, and loaded into a paper."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

import typer
from msgspec.structs import asdict

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import print_json
from broadsheet.cli.progress import drawn, live_build, live_kin, live_load

if TYPE_CHECKING:
    from broadsheet.model import CompanyBook
    from broadsheet.scale.archive.build import BuildReport, Wish
    from broadsheet.scale.archive.kin.finding import KinReport

archive = typer.Typer(help="Archives of millions of posts.", no_args_is_help=True)

FOLDER = Annotated[Path, typer.Argument(metavar="DIR", help="The archive's folder.")]
ZONE = Annotated[str, typer.Option("--zone", metavar="NAME", help="The time zone of days (IANA).")]


@archive.command("build")
def build(  # noqa: PLR0913, PLR0917  each is an option of the command
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...", help="WARC files, post files, feed documents, dumps; or folders of them."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The archive's folder; on a cluster a shared one.")
    ],
    runner: Annotated[
        Literal["native", "ray", "processes"],
        typer.Option("--runner", help="Daft on this machine, Daft on a cluster of Ray, or a pool without either."),
    ] = "native",
    cluster: Annotated[
        str | None,
        typer.Option(
            "--ray-address", envvar="RAY_ADDRESS", metavar="HOST:PORT", help="The cluster; the one that is found."
        ),
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", min=0, metavar="N", help="How many units at a time; 0: one a core.")
    ] = 0,
    books: Annotated[
        list[str] | None,
        typer.Option("--book", metavar="LIST", help="A list of securities beside the book that ships. Repeatable."),
    ] = None,
    facts: Annotated[bool, typer.Option("--facts/--no-facts", help="Whether to find facts in posts, too.")] = True,
    stories: Annotated[
        bool, typer.Option("--stories/--no-stories", help="Whether to find copies and stories among all posts, too.")
    ] = True,
    zone: ZONE = "UTC",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            metavar="MOMENT",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
            help="When sources were seen that do not say so, in UTC; now.",
        ),
    ] = None,
    json: JSON_OPTION = False,
) -> None:
    """Make tables of posts, facts, copies and stories of large sources. One that was stopped goes on where it was."""
    from broadsheet.scale.archive.build import Progress, Wish, build_archive, no_progress

    quiet: Progress = no_progress

    wish = Wish(
        now=as_of.replace(tzinfo=UTC) if as_of else now(),
        book=_book(books or []) if facts else None,
        zone=zone,
        runner=runner,
        processes=processes,
        cluster=cluster,
    )
    with drawn(live_build, quiet, shown=not json) as progress:
        report = build_archive(sources, out, wish, progress)
    kin = _find_kin(out, wish, shown=not json) if stories else None
    if json:
        print_json({**asdict(report), "kin": kin and {**asdict(kin), "files": len(kin.files)}})
    else:
        _print_build(report, out)
        if kin:
            print(f"{kin.posts} posts compared: {kin.copies} copies, {kin.stories} stories")
    if report.faults:
        raise typer.Exit(1)


# A searched word that begins with - is one that no post shall have.
@archive.command("search", context_settings={"ignore_unknown_options": True})
def search(
    folder: FOLDER,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words, phrases in quotes, -not, or, after:2026-11.")
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many.")] = 20,
    zone: ZONE = "UTC",
    json: JSON_OPTION = False,
) -> None:
    """Find posts of an archive, the newest first. It is read through: there is no index."""
    from broadsheet.scale.archive.build import require_zone
    from broadsheet.scale.archive.searching import search_archive

    require_zone(zone)
    clock = ZoneInfo(zone)
    answer = search_archive(folder, " ".join(words), limit=limit, zone=clock)
    for note in answer.notes:
        print(note, file=sys.stderr)
    if json:
        print_json(answer.hits)
        return
    from broadsheet.cli.reading.hits import print_hits

    print_hits(answer.hits, answer.labels, clock)
    if not answer.hits:
        print(f"nothing found; {answer.read:,} posts were looked at")


@archive.command("load")
def load(context: typer.Context, folder: FOLDER, json: JSON_OPTION = False) -> None:
    """Keep the posts of an archive in a paper, as if they had come by its feeds. Again, it changes nothing."""
    from broadsheet.cli.after.catchup import catch_up, print_caught_up
    from broadsheet.scale.archive.loading import Progress, load_archive, no_progress

    quiet: Progress = no_progress
    config = paper_config(context)
    with paper_store(config) as store:
        with drawn(live_load, quiet, shown=not json) as progress:
            report = load_archive(folder, store, progress)
        caught_up = catch_up(config, store, shown=not json)
    if json:
        print_json(report)
        return
    print(
        f"{report.revisions} posts and edits: {report.new} new, {report.edited} edited, {report.known} known already"
    )
    print_caught_up(caught_up)


def _book(books: list[str]) -> "CompanyBook":
    from broadsheet.annotate import curated_book, merge_book, read_companies
    from broadsheet.cli.files import read_file

    return merge_book(curated_book(), *(read_companies(read_file(file), file) for file in books))[0]


def _find_kin(folder: Path, wish: "Wish", *, shown: bool) -> "KinReport":
    from broadsheet.scale.archive.engines import crew_of
    from broadsheet.scale.archive.kin.adding import add_kin
    from broadsheet.scale.archive.kin.finding import KinProgress, no_kin_progress

    quiet: KinProgress = no_kin_progress
    crew = crew_of(wish.runner, wish.processes, wish.cluster)
    with drawn(live_kin, quiet, shown=shown) as progress:
        return add_kin(folder, crew, progress)


def _print_build(report: "BuildReport", out: Path) -> None:
    known = f", {report.known} whole already" if report.known else ""
    print(f"{out}: {report.done} of {report.units} units done{known}")
    print(f"{report.documents} documents: {report.posts} posts, {report.facts} facts, {report.rejected} rejected")
    for reason, count in sorted(report.reasons.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {count:>7} {reason}")
    for fault in report.faults:
        print(f"{fault.source}: {fault.cause}", file=sys.stderr)
