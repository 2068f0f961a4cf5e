"""The commands that move a whole store, from one engine to another or to another machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config
from broadsheet.cli.printing import print_json, size
from broadsheet.cli.progress import drawn, live_moving

if TYPE_CHECKING:
    from broadsheet.store.engines.engine import Engine
    from broadsheet.store.moving.state import Moving


def export_whole_store(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new folder, or one of an export that was stopped.")
    ],
    json: JSON_OPTION = False,
) -> None:
    """Write everything that the paper remembers into a folder, which `import store` reads on any engine."""
    from broadsheet.store.moving.exporting import export_store

    with _engine(context) as engine, _progress("export", shown=not json) as tell:
        report = export_store(engine, folder, now(), tell)
    if json:
        print_json(report)
        return
    kept = f", {report.kept} of them as they were" if report.kept else ""
    print(
        f"{report.folder}: {report.rows} rows of {report.tables} tables in {report.files} files "
        f"({size(report.bytes)}){kept}; images are in a folder of their own"
    )


def import_whole_store(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `export store` wrote.")],
    json: JSON_OPTION = False,
) -> None:
    """Fill the paper's new store from a folder, and check that nothing is missing. Run again, it goes on."""
    from broadsheet.store.moving.importing import import_store

    with _engine(context, create=True) as engine, _progress("import", shown=not json) as tell:
        report = import_store(engine, folder, tell)
    if json:
        print_json(report)
        return
    kept = f", {report.kept} of them by an earlier run" if report.kept else ""
    print(
        f"{report.store}: {report.rows} rows of {report.tables} tables from {report.files} files{kept}, "
        f"all as they were exported; {report.indexed} posts can be searched"
    )


@contextmanager
def _engine(context: typer.Context, *, create: bool = False) -> Iterator["Engine"]:
    from broadsheet.store.opening import open_engine

    config = paper_config(context)
    with closing(open_engine(config.store_url, create=create, tell=_tell)) as engine:
        yield engine


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


@contextmanager
def _progress(label: str, *, shown: bool) -> Iterator["Callable[[Moving], None]"]:
    with drawn(lambda: live_moving(label), lambda _: None, shown=shown) as tell:
        yield tell
