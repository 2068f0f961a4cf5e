"""The paper itself: found it, build it, look at it, keep it running."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.after.annotating import annotated
from broadsheet.cli.after.catchup import CaughtUp, catch_up
from broadsheet.cli.after.grouping import group_posts, grouped
from broadsheet.cli.after.telling import tell_webhooks
from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store, poll_means
from broadsheet.cli.feeds.following import print_failed
from broadsheet.cli.printing import counted, print_json, size
from broadsheet.config import FILE_NAME, Config, load, sample
from broadsheet.errors import BroadsheetError, ConfigError
from broadsheet.model import WriteReport
from broadsheet.store import Archive, Store, is_store, on_server, open_store

if TYPE_CHECKING:
    from broadsheet.pipeline.means import Means
    from broadsheet.pipeline.report import UpdateReport

    Poll = Callable[[Store, Means], UpdateReport]

SHORTEST_WAIT_S = 60
LONGEST_WAIT_S = 3600
LEISURE_S = (30, 300)
"""Articles, then images, may keep the next poll waiting so long, and are asked for so long at the most."""
WRONG_USE = 2


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the paper shall stand.")] = Path(),
    title: Annotated[str, typer.Option(help="The name of the paper.")] = "对开",
    language: Annotated[str, typer.Option(help="Its interface language: zh-CN or en.")] = "zh-CN",
    store: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where it is kept: a file, or postgresql://...")
    ] = None,
) -> None:
    """Found a paper. It gets a configuration with every option explained, and an empty store.

    On PostgreSQL, a store that is there already is used: that is how a second machine works on the same paper.
    """
    file = folder / FILE_NAME
    known = file.exists()
    if not known:
        chosen = {"paper.title": title, "paper.language": language}
        _configure(file, chosen | ({"store": store} if store else {}))
    config = load(folder, os.environ)
    there = is_store(config.store_url)
    if there and (known or not on_server(config.store_url)):
        raise ConfigError(str(file), "there is a paper here already")
    open_store(config.store_url, create=True).close()
    joined = ", with the store that is there" if there else ""
    print(
        f"{file}: a paper called {config.paper.title}{joined}; next, in its folder: `broadsheet add ADDRESS`, then "
        "`broadsheet build`"
    )


def _configure(file: Path, chosen: Mapping[str, object]) -> None:
    """Write a paper's configuration; nothing stays of one with a wrong value."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sample(chosen), "utf-8")
    except (FileExistsError, NotADirectoryError) as error:
        cause = "a file stands where a folder is needed: choose another folder"
        raise ConfigError(str(file.parent), cause) from error
    except OSError as error:
        raise ConfigError(str(file), f"cannot be written: {error.strerror}") from error
    try:
        load(file, {})
    except ConfigError:
        file.unlink()
        raise


def build(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Build into this folder instead.")] = None,
    json: JSON_OPTION = False,
) -> None:
    """Publish what the store holds. Only what changed is written, and readers never see half a site."""
    config = paper_config(context)
    with paper_store(config) as store:
        report = _publish(config, store, out)
    if json:
        print_json(report)
        return
    print(
        f"{report.folder}: {counted(report.written, 'file')} written ({size(report.bytes_written)}), "
        f"{report.unchanged} unchanged, {report.removed} removed"
    )


def serve(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Where to listen, not web.listen.")] = None,
    host: Annotated[str | None, typer.Option(metavar="ADDRESS", help="On which address, not web.listen.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Serve the published files alone.")] = False,
) -> None:
    """Read the paper. The live reader answers until Ctrl-C: what is unread, stars, notes, and all there is to set."""
    config = paper_config(context)
    chosen_host, _, chosen_port = config.web.listen.rpartition(":")
    if plain:
        show_site(config.site_folder, port or int(chosen_port))
    else:
        read_live(config, host or chosen_host.strip("[]"), port or int(chosen_port))


def show_site(site: Path, port: int) -> None:
    """Serve a built site until Ctrl-C."""
    from broadsheet.pipeline.preview import preview

    with preview(site, port) as server:
        print(f"open http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def read_live(config: Config, host: str, port: int) -> None:
    """Serve the live reader until Ctrl-C; a paper that was never published is published first."""
    from broadsheet.web.serving import serve as serve_live

    if not (config.site_folder / "index.html").is_file():
        with paper_store(config) as store:
            _publish(config, store)
    name = f"[{host}]" if ":" in host else host
    serve_live(config, host, port, lambda: print(f"open http://{name}:{port}/ (Ctrl-C ends it)", flush=True))


def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One round, then end.")] = False,
) -> None:
    """Keep the paper up to date. Polls what is due, publishes, and waits for the next due feed."""
    from broadsheet.pipeline.update import update as run_update

    config = paper_config(context)
    if once:
        failed, _ = _round(config, run_update)
        raise typer.Exit(1 if failed else 0)
    if on_server(config.store_url):
        _leave_to_workers(config)
    if not config.websub.listen:
        _keep(config, run_update, time.sleep)
        return
    from broadsheet.pipeline.push.hubs import listening

    address = config.as_paper().address
    with listening(config.store_url, poll_means(config), address, config.websub.listen) as hubs:
        _keep(config, hubs.update, hubs.wait)


def _leave_to_workers(config: Config) -> None:
    """Refuse to keep a paper that workers keep: what they know of hosts this does not."""
    from broadsheet.scale.queue.standing import count_living

    if count := count_living(config.store_url):
        cause = f"{count} workers keep this paper up to date (`broadsheet status --workers`): stop them first"
        raise ConfigError("run", cause)


def _keep(config: Config, poll: "Poll", wait: Callable[[float], object]) -> None:
    while True:
        wait(_patient_round(config, poll))


def _patient_round(config: Config, poll: "Poll") -> float:
    """Update and publish, and go on after a fault that may pass; returns how many seconds to wait."""
    try:
        return _round(config, poll)[1]
    except BroadsheetError as error:
        if error.exit_code == WRONG_USE:
            raise
        print(f"{now():%Y-%m-%d %H:%M:%SZ} {error}", file=sys.stderr, flush=True)
        return SHORTEST_WAIT_S


def _round(config: Config, poll: "Poll") -> tuple[int, float]:
    """Update, publish, keep images; how many feeds failed, and how many seconds to wait for the next due one."""
    with paper_store(config) as store:
        polled = poll(store, poll_means(config))
        caught_up = catch_up(config, store)
        built = _publish(config, store)
        told = tell_webhooks(config, store)
        due = store.next_due()
        _tell(
            f"{polled.polled} polled, {len(polled.failed)} failed, {polled.new} new, {polled.edited} edited, "
            + _news(caught_up)
            + f"{built.written} files written"
            + (f", {told}" if told else "")
        )
        print_failed(polled.failed)
        _read_articles(config, store, due)
        more = config.images.archive and _keep_images(config, store, due)
    if more:
        return len(polled.failed), SHORTEST_WAIT_S
    wait_s = (due - now()).total_seconds() if due else LONGEST_WAIT_S
    return len(polled.failed), min(max(wait_s, SHORTEST_WAIT_S), LONGEST_WAIT_S)


def _news(done: CaughtUp) -> str:
    """What came of new posts, before the next piece of news."""
    facts, stories = done.facts, done.stories
    found = f"{annotated(facts)}; " if facts and facts.mentions else ""
    return found + (f"{grouped(stories)}; " if stories and (stories.new or stories.changed or stories.ended) else "")


def _leisure(due: datetime | None) -> datetime:
    """Until when nobody is kept waiting by what is done after the polls."""
    least, most = (now() + timedelta(seconds=seconds) for seconds in LEISURE_S)
    return min(max(due or most, least), most)


def _read_articles(config: Config, store: Store, due: datetime | None) -> None:
    """Read articles while no feed is due, and publish the paper with them."""
    if not store.articles.count_pages(now()):
        return
    from broadsheet.cli.feeds.fulltext import summary
    from broadsheet.pipeline.fulltext import read_full_texts

    report = read_full_texts(store, poll_means(config), until=_leisure(due))
    catch_up(config, store)
    built = _publish(config, store) if report.read else None
    _tell(f"{summary(report, store.articles.count_pages(now()))}, {built.written if built else 0} files written")


def _keep_images(config: Config, store: Store, due: datetime | None) -> bool:
    """Keep images while no feed is due, and publish the paper with them; whether the time was too short for all."""
    from broadsheet.pipeline.images import archive_images

    until = _leisure(due)
    archive = Archive(config.images_folder)
    report = archive_images(store, archive, poll_means(config), config.image_bounds(), until)
    group_posts(config, store)
    if report.kept or report.varied or report.failed:
        built = _publish(config, store) if report.kept or report.varied else None
        _tell(
            f"{report.kept} images kept ({size(report.bytes_kept)}), {len(report.failed)} failed, "
            f"{report.left} left, {built.written if built else 0} files written"
        )
    return report.left > 0 and now() >= until


def _publish(config: Config, store: Store, out: Path | None = None) -> WriteReport:
    from broadsheet.pipeline.build import build as run_build

    archive = Archive(config.images_folder)
    return run_build(store, config.as_paper(), out or config.site_folder, now(), archive=archive)


def _tell(news: str) -> None:
    print(f"{now():%Y-%m-%d %H:%M:%SZ} {news}", flush=True)
