"""Kin as a part of an archive: its manifest says which posts there are, and is told which tables came of them."""

from pathlib import Path

from msgspec.structs import replace

from broadsheet.scale.archive.crew import ALONE, Crew
from broadsheet.scale.archive.kin.finding import OURS, KinProgress, KinReport, find_kin, no_kin_progress
from broadsheet.scale.archive.manifest import alone, load_manifest, save_manifest


def add_kin(folder: Path, crew: Crew = ALONE, progress: KinProgress = no_kin_progress) -> KinReport:
    """Find the copies and the stories of an archive that was built, and name their tables in its manifest.

    Raises:
        NotFoundError: there is no archive in this folder.
        ConfigError: another build is at work on it, or a part of what archives need is not installed.
        StoreError: it cannot be read or written.
        PublishError: its manifest cannot be written.
    """
    with alone(folder):
        manifest = load_manifest(folder)
        posts = {
            path: digest
            for unit in manifest.units
            for path, digest in unit.files.items()
            if path.startswith("posts/")
        }
        report = find_kin(folder.resolve(), posts, crew, progress)
        ours = tuple(f"{table}/" for table in OURS)
        others = {path: digest for path, digest in manifest.tables.items() if not path.startswith(ours)}
        save_manifest(folder, replace(manifest, tables=others | {file.path: file.digest for file in report.files}))
    return report
