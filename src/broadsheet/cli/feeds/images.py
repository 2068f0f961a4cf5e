"""Images: keep copies of those that posts show."""

import sys
from contextlib import AbstractContextManager
from typing import Annotated

import typer

from broadsheet.cli.after.grouping import group_posts
from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store, poll_means
from broadsheet.cli.printing import moment, print_json, size
from broadsheet.cli.progress import drawn, live_images
from broadsheet.pipeline.report import ImagesProgress, ImagesReport, no_images_progress
from broadsheet.store import Archive

SHOWN_FAILURES = 20


def images(
    context: typer.Context,
    retry: Annotated[
        bool, typer.Option("--retry", help="Ask again for what failed, was given up or is lost.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Keep a copy of every image that posts show. What is kept is never asked for again; `build` then shows it."""
    from broadsheet.pipeline.images import archive_images, retry_images

    config = paper_config(context)
    archive = Archive(config.images_folder)
    with paper_store(config) as store:
        if retry:
            retry_images(store, archive, now())
        with _progress(shown=not quiet and not json) as progress:
            report = archive_images(store, archive, poll_means(config), config.image_bounds(), progress=progress)
        group_posts(config, store)
        standing = store.images.by_standing()
    if json:
        print_json({"run": report, "images": standing})
    else:
        if not quiet:
            print(_summary(report, standing))
        _print_failed(report)
    if report.failed:
        raise typer.Exit(1)


def _summary(report: ImagesReport, standing: dict[str, int]) -> str:
    varied = f"{report.varied} got smaller copies, " if report.varied else ""
    return varied + (
        f"{report.kept} images kept ({size(report.bytes_kept)}), {len(report.failed)} failed, {report.left} left; "
        f"{standing['kept']} kept in all, {standing['waiting']} waiting, {standing['given_up']} given up"
    )


def _print_failed(report: ImagesReport) -> None:
    """Name the images that did not come, and why, where errors go."""
    for one in report.failed[:SHOWN_FAILURES]:
        again = f"asked again after {moment(one.due)}" if one.due else "given up"
        print(f"{one.address}: {one.failure.message}; {again}", file=sys.stderr)
    if len(report.failed) > SHOWN_FAILURES:
        print(f"and {len(report.failed) - SHOWN_FAILURES} more", file=sys.stderr)


def _progress(*, shown: bool) -> AbstractContextManager[ImagesProgress]:
    return drawn(live_images, no_images_progress, shown=shown)
