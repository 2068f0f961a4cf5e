"""Bringing things in and taking them out."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from broadsheet.cli.after.catchup import catch_up, print_caught_up
from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.facts.companies import import_companies
from broadsheet.cli.facts.files import export_facts
from broadsheet.cli.facts.prices import import_prices
from broadsheet.cli.files import naming, read_file
from broadsheet.cli.printing import counted, print_json
from broadsheet.cli.scale.moving import export_whole_store, import_whole_store
from broadsheet.errors import PublishError

PostForm = Literal["classic", "hexo", "hugo", "jekyll", "zola", "astro", "eleventy", "markdown"]

imports = typer.Typer(help="Bring subscriptions, posts, prices or a whole store in.", no_args_is_help=True)
exports = typer.Typer(help="Take subscriptions, posts, facts or the whole store out.", no_args_is_help=True)

imports.command("companies")(import_companies)
imports.command("prices")(import_prices)
imports.command("store")(import_whole_store)
exports.command("facts")(export_facts)
exports.command("store")(export_whole_store)


@imports.command("opml")
def import_opml(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="An OPML list, or - for standard input.")],
    json: JSON_OPTION = False,
) -> None:
    """Follow every feed of a reading list. Those followed already stay as they are."""
    from broadsheet.parse import parse_opml
    from broadsheet.parse.formats.opml import unusable_addresses
    from broadsheet.pipeline.subscriptions.subscribe import subscribe

    with naming(file):
        body = read_file(file)
        wanted, refused = parse_opml(body), unusable_addresses(body)
    with paper_store(paper_config(context)) as store:
        added = subscribe(store, wanted, now())
    if json:
        print_json({"added": added, "known": len(wanted) - added, "refused": refused})
    else:
        known = f"{len(wanted) - added} followed already"
        next_step = "; `broadsheet update` polls them" if wanted else ": the list names no feeds"
        print(f"{counted(added, 'feed')} added, {known}{next_step}")
        for address in refused:
            print(f"refused {address}: only http:// and https:// addresses can be asked", file=sys.stderr)
    if refused:
        raise typer.Exit(1)


@imports.command("posts")
def import_post_files(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Post files, or folders of them.")],
    json: JSON_OPTION = False,
) -> None:
    """Keep post files (front matter and HTML) as posts like any others."""
    from broadsheet.pipeline.postfiles import import_posts

    config = paper_config(context)
    with paper_store(config) as store:
        report = import_posts(store, paths, now())
        caught_up = catch_up(config, store, shown=not json)
    if json:
        print_json(report)
    else:
        print(
            f"{counted(report.files, 'file')}: {report.new} new, {report.edited} edited, {report.known} known already"
        )
        print_caught_up(caught_up)
        for refused in report.refused:
            print(f"refused {refused.path}: {refused.cause}", file=sys.stderr)
    if report.refused:
        raise typer.Exit(1)


@exports.command("opml")
def export_opml(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write it, or - for standard output.")] = "-",
) -> None:
    """Write the subscriptions as OPML 2.0."""
    from broadsheet.parse import write_opml

    config = paper_config(context)
    with paper_store(config) as store:
        feeds = [feed for feed in store.feeds() if feed.state.standing != "imported"]
    document = write_opml(feeds, config.paper.title, now())
    if file == "-":
        sys.stdout.buffer.write(document)
        return
    try:
        Path(file).write_bytes(document)
    except OSError as error:
        raise PublishError(file, f"cannot be written: {error.strerror}") from error


@exports.command("posts")
def export_post_files(
    context: typer.Context,
    form: Annotated[PostForm, typer.Option("--format", help="Whose files to write.")] = "hexo",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write into.")] = Path("posts"),
    images: Annotated[
        Literal["absolute", "relative"],
        typer.Option("--images", help="Images at their outlets, or the paper's copies, put beside the posts."),
    ] = "absolute",
    json: JSON_OPTION = False,
) -> None:
    """Write every post as a file for a site generator, or for people. Only what changed is written."""
    from broadsheet.pipeline.postfiles import export_posts

    config = paper_config(context)
    with paper_store(config) as store:
        report = export_posts(store, out, form, config.images_folder if images == "relative" else None)
    if json:
        print_json(report)
        return
    print(f"{report.folder}: {report.written} written, {report.unchanged} unchanged")
