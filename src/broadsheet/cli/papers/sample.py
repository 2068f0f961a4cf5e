"""The demo: a whole paper without the internet."""

from pathlib import Path
from typing import Annotated

import typer

from broadsheet.cli.context import JSON_OPTION
from broadsheet.cli.papers.paper import read_live
from broadsheet.cli.printing import print_json, print_table
from broadsheet.config import load


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to make it.")] = Path("broadsheet-demo"),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to show it on this machine.")] = 8080,
    store: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Keep it in a store on PostgreSQL: postgresql://...")
    ] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Make it and end.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Make a sample paper without the internet, and read it live. Its feeds are polled over HTTP like any others."""
    from broadsheet.demo.show import show

    shown = show(out, port, store)
    if json:
        print_json(shown)
    else:
        for edition in shown.editions:
            polled, built = edition.polled, edition.built
            print(
                f"{edition.state}: {polled.polled} feeds polled, {polled.new} posts new, {polled.edited} edited, "
                f"{len(polled.failed)} failed as meant; {edition.articles.read} articles read, "
                f"{edition.images.kept} images kept, {edition.stories.new} stories new, "
                f"{edition.claims.new} claims new; "
                f"{built.written} files written, {built.unchanged} unchanged"
            )
        print_table(
            ("feed", "section", "posts", "health"),
            (
                (
                    feed.label,
                    " / ".join(feed.section),
                    posts,
                    feed.state.failure.message if feed.state.failure else ", ".join(feed.state.repairs) or "ok",
                )
                for feed, posts in shown.feeds
            ),
        )
        print(f"paper: {shown.folder}\nsite:  {shown.site}/index.html")
    if not no_serve:
        read_live(load(Path(shown.folder), {}), "127.0.0.1", port)
