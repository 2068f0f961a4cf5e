"""An archive built from its sources: planned, worked on, settled, and only then called whole."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import ConfigError, NotFoundError, PublishError
from broadsheet.model import CompanyBook
from broadsheet.scale.archive.crew import Runner
from broadsheet.scale.archive.engines import WorkersLostError, run_units
from broadsheet.scale.archive.manifest import (
    Manifest,
    Rules,
    UnitRecord,
    alone,
    load_manifest,
    records,
    require_same_rules,
    save_manifest,
    write_small,
)
from broadsheet.scale.archive.schema import POSTS, arrow_schema
from broadsheet.scale.archive.settling import FILE, settle
from broadsheet.scale.archive.trace import charge, forget, is_marked
from broadsheet.scale.archive.units import SLICE, Unit, Unreadable, plan
from broadsheet.scale.archive.work import BOOK, Settings
from broadsheet.version import VERSION

TRIES: Final = 4
"""How often workers may be lost, with nothing finished in between or at one document, before that ends a build."""


class Wish(Struct, frozen=True, kw_only=True):
    """What an archive is to be built with.

    `now` (UTC) dates what does not say when it was seen. `book` is the company book by which facts are found; None
    keeps none. `zone` (IANA) is where days begin. Beside that: where it runs, on how many processes (0: each core),
    at which cluster, and the bytes of a slice.
    """

    now: datetime
    book: CompanyBook | None = None
    zone: str = "UTC"
    runner: Runner = "native"
    processes: int = 0
    cluster: str | None = None
    slice_bytes: int = SLICE


class Fault(Struct, frozen=True):
    """A source, or a part of one, that could not be read, and why."""

    source: str
    cause: str


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build came to: units of all sources, those that were whole already, and the counts of those done now."""

    units: int = 0
    known: int = 0
    done: int = 0
    documents: int = 0
    posts: int = 0
    facts: int = 0
    rejected: int = 0
    reasons: dict[str, int] = {}
    faults: tuple[Fault, ...] = ()


Progress = Callable[[BuildReport], None]


def no_progress(report: BuildReport) -> None:
    """Tell nobody."""


def build_archive(sources: Sequence[Path], folder: Path, wish: Wish, progress: Progress = no_progress) -> BuildReport:
    """Read sources into an archive; units that are whole already are not read again.

    The same sources, `now`, book and zone give the same bytes, on every runner.

    Raises:
        ConfigError: wrong use: other rules than the archive's, an unknown zone, a part that is not installed, or
            another build at work.
        NotFoundError: a source is not there.
        PublishError: the archive cannot be written, or workers die again and again; what is finished is kept.
    """
    arrow_schema(POSTS)
    require_zone(wish.zone)
    for source in sources:
        _require_apart(source, folder)
    with alone(folder):
        manifest = _begin(folder, wish)
        _sweep(folder)
        build = _Build(folder, wish, manifest, progress)
        try:
            build.run(sources)
        finally:
            build.close()
        return build.report


class _Build:
    """One build while it goes on."""

    def __init__(self, folder: Path, wish: Wish, manifest: Manifest, progress: Progress) -> None:
        self.report = BuildReport()
        self._counted: set[str] = set()
        self._folder = folder
        self._wish = wish
        self._manifest = manifest
        self._progress = progress
        rules = manifest.rules
        self._settings = Settings(folder=str(folder.resolve()), now=wish.now, zone=rules.zone, rules=rules.facts)

    def run(self, sources: Sequence[Path]) -> None:
        """Work on whatever is not whole yet."""
        planned = list(plan(sources, self._wish.slice_bytes))
        units = [one for one in planned if isinstance(one, Unit)]
        for one in planned:
            if isinstance(one, Unreadable):
                self._fault(one.path, one.cause)
        known = records(self._folder)
        waiting = [unit for unit in units if unit.name not in known]
        self._tell(units=len(units), known=len(units) - len(waiting))
        self._work_off(waiting)

    def close(self) -> None:
        """Name in the manifest what is whole by now, and settle it."""
        found = tuple(records(self._folder).values())
        whole = replace(self._manifest, units=tuple(sorted(found, key=lambda one: one.unit)))
        save_manifest(self._folder, replace(whole, tables={FILE: settle(self._folder, whole)}))

    def _work_off(self, waiting: Sequence[Unit]) -> None:
        """Work on units together; where workers are lost, go on alone with those that were in work, then together."""
        lost = 0
        while waiting:
            try:
                self._work_on(waiting, self._wish.processes)
                return
            except WorkersLostError as error:
                left = self._unfinished(waiting)
                lost = 1 if len(left) < len(waiting) else lost + 1
                self._give_up_after(lost, error)
                for unit in left:
                    if is_marked(self._folder, unit.name):
                        self._work_alone(unit)
                waiting = self._unfinished(left)

    def _work_alone(self, unit: Unit) -> None:
        """Work on nothing but a unit, so that the document that its workers die of is known."""
        lost, before = 0, None
        while self._unfinished([unit]):
            try:
                self._work_on([unit], 1)
                return
            except WorkersLostError as error:
                mark = charge(self._folder, unit.name)
                place = mark and (mark.source, mark.offset)
                lost, before = (lost + 1 if place == before else 1), place
                self._give_up_after(lost, error)

    def _give_up_after(self, lost: int, error: Exception) -> None:
        if lost >= TRIES:
            cause = f"workers died {TRIES} times without finishing anything ({error}); what is finished is kept"
            raise PublishError(str(self._folder), cause) from error

    def _unfinished(self, units: Sequence[Unit]) -> list[Unit]:
        """Count the units that were finished though nobody said so, and give the others."""
        whole = records(self._folder)
        for unit in units:
            if unit.name in whole:
                self._count(whole[unit.name])
        return [unit for unit in units if unit.name not in whole]

    def _work_on(self, waiting: Sequence[Unit], processes: int) -> None:
        wish = self._wish
        for outcome in run_units(waiting, self._settings, wish.runner, processes, wish.cluster):
            if outcome.record is not None:
                self._count(outcome.record)
            elif outcome.fatal:
                raise PublishError(str(self._folder), outcome.fault)
            else:
                self._fault(outcome.source, outcome.fault)

    def _count(self, record: UnitRecord) -> None:
        if record.unit in self._counted:
            return
        self._counted.add(record.unit)
        told = self.report
        reasons = {
            reason: told.reasons.get(reason, 0) + record.reasons.get(reason, 0)
            for reason in sorted({*told.reasons, *record.reasons})
        }
        self._tell(
            done=told.done + 1,
            documents=told.documents + record.documents,
            posts=told.posts + record.posts,
            facts=told.facts + record.facts,
            rejected=told.rejected + record.rejected,
            reasons=reasons,
        )

    def _fault(self, source: str, cause: str) -> None:
        fault = Fault(source, cause)
        if fault not in self.report.faults:
            self._tell(faults=(*self.report.faults, fault))

    def _tell(self, **changes: object) -> None:
        self.report = replace(self.report, **changes)
        self._progress(self.report)


def _begin(folder: Path, wish: Wish) -> Manifest:
    """Open the archive that is there, if it was made by the same rules, or begin one."""
    book = None if wish.book is None else msgspec.json.encode(wish.book)
    rules = Rules(broadsheet=VERSION, facts=_facts_rules() if book else None, book=_digest(book), zone=wish.zone)
    try:
        found = load_manifest(folder)
    except NotFoundError:
        if book is not None:
            write_small(folder / BOOK, book)
        begun = Manifest(rules=rules)
        save_manifest(folder, begun)
        return begun
    require_same_rules(folder, found.rules, rules)
    return found


def _facts_rules() -> str:
    from broadsheet.annotate.rules import rules_digest

    return rules_digest()


def _digest(book: bytes | None) -> str | None:
    return None if book is None else blake2b(book, digest_size=8).hexdigest()


def _require_apart(source: Path, folder: Path) -> None:
    """Refuse a source that is not there, and to read an archive into itself."""
    if not source.exists():
        raise NotFoundError(str(source), "no such file or folder")
    if source.is_dir() and (folder.resolve() == source.resolve() or source.resolve() in folder.resolve().parents):
        raise ConfigError("--out", f"{folder} lies in the source {source}, which would be read into itself")


def _sweep(folder: Path) -> None:
    """Remove what a build that was killed left half-written, and its marks."""
    forget(folder)
    for table in ("posts", "facts", "feeds", "rejected", "units"):
        for path in (folder / table).rglob(".*.new"):
            path.unlink(missing_ok=True)


def require_zone(zone: str) -> None:
    """Refuse what is no time zone.

    Raises:
        ConfigError: no zone has this name.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError("--zone", f"{zone} is no time zone; take a name such as Asia/Shanghai") from error
